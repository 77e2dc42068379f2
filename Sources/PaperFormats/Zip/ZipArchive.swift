#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// The list of files in a zip archive (PKWARE's APPNOTE, <https://support.pkware.com/pkzip/appnote>).
///
///     member 1 │ member 2 │ … │ directory: an entry a member │ zip64 end, locator │ end record, comment
///
/// The directory at the end of the archive says where the members are. The archive has to be a file, because it is read
/// from its end.
final class ZipArchive {
    /// The path of the archive.
    let path: String

    /// The files in the archive, folders left out, in the order of the directory.
    let entries: [ZipEntry]

    private let descriptor: Int32

    /// Opens an archive and reads its directory.
    ///
    /// - Throws: ``PaperFormatsError`` with `unreadable` if the archive is damaged or the system cannot read it.
    init(path: String) throws(PaperFormatsError) {
        guard case .file(let size) = try PathKind(of: path) else {
            throw ZipArchive.damaged(path, "it is no file")
        }
        self.path = path
        // SAFETY: the system reads the path, a C string that lives for the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PaperFormatsError.unreadable(path, errno) }
        do throws(PaperFormatsError) {
            entries = try ZipDirectory(path: path, descriptor: descriptor, size: size).entries
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// The first bytes of every archive.
    static func recognizes(_ head: some Sequence<UInt8>) -> Bool {
        head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    /// Whether the file at a path is an archive.
    static func isArchive(_ path: String) -> Bool {
        guard let kind = try? PathKind(of: path), case .file = kind,
            let file = try? DescriptorStream(path: path)
        else { return false }
        var head: [UInt8] = []
        while head.count < 4 {
            let before = head.count
            guard (try? file.read(upTo: 4 - before, into: &head)) != nil, head.count > before else { return false }
        }
        return recognizes(head)
    }

    /// What an archive is that is one in form only: a document of an office program, a book, a program.
    var disguise: String? {
        let names = Set(entries.lazy.map(\.name))
        if names.contains("[Content_Types].xml") {
            if names.contains(where: { $0.hasPrefix("xl/") }) { return "a spreadsheet (xlsx)" }
            return names.contains { $0.hasPrefix("ppt/") } ? "a presentation (pptx)" : "a Word document (docx)"
        }
        if names.contains("META-INF/container.xml") { return "a book (EPUB)" }
        if names.contains("META-INF/manifest.xml") { return "an OpenDocument file" }
        return names.contains("META-INF/MANIFEST.MF") ? "a Java archive" : nil
    }

    /// Returns up to `count` bytes at a position of the archive.
    func bytes(at position: Int, count: Int) throws(PaperFormatsError) -> [UInt8] {
        try ZipDirectory.bytes(of: descriptor, at: position, count: count, path: path)
    }

    /// The error of an archive that cannot be read.
    static func damaged(_ path: String, _ reason: String) -> PaperFormatsError {
        PaperFormatsError(
            .unreadable, path: path, message: "Cannot read papers from '\(path)': \(reason)",
            remedy: "Get the archive again, or unpack it with 'unzip' and give the files.")
    }
}

/// A file in an archive, as the directory describes it.
struct ZipEntry: Hashable {
    /// The name, with the folders that the file is in: `export/refs.bib`. It has no control characters.
    let name: String
    /// The method of packing: 0 for none, 8 for deflate.
    let method: Int
    let isEncrypted: Bool
    /// The CRC-32 of the unpacked bytes.
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    /// The position of the member's own header.
    let position: Int
}

/// A file in an archive that can be read.
struct ZipMember {
    let archive: ZipArchive
    let entry: ZipEntry
}
