import Akin
import AkinReports
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PaperFormats

/// A file that a client sends, in a folder that only this server reads. It is removed with the last reference.
final class UploadedFile: Sendable {
    /// The longest file, in bytes.
    static let longest = 1 << 30

    /// The longest name, in bytes: file systems take 255.
    private static let longestName = 200

    /// The time that a file has to arrive.
    private static let time = Duration.seconds(600)

    let path: String
    private let folder: URL

    /// Keeps a body.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - name: The name that the client gives the file. Only its ending counts, and its letters for messages.
    /// - Throws: ``Problem``: 413 for a file that is too long, 408 for one that comes too slowly; `AkinError` where the
    ///   disk is full.
    convenience init(_ body: some AsyncSequence<ByteBuffer, any Error> & Sendable, name: String?) async throws {
        try self.init(name: name)
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? handle.close() }
        do {
            try await withinTime(Self.time) {
                var length = 0
                for try await bytes in body {
                    length += bytes.readableBytes
                    guard length <= Self.longest else {
                        throw Problem(.contentTooLarge, "The file has more than \(Self.longest) bytes.")
                    }
                    try handle.write(contentsOf: bytes.readableBytesView)
                }
            }
        } catch let problem as Problem where problem.status == .serviceUnavailable {
            throw Problem(.requestTimeout, "The file did not arrive in time.")
        } catch let problem as Problem {
            throw problem
        } catch {
            let known = AkinError(translating: error)
            guard known.code == .internalFailure else { throw known }
            throw Problem(.badRequest, "The file is cut short.")
        }
    }

    /// Keeps bytes.
    convenience init(_ bytes: Data, name: String?) throws {
        try self.init(name: name)
        try bytes.write(to: URL(filePath: path))
    }

    /// Makes an empty file.
    private init(name: String?) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "akin-serve-\(UUID().uuidString)")
        path = folder.appending(path: Self.safeName(name ?? "")).path
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw AkinError(.cannotWrite, "Cannot keep an uploaded file in the folder for temporary files.")
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The last part of a name, without what a file system or a terminal takes amiss.
    private static func safeName(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let safe = last.unicodeScalars.filter { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_. ".unicodeScalars.contains(scalar)
        }
        var name = String(String.UnicodeScalarView(safe))
        // The ending counts, so the beginning goes.
        while name.utf8.count > longestName { name.unicodeScalars.removeFirst() }
        let trimmed = name.trimmingPrefix(while: { $0 == "." || $0 == " " })
        return trimmed.isEmpty ? "upload" : String(trimmed)
    }
}

/// Adds uploaded files to a library.
enum AddedFiles {
    /// Adds the papers of files.
    ///
    /// - Returns: What was added. Its files have the names that the client gave them.
    /// - Throws: `AkinError`.
    static func add(
        _ files: [UploadedFile], to library: Library, _ options: AddOptions
    ) async throws -> AdditionReport {
        try await library.inBackground { library in
            let papers = PaperFiles(files.map(\.path), options: ImportOptions(threads: options.threads))
            let report = AdditionReport(
                try library.add(from: papers, options: options), isDryRun: options.isDryRun)
            return withExtendedLifetime(files) { report.naming(files.map(\.path)) }
        }
    }
}

extension AdditionReport {
    /// The report with the last part of each path alone, because clients know no other.
    fileprivate func naming(_ paths: [String]) -> AdditionReport {
        var report = self
        func short(_ path: String) -> String { URL(filePath: path).lastPathComponent }
        for place in skipped.indices { report.skipped[place].file = short(skipped[place].file) }
        for place in notes.indices { report.notes[place].file = short(notes[place].file) }
        for place in failed.indices {
            report.failed[place].file = short(failed[place].file)
            for path in paths { report.failed[place].message.replace(path, with: short(path)) }
        }
        return report
    }
}
