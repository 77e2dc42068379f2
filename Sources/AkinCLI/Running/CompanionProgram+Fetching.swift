import Akin
import Foundation
import PaperFormats
import Papers

extension CompanionProgram {
    /// Lets `akin-fetch` get papers by their identifiers.
    ///
    /// - Throws: `AkinError` for an identifier that no service knows, and where none can be reached.
    func papers(of identifiers: [String], isQuiet: Bool) throws -> [Paper] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-fetch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "papers.jsonl").path
        let wanted = Set(identifiers)
        let end = try run(["ids"] + wanted.sorted() + ["--output", file] + (isQuiet ? ["--quiet"] : []))
        if case .signal = end { throw CancellationError() }
        var papers: [Paper] = []
        if let reader = try? PaperReader(path: file, options: ImportOptions(format: .jsonLines)) {
            while let batch = try reader.nextBatch() { papers += batch.papers }
        }
        guard papers.count == wanted.count else {
            throw AkinError(
                .paperNotFound,
                "Cannot fetch \(wanted.count - papers.count) of \(wanted.count) papers: "
                    + "\(wanted.sorted().joined(separator: ", ")).")
        }
        return papers
    }
}
