/// A file to read papers from: one on the disk, or a member of an archive.
struct FoundFile {
    /// The path. That of a member begins with the path of its archive: `archive.zip/refs.bib`.
    let path: String

    /// The member, if the file is in an archive.
    let member: ZipMember?

    /// A file on the disk, or a member of an archive that a path goes into.
    ///
    /// - Throws: ``PaperFormatsError`` if the path goes into an archive that cannot be read.
    init(path: String) throws(PaperFormatsError) {
        self.path = path
        member = (try? PathKind(of: path)) == nil ? try FoundFile.member(path) : nil
    }

    /// A file on the disk.
    init(onDisk path: String) {
        self.path = path
        member = nil
    }

    /// A member of an archive.
    init(_ entry: ZipEntry, of archive: ZipArchive) {
        path = archive.path + "/" + entry.name
        member = ZipMember(archive: archive, entry: entry)
    }

    /// The number of bytes on the disk; 0 if it is not known.
    var byteCount: Int {
        if let member { return member.entry.packedSize }
        guard case .file(let size) = try? PathKind(of: path) else { return 0 }
        return size
    }

    /// The member that a path names, if the beginning of the path is an archive.
    private static func member(_ path: String) throws(PaperFormatsError) -> ZipMember? {
        var end = path.endIndex
        while let slash = path[..<end].lastIndex(of: "/"), slash > path.startIndex {
            let (parent, name) = (String(path[..<slash]), path[path.index(after: slash)...])
            end = slash
            guard let kind = try? PathKind(of: parent) else { continue }
            guard case .file = kind, ZipArchive.isArchive(parent) else { return nil }
            let archive = try ZipArchive(path: parent)
            return archive.entries.first { $0.name == name }.map { ZipMember(archive: archive, entry: $0) }
        }
        return nil
    }
}
