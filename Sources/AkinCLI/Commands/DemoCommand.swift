import Akin
import AkinReports
import ArgumentParser
import Papers

/// `akin demo`
struct DemoCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Try Akin on 74 bundled papers on language models.",
        discussion: "The papers lie in a library of their own; your own libraries are left alone."
    )

    /// What the demonstration asks.
    private static let paper = "InfLLM"
    private static let question = "running big models with limited memory"
    private static let shown = 5

    @OptionGroup var options: LibraryOptions

    func result(_ console: Console) throws -> CommandResult<DemonstrationReport> {
        let path =
            try options.givenPath.map { _ in try options.folderPath() } ?? options.dataFolder.library(named: "demo")
        try Self.refuseOtherPapers(in: path)
        _ = try console.showingProgress { progress in
            try Library.add(
                BundledSample.papers, toLibraryAt: path, options: AddOptions(threads: options.threads),
                progress: progress)
        }
        let library = try Library(at: path)
        var search = SearchOptions(k: Self.shown)
        search.findsSnippets = true
        let paper = try library.paper(named: Self.paper)
        let like = try timed { try library.search(like: [paper.id], options: search) }
        let found = try timed { try library.search(for: Self.question, options: search) }
        let k = String(Self.shown)
        return CommandResult(
            report: DemonstrationReport(
                like: AnswerReport(query: paper.title, answer: like.value, elapsed: like.elapsed),
                search: AnswerReport(query: Self.question, answer: found.value, elapsed: found.elapsed)
            ),
            text: {
                ["$ " + SuggestedCommand("like", Self.paper, "-k", k, library: path).line]
                    + PaperListing.lines(like.value.hits)
                    + ["", "$ " + SuggestedCommand("search", Self.question, "-k", k, library: path).line]
                    + PaperListing.lines(found.value.hits)
            },
            remarks: [
                "\nThe library lies in \(path). Ask it more, or make your own with "
                    + "\(SuggestedCommand("add", "FILE", library: nil))."
            ]
        )
    }

    /// Refuses a library of a person's own papers.
    private static func refuseOtherPapers(in path: String) throws {
        let library: Library
        do {
            library = try Library(at: path)
        } catch {
            guard error.code == .noLibrary else { throw error }
            return
        }
        let sample = Set(BundledSample.papers.map(\.id))
        guard try library.papers().allSatisfy({ sample.contains($0.id) }) else {
            throw ValidationError(
                "\(path) holds other papers than the bundled ones. Give --library a folder of its own.")
        }
    }
}
