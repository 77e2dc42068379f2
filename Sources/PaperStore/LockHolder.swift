import Foundation
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

/// A process that keeps a file of a store locked.
///
/// Only Linux tells without opening the files. To close them again would give up the locks that this process has.
package struct LockHolder: Hashable, Sendable {
    /// The number of the process.
    package let process: Int32
    /// The name of its program; `nil` if it is not known.
    package let program: String?
    /// Whether it is suspended.
    package let isSuspended: Bool
    /// The path of the file.
    package let file: String

    /// The byte of the shared memory on which every process that uses it has a lock.
    private static let sharedByte = "128"

    /// Whether it is this process, in another call.
    package var isThisProcess: Bool { process == getpid() }

    /// Finds who has a lock on a store: another process that keeps all others out if there is any, any other process,
    /// or else this one. `nil` if there is nobody, or the system does not tell.
    ///
    /// - Parameter path: The path of the store's file.
    package init?(ofStoreAt path: String) {
        guard let table = try? String(contentsOfFile: "/proc/locks", encoding: .utf8) else { return nil }
        let path = followedPath(path)
        let files = [path + "-shm", path].compactMap { file in
            FileNumber(of: file).map { (number: $0, path: file) }
        }
        var shared: (process: Int32, file: String)?
        var own: String?
        for line in table.split(separator: "\n") {
            // 1: POSIX  ADVISORY  WRITE 4711 08:01:131072 120 120
            let fields = line.split(separator: " ")
            guard fields.count == 8, fields[1] == "POSIX", let process = Int32(fields[4]), process > 0,
                let file = files.first(where: { $0.number.isNamed(by: fields[5]) }), fields[6] != Self.sharedByte
            else { continue }
            guard process != getpid() else {
                own = own ?? file.path
                continue
            }
            guard fields[3] == "WRITE" else {
                shared = shared ?? (process, file.path)
                continue
            }
            self.init(process, file.path)
            return
        }
        if let shared {
            self.init(shared.process, shared.file)
        } else if let own {
            self.init(getpid(), own)
        } else {
            return nil
        }
    }

    private init(_ process: Int32, _ file: String) {
        self.process = process
        self.file = file
        // 4711 (name) T 1 …; a name may hold anything.
        let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        let end = status?.lastIndex(of: ")")
        isSuspended = end.flatMap { status?[$0...].dropFirst(2).first } == "T"
        let name = (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8))?.filter { character in
            character.isASCII && (character.isLetter || character.isNumber || "-_.+".contains(character))
        }
        program = name.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The holder as a sentence has it: `process 4711 (akin), which is suspended, keeps 'papers.sqlite-shm' locked`.
    package var description: String {
        if isThisProcess { return "another call in this process keeps '\(file)' locked" }
        return "process \(process)" + (program.map { " (\($0))" } ?? "") + (isSuspended ? ", which is suspended," : "")
            + " keeps '\(file)' locked"
    }
}

/// The numbers by which the system tells a file from all others.
private struct FileNumber {
    private let device: UInt64
    private let inode: UInt64

    init?(of path: String) {
        var status = stat()
        // SAFETY: the call fills the one structure whose address it gets.
        guard unsafe stat(path, &status) == 0 else { return nil }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
    }

    /// Whether a field of the system's table names the file: two parts of the device in base 16, and the inode.
    func isNamed(by field: Substring) -> Bool {
        let parts = field.split(separator: ":")
        guard parts.count == 3, let major = UInt64(parts[0], radix: 16), let minor = UInt64(parts[1], radix: 16) else {
            return false
        }
        // As the macros `major` and `minor` of the GNU C library take a device apart.
        let ownMajor = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
        let ownMinor = device & 0xFF | (device >> 12) & ~0xFF
        return UInt64(parts[2]) == inode && major == ownMajor && minor == ownMinor
    }
}
