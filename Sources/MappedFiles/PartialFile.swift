import ArraySpans
import Synchronization
import SystemCalls

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

/// A file that is written under the name `PATH.partial-PID-N` and gets the name `PATH` when it is complete. A long name
/// is cut, so that every name that a file may have can be written.
///
/// A reader of `PATH` sees the old file or the new one and never a part of it, whenever the writer or the machine
/// stops. A file that is given up before ``commit()`` is removed. After a write that failed, every later one fails with
/// the same error.
package struct PartialFile: ~Copyable {
    /// The path that the file will have.
    package let path: String

    /// The path that the file has until it is complete.
    package let partialPath: String

    /// The number of bytes written so far.
    package private(set) var byteCount = 0

    private let file: FileDescriptor

    /// The permissions and the owner of the file that is replaced; `nil` for a new file.
    private let access: FileAccess?

    private var failure: MappedFileError?
    private var isCommitted = false

    /// Distinguishes the partial files of one process.
    private static let serialNumber = Atomic(0)

    /// Creates the partial file, with the permissions of the file that it will replace, or else those that the process
    /// gives to new files. It keeps the owner where the process may give files away. A symbolic link at `path` stays,
    /// and the file that it leads to is replaced. Another name of that file, a hard link, keeps the old contents.
    ///
    /// - Throws: `cannotWrite` if the folder does not exist or may not be written to, or if `path` is a folder, a
    ///   device, a pipe or a socket; `noSpace` if the volume is full.
    package init(path: String) throws(MappedFileError) {
        let kind: SystemCalls.FileKind?
        do throws(SystemError) {
            kind = try SystemCalls.FileKind(of: path)
        } catch {
            throw error.onWriting(path)
        }
        if let kind, kind != .file {
            throw MappedFileError(
                .cannotWrite, path: path,
                message: "Cannot write '\(path)': it is \(kind.name), which a file would replace. Give another name.")
        }
        let number = Self.serialNumber.add(1, ordering: .relaxed).newValue
        let path = followedPath(path)
        try self.init(path: path, partialPath: Self.partialPath(of: path, ending: ".partial-\(getpid())-\(number)"))
    }

    /// The path with an ending, in the same folder. The name is cut where it would be longer than systems allow.
    private static func partialPath(of path: String, ending: String) -> String {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        var kept = name
        while kept.utf8.count + ending.utf8.count > longestName, !kept.isEmpty { kept.removeLast() }
        return path.dropLast(name.count) + kept + ending
    }

    /// The most bytes of a file name on the usual file systems.
    private static let longestName = 255

    /// Creates the file at `partialPath`.
    ///
    /// A file of that name is left over from another process with the same number. It is removed.
    private init(path: String, partialPath: String) throws(MappedFileError) {
        self.path = path
        self.partialPath = partialPath
        removeName(partialPath)
        let access = FileAccess(ofFileAt: path)
        self.access = access
        do {
            // Nobody else may read the file before it has its permissions.
            file = try FileDescriptor(
                opening: partialPath, flags: O_WRONLY | O_CREAT | O_EXCL, mode: access == nil ? 0o666 : 0o600)
        } catch {
            throw error.onWriting(path)
        }
    }

    /// Writes to a file or device that exists, without renaming it.
    ///
    /// Tests use it to write to a device that is always full.
    ///
    /// - Throws: `cannotWrite` if there is no such device.
    package init(device: String) throws(MappedFileError) {
        path = device
        partialPath = device
        isCommitted = true
        access = nil
        do {
            file = try FileDescriptor(opening: device, flags: O_WRONLY)
        } catch {
            throw error.onWriting(device)
        }
    }

    deinit {
        if !isCommitted { removeName(partialPath) }
    }

    /// Writes `bytes` behind those that are written.
    ///
    /// - Throws: `cannotWrite` or `noSpace`.
    package mutating func append(_ bytes: RawSpan) throws(MappedFileError) {
        try attempt { file throws(SystemError) in try file.write(bytes) }
        byteCount += bytes.byteCount
    }

    /// Writes `bytes` behind those that are written.
    ///
    /// - Throws: `cannotWrite` or `noSpace`.
    package mutating func append(_ bytes: [UInt8]) throws(MappedFileError) {
        // SAFETY: bytes have no padding between them.
        try append(unsafe bytes.span.bytes)
    }

    /// Writes `bytes` over those that start at `offset`.
    ///
    /// - Throws: `cannotWrite` or `noSpace`.
    /// - Precondition: The bytes that they replace are written.
    package mutating func overwrite(_ bytes: [UInt8], at offset: Int) throws(MappedFileError) {
        precondition(offset >= 0 && offset + bytes.count <= byteCount, "Only bytes that are written can be replaced")
        // SAFETY: bytes have no padding between them.
        try attempt { file throws(SystemError) in try file.write(unsafe bytes.span.bytes, at: offset) }
    }

    /// Replaces the file at the path, when all bytes are on the disk.
    ///
    /// It gives the file its permissions, synchronises it, renames it, and synchronises the folder.
    ///
    /// - Throws: `cannotWrite` or `noSpace`.
    package consuming func commit() throws(MappedFileError) {
        let access = access
        try attempt { file throws(SystemError) in
            try access?.give(to: file.rawValue)
            try file.synchronize()
        }
        if !isCommitted {
            guard renameFile(partialPath, to: path) == 0 else {
                throw SystemError(number: lastSystemError).onWriting(path)
            }
            isCommitted = true
        }
        try Folder.synchronize(parentFolder(of: path))
    }

    private mutating func attempt(
        _ body: (borrowing FileDescriptor) throws(SystemError) -> Void
    ) throws(MappedFileError) {
        if let failure { throw failure }
        do {
            try body(file)
        } catch {
            let failure = error.onWriting(path)
            self.failure = failure
            throw failure
        }
    }
}
