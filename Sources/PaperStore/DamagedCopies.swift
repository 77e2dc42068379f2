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

extension PaperStore {
    /// Keeps a copy of a damaged store beside it, unless there is one already, as after a repair that was cut off.
    ///
    /// The first copy has the name of the store and `.damaged`, and others have a number as well. A log is copied with
    /// its file.
    ///
    /// - Parameter path: The path of the store's file, which nobody changes.
    /// - Returns: The path of the copy.
    /// - Throws: `PaperStoreError`; the error of the file system.
    /// - Complexity: Reads the file, and each copy of the same length.
    package static func keepDamaged(_ path: String) throws -> String {
        let path = followedPath(path)
        let names = copyNames(of: path)
        var free = names[0]
        for name in names {
            free = name
            guard try fileExists(name) else { break }
            if try areAlike(path, name), try areAlike(path + "-wal", name + "-wal") { return name }
        }
        // The file comes last: a name without a file is free, whatever has it with a suffix.
        try removeUnfinishedCopy(of: path)
        try removeFileIfThere(free + "-wal")
        for suffix in ["-wal", ""] where try byteCount(path + suffix) > 0 {
            let partial = unfinishedCopy(of: path)
            try copyFile(path + suffix, to: partial)
            try StoreFile.replace(free + suffix, by: partial)
            try synchronizeFolder(parentFolder(of: path))
        }
        return free
    }

    /// Puts the log of a damaged store back that a salvage removed before it was cut off. The papers in it are nowhere
    /// else than in the copy that was kept.
    static func restoreLog(of path: String) throws {
        guard try !fileExists(path + "-wal") else { return }
        for name in copyNames(of: path) {
            guard try fileExists(name) else { return }
            guard try fileExists(name + "-wal"), try areAlike(path, name) else { continue }
            let partial = unfinishedCopy(of: path)
            try copyFile(name + "-wal", to: partial)
            return try StoreFile.replace(path + "-wal", by: partial)
        }
    }

    private static func copyNames(of path: String) -> [String] {
        [path + ".damaged"] + (2...1_000).map { path + ".damaged-\($0)" }
    }

    /// Removes what a repair left that was cut off while it copied.
    static func removeUnfinishedCopy(of path: String) throws {
        try removeFileIfThere(unfinishedCopy(of: path))
    }

    private static func unfinishedCopy(of path: String) -> String { path + ".damaged.partial" }

    private static func byteCount(_ path: String) throws -> UInt64 {
        guard try fileExists(path) else { return 0 }
        return try FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64 ?? 0
    }

    /// Whether two files hold the same but for the fields of the header that every writer alters. A file that is not
    /// there is like an empty one.
    private static func areAlike(_ first: String, _ second: String) throws -> Bool {
        let count = try byteCount(first)
        guard try byteCount(second) == count else { return false }
        guard count > 0 else { return true }
        let files = try [first, second].map { try FileHandle(forReadingFrom: URL(filePath: $0)) }
        defer { for file in files { try? file.close() } }
        var isStart = true
        while true {
            var pieces = try files.map { try $0.read(upToCount: 1 << 20) ?? Data() }
            if isStart, !first.hasSuffix("-wal") { pieces = pieces.map(StoreHeader.withoutCounters) }
            isStart = false
            guard pieces[0] == pieces[1] else { return false }
            if pieces[0].isEmpty { return true }
        }
    }
}

extension StoreHeader {
    /// The beginning of a file, with zeros for the kind of its journal and for what counts its changes.
    fileprivate static func withoutCounters(_ start: Data) -> Data {
        guard start.count >= 100 else { return start }
        var start = start
        for range in [18..<20, 24..<28, 92..<100] { start.replaceSubrange(range, with: Data(count: range.count)) }
        return start
    }
}
