import Akin
import AkinReports
import ArgumentParser
import Foundation
import PaperFormats
import Papers

/// `akin fetch abstracts` without a file: the papers are those of the library, and the abstracts are added to it.
///
/// The help of the program `akin-fetch` describes both forms.
struct FetchAbstractsCommand: ReportingCommand {
    static let configuration = CommandConfiguration(commandName: "akin fetch abstracts")

    @Argument(parsing: .allUnrecognized)
    var passed: [String] = []

    @OptionGroup var waiting: WaitingOptions

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    /// Whether the words after `akin fetch` are `abstracts` and no file.
    static func isOfLibrary(_ arguments: [String]) -> Bool {
        guard arguments.first == "abstracts" else { return false }
        var rest = arguments.dropFirst()
        while let word = rest.popFirst() {
            if ["-h", "--help", "--version"].contains(word) { return false }
            guard word.hasPrefix("-"), word != "-", word != "--" else { return false }
            // All other flags have a value.
            let isAlone = ["-q", "--quiet", "--json", "--force", "--wait"].contains(word) || word.contains("=")
            if !isAlone { _ = rest.popFirst() }
        }
        return true
    }

    func validate() throws {
        let names = passed.map { $0.prefix { $0 != "=" } }
        if let name = names.first(where: { ["-o", "--output", "--resume", "--force"].contains($0) }) {
            throw ValidationError(
                "\(name) goes with a file of papers. Without one, abstracts are added to the library.")
        }
    }

    func result(_ console: Console) throws -> CommandResult<AdditionReport> {
        let program = try CompanionProgram.fetch()
        let library = try options.open(waiting: waiting.waiting(console))
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-fetch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let papers = folder.appending(path: "papers.jsonl").path
        let abstracts = folder.appending(path: "abstracts.jsonl").path
        let count = try writePapersWithoutAbstract(of: library, to: papers)
        guard count > 0 else {
            return CommandResult(
                report: AdditionReport(AddReport(), isDryRun: false), summary: "No paper lacks an abstract.")
        }

        let isQuiet = options.quiet || options.json
        let end = try program.run(
            ["abstracts", papers, "--output", abstracts] + (isQuiet ? ["--quiet"] : []) + passed)
        let hasFound = ((try? FileManager.default.attributesOfItem(atPath: abstracts)[.size]) as? Int ?? 0) > 0
        guard hasFound else {
            return CommandResult(
                report: AdditionReport(AddReport(), isDryRun: false),
                remarks: end.isWhole ? ["Found no abstract of the \(count) papers without one."] : [],
                failures: end.failures, status: end.isWhole ? .nothingFound : .failed)
        }
        let (report, elapsed) = try timed {
            try console.showingProgress { progress in
                try library.add(
                    from: PaperFiles([abstracts], options: ImportOptions(format: .jsonLines, threads: options.threads)),
                    options: AddOptions(threads: options.threads), progress: progress)
            }
        }
        var result = report.result(library: options.path, elapsed: elapsed)
        result.failures += end.failures
        if !end.isWhole { result.status = .failed }
        return result
    }

    /// Writes the papers that lack an abstract, as JSON Lines.
    ///
    /// - Returns: Their number.
    private func writePapersWithoutAbstract(of library: Library, to path: String) throws -> Int {
        let writer = try FileWriter(path: path)
        let exporter = JSONLinesExporter()
        var count = 0
        try library.forEachPaper { papers in
            for paper in papers where paper.abstract.isEmpty {
                writer.write(exporter.line(for: paper) + "\n")
                count += 1
            }
            return true
        }
        try writer.finish()
        return count
    }
}

extension CompanionProgram.End {
    /// Whether the program did all of its work.
    fileprivate var isWhole: Bool { self == .status(0) || self == .status(1) }

    /// What there is to say beyond what the program said.
    fileprivate var failures: [String] {
        isWhole ? [] : ["The search for abstracts ended early. What came until then is added; run it again for more."]
    }
}
