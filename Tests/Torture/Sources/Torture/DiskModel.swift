import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What a disk holds after a loss of power, as the calls of a program leave it.
///
/// A file is an inode with what was written since its last sync. A folder is a list of changes of names since its last
/// sync. A loss of power keeps what was synced. Of the rest it keeps any part:
///
/// - `dropped`: nothing,
/// - `journaled`: the first of the changes of names, in order, as journaling file systems do, and any of the writes,
/// - `reordered`: any of the changes of names, and any of the writes,
/// - `torn`: as `journaled`, and a write may arrive in part, by sectors of 512 bytes; a file that has grown may hold
///   zeros or other bytes where the sectors are missing.
///
/// - `unborn`: nothing, and not the name of the library's folder either, unless the folder around it was synced. The
///   other losses keep that name, as most file systems do with the first sync of a file below it.
///
/// A sync of a file keeps its content and not its name; POSIX promises no more. The model is that of Pillai et al.,
/// *All File Systems Are Not Created Equal* (OSDI 2014), with the strictest choices for names.
struct DiskModel {
    /// What becomes of that which was not synced.
    enum Loss: String, CaseIterable, Sendable {
        case dropped, journaled, reordered, torn, unborn
    }

    private enum Edit {
        case write(offset: Int, bytes: Data)
        case truncate(length: Int)
    }

    private struct Inode {
        var isFolder = false
        var kept = Data()
        var edits: [Edit] = []
    }

    /// A change of names that happens whole: entries of folders, with the inode that they get, or none.
    private struct NameChange {
        var entries: [(folder: Int, name: String, inode: Int?)]
    }

    private var inodes: [Inode] = [Inode(isFolder: true)]
    /// The names as a running program sees them, and as the disk keeps them: by folder.
    private var seen: [Int: [String: Int]] = [:]
    private var kept: [Int: [String: Int]] = [:]
    private var changes: [NameChange] = []
    private let root: String

    /// Creates the model of an empty folder.
    init(root: String) { self.root = root }

    /// Takes a call into account.
    ///
    /// - Returns: Whether the model knows what it does.
    mutating func apply(_ call: RecordedCall) -> Bool {
        guard call.result >= 0, call.isChange else { return true }
        switch call.name {
        case "open":
            guard let inode = inode(at: call.path) else { return create(call.path, isFolder: false) }
            if call.offset & Int(O_TRUNC) != 0 { inodes[inode].edits.append(.truncate(length: 0)) }
        case "mkdir": return create(call.path, isFolder: true)
        case "write", "pwrite", "writev", "sendfile", "copy_file_range":
            guard !call.path.hasSuffix(" (deleted)") else { return true }
            guard let inode = inode(at: call.path) else { return false }
            inodes[inode].edits.append(.write(offset: call.offset, bytes: call.bytes))
        case "ftruncate":
            guard !call.path.hasSuffix(" (deleted)") else { return true }
            guard let inode = inode(at: call.path) else { return false }
            inodes[inode].edits.append(.truncate(length: call.offset))
        case "sync": return synchronize(call.path)
        case "unlink", "rmdir": return change([(call.path, nil)])
        case "rename": return change([(call.path, nil), (call.secondPath, inode(at: call.path))])
        case "link": return change([(call.secondPath, inode(at: call.path))])
        case "close", "fchown", "fchmod", "chmod": break
        default: return false
        }
        return true
    }

    // MARK: - Names

    private func inode(at path: String) -> Int? {
        guard path.hasPrefix(root) else { return nil }
        var inode = 0
        for name in path.dropFirst(root.count).split(separator: "/") {
            guard let next = seen[inode]?[String(name)] else { return nil }
            inode = next
        }
        return inode
    }

    private mutating func create(_ path: String, isFolder: Bool) -> Bool {
        inodes.append(Inode(isFolder: isFolder))
        return change([(path, inodes.count - 1)])
    }

    private mutating func change(_ entries: [(path: String, inode: Int?)]) -> Bool {
        var change = NameChange(entries: [])
        for entry in entries {
            let path = entry.path as NSString
            guard let folder = inode(at: path.deletingLastPathComponent) else { return false }
            change.entries.append((folder, path.lastPathComponent, entry.inode))
        }
        for entry in change.entries { seen[entry.folder, default: [:]][entry.name] = entry.inode }
        changes.append(change)
        return true
    }

