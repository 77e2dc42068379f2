import Foundation

/// Times whole processes that a person waits for, beside SQLite's full text search:
///
/// - `akin add` of all the papers into a new library;
/// - `akin add` of one paper to that library;
/// - `akin search` from a cold process, against `akin --version`, which does nothing.
///
///     LibraryBenchmark AKIN PAPERS.jsonl OUTPUT.json
///
/// Runs of the rivals alternate, so that a busy machine slows all of them. The program prints medians and ratios, and
/// writes every run to the output file.
@main
struct LibraryBenchmark {
    static let question = ["running", "big", "models", "with", "limited", "memory"]
    static let addRuns = 5
    static let queryRuns = 30

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, FileManager.default.fileExists(atPath: arguments[2]) else {
            print("usage: LibraryBenchmark AKIN PAPERS.jsonl OUTPUT.json; skipped, for there are no papers to read")
            return
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-benchmark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        let bench = try Contest(akin: arguments[1], papers: arguments[2], folder: folder.path)
        var table = Table()
        try bench.addAll(runs: addRuns, into: &table)
        try bench.addOne(runs: addRuns, into: &table)
        try bench.query(question, runs: queryRuns, into: &table)
        table.print()
        try table.write(to: arguments[3], papers: arguments[2])
    }
}
