import Foundation
import PaperFormats
import Papers
import Synchronization

/// Where papers are written, as JSON Lines.
///
/// A call writes whole lines at once. What was written stays whatever happens afterwards.
final class PaperOutput: Sendable {
    private let handle: FileHandle
    private let path: String?
    private let known: Mutex<Set<String>>
    private let writer = JSONLinesExporter()

    /// Opens the output.
    ///
    /// - Parameters:
    ///   - path: The file; `nil` is standard output.
    ///   - resumed: A file that an earlier run wrote, which the papers are added to.
    ///   - replacesFile: Whether a file at `path` is replaced.
    /// - Throws: `FetchError` with code `file`.
    init(path: String?, resuming resumed: String?, replacesFile: Bool) throws {
        self.path = resumed ?? path
        if let resumed {
            known = Mutex(try Self.idsOfFile(resumed))
            handle = try Self.opened(resumed)
            try Self.seekToNewLine(handle, resumed)
            return
        }
        known = Mutex([])
        guard let path else {
            handle = .standardOutput
            return
        }
        if !replacesFile, FileManager.default.fileExists(atPath: path) {
            throw FetchError(
                .file, "Cannot write '\(path)': there is a file of that name",
                remedy: "Give another name, replace it with --force, or go on with it: --resume '\(path)'.")
        }
        handle = try Self.opened(path)
        try? handle.truncate(atOffset: 0)
    }

    /// Whether a paper with one of its ids was written before, or in the file that is resumed.
    func has(_ paper: Paper) -> Bool {
        known.withLock { known in ([paper.id] + paper.alternateIDs).contains { known.contains(Self.key($0)) } }
    }

    /// Whether a paper with an identifier was written before, or in the file that is resumed.
    func has(_ identifier: PaperIdentifier) -> Bool {
        known.withLock { $0.contains(identifier.canonicalSpelling) }
    }

    /// Writes papers that were not written before.
    ///
    /// - Throws: `BrokenPipe`, or `FetchError` with code `file`.
    func write(_ papers: [Paper]) throws {
        var lines = ""
        for paper in papers where !has(paper) {
            lines += writer.line(for: paper) + "\n"
            known.withLock { known in known.formUnion(([paper.id] + paper.alternateIDs).map(Self.key)) }
        }
        if lines.isEmpty { return }
        do {
            try handle.write(contentsOf: Data(lines.utf8))
        } catch {
            if path == nil, Self.isBrokenPipe(error) { throw BrokenPipe() }
            throw FetchError(
                .file, "Cannot write \(path.map { "'\($0)'" } ?? "the papers"): \(error.localizedDescription)",
                remedy: "Make room, and go on with --resume.")
        }
    }

    /// An id in the spelling that stands for all.
    private static func key(_ id: String) -> String {
        PaperIdentifier(id)?.canonicalSpelling ?? id
    }

    private static func opened(_ path: String) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        guard let handle = FileHandle(forUpdatingAtPath: path) else {
            throw FetchError(
                .file, "Cannot write '\(path)'", remedy: "Check the name, and the permissions of the folder.")
        }
        return handle
    }

    /// Goes to the end of a file, and ends a line there that was cut off.
    private static func seekToNewLine(_ handle: FileHandle, _ path: String) throws {
        do {
            let end = try handle.seekToEnd()
            guard end > 0 else { return }
            try handle.seek(toOffset: end - 1)
            if try handle.read(upToCount: 1) != Data("\n".utf8) { try handle.write(contentsOf: Data("\n".utf8)) }
        } catch {
            throw FetchError(
                .file, "Cannot go on with '\(path)': \(error.localizedDescription)", remedy: "Give a file of papers.")
        }
    }

    private static func idsOfFile(_ path: String) throws -> Set<String> {
        guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size > 0 else {
            return []
        }
        var ids: Set<String> = []
        do throws(PaperFormatsError) {
            let reader = try PaperReader(
                path: path, options: ImportOptions(format: .jsonLines, keepsEmptyPapers: true, threads: 1))
            while let batch = try reader.nextBatch() {
                for paper in batch.papers { ids.formUnion(([paper.id] + paper.alternateIDs).map(key)) }
            }
        } catch {
            throw FetchError(.file, error.message, remedy: error.remedy)
        }
        return ids
    }

    private static func isBrokenPipe(_ error: any Error) -> Bool {
        var error: NSError? = error as NSError
        while let current = error {
            if current.domain == NSPOSIXErrorDomain, current.code == Int(EPIPE) { return true }
            error = current.userInfo[NSUnderlyingErrorKey] as? NSError
        }
        return false
    }
}