    private mutating func synchronize(_ path: String) -> Bool {
        if path.hasSuffix(" (deleted)") { return true }
        guard let inode = inode(at: path) else { return false }
        guard inodes[inode].isFolder else {
            inodes[inode].kept = Self.content(inodes[inode].kept, inodes[inode].edits)
            inodes[inode].edits = []
            return true
        }
        for change in changes where change.entries.contains(where: { $0.folder == inode }) {
            for entry in change.entries { kept[entry.folder, default: [:]][entry.name] = entry.inode }
        }
        changes.removeAll { $0.entries.contains { $0.folder == inode } }
        return true
    }

    /// Keeps everything, as a machine that is shut down in order does.
    mutating func synchronizeAll() {
        for index in inodes.indices where !inodes[index].isFolder {
            inodes[index].kept = Self.content(inodes[index].kept, inodes[index].edits)
            inodes[index].edits = []
        }
        kept = seen
        changes = []
    }

    // MARK: - Loss of power

    /// Writes what the disk holds after a loss of power into a folder.
    func write(to folder: String, losing loss: Loss, using generator: inout Generator) {
        var names = kept
        let wanted: [NameChange]
        switch loss {
        case .dropped, .unborn: wanted = []
        case .journaled, .torn: wanted = Array(changes.prefix(generator.number(below: changes.count + 1)))
        case .reordered: wanted = changes.filter { _ in generator.number(below: 2) == 0 }
        }
        if loss != .unborn { names[0] = seen[0] }
        for change in wanted {
            for entry in change.entries { names[entry.folder, default: [:]][entry.name] = entry.inode }
        }
        var contents: [Int: Data] = [:]
        for index in inodes.indices where !inodes[index].isFolder {
            contents[index] = content(of: inodes[index], losing: loss, using: &generator)
        }
        Folders.remove(folder)
        write(0, names, contents, to: folder)
    }

    private func write(_ inode: Int, _ names: [Int: [String: Int]], _ contents: [Int: Data], to path: String) {
        guard inodes[inode].isFolder else {
            // The index of the log lives in memory that is shared and never synced, so it may hold anything.
            let isIndexOfLog = path.hasSuffix("-shm")
            try? (isIndexOfLog ? Data() : contents[inode] ?? Data()).write(to: URL(filePath: path))
            return
        }
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, entry) in (names[inode] ?? [:]).sorted(by: { $0.key < $1.key }) {
            write(entry, names, contents, to: "\(path)/\(name)")
        }
    }

    private func content(of inode: Inode, losing loss: Loss, using generator: inout Generator) -> Data {
        switch loss {
        case .dropped, .unborn: return inode.kept
        case .journaled, .reordered:
            return Self.content(inode.kept, inode.edits.filter { _ in generator.number(below: 2) == 0 })
        case .torn:
            var content = inode.kept
            for edit in inode.edits {
                switch generator.number(below: 3) {
                case 0: continue
                case 1: content = Self.content(content, [edit])
                default: content = Self.torn(content, edit, using: &generator)
                }
            }
            return content
        }
    }

    private static func content(_ kept: Data, _ edits: [Edit]) -> Data {
        var content = kept
        for edit in edits {
            switch edit {
            case .truncate(let length): grow(&content, to: length, cuts: true)
            case .write(let offset, let bytes):
                grow(&content, to: offset + bytes.count, cuts: false)
                content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
            }
        }
        return content
    }

    private static func grow(_ content: inout Data, to length: Int, cuts: Bool) {
        if content.count < length {
            content.append(Data(count: length - content.count))
        } else if cuts {
            content.removeSubrange(length..<content.count)
        }
    }

    /// An edit of which some sectors arrive.
    private static func torn(_ content: Data, _ edit: Edit, using generator: inout Generator) -> Data {
        guard case .write(let offset, let bytes) = edit else { return Self.content(content, [edit]) }
        let sector = 512
        let oldCount = content.count
        var content = content
        grow(&content, to: offset + bytes.count, cuts: false)
        var start = offset
        while start < offset + bytes.count {
            let end = min(offset + bytes.count, (start / sector + 1) * sector)
            let isThere = generator.number(below: 2) == 0
            if isThere {
                let part = bytes.dropFirst(start - offset).prefix(end - start)
                content.replaceSubrange(start..<end, with: part)
            } else if start >= oldCount, generator.number(below: 2) == 0 {
                let noise = (start..<end).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
                content.replaceSubrange(start..<end, with: noise)
            }
            start = end
        }
        return content
    }
}
