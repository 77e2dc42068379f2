import Akin
import ArgumentParser
import Papers

/// `akin demo`
struct DemoCommand: ParsableCommand {
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

    func run() throws {
        let path = options.folder ?? DataFolder.library("demo")
        let library = try Library(creatingAt: path)
        let sample = Set(BundledSample.papers.map(\.id))
        guard try library.papers().allSatisfy({ sample.contains($0.id) }) else {
            throw ValidationError(
                "\(path) holds other papers than the bundled ones. Give --library a folder of its own.")
        }
        let bar = ProgressBar(isWanted: !options.quiet && !options.json)
        do {
            defer { bar.finish() }
            _ = try library.add(BundledSample.papers, threads: options.threads, progress: bar.show)
        }
        let search = SearchOptions(k: Self.shown)
        let paper = try library.paper(named: Self.paper)
        let like = try timed { try library.search(like: [paper.id], options: search) }
        let found = try timed { try library.search(for: Self.question, options: search) }
        if options.json {
            JSONOutput.write(
                Report(
                    like: AnswerReport(query: paper.title, answer: like.answer, elapsed: like.elapsed),
                    search: AnswerReport(query: Self.question, answer: found.answer, elapsed: found.elapsed)
                )
            )
            return
        }
        print("$ akin like \(Self.paper) --library \(path) -k \(Self.shown)")
        PaperListing.print(like.answer.hits)
        print("\n$ akin search \"\(Self.question)\" --library \(path) -k \(Self.shown)")
        PaperListing.print(found.answer.hits)
        options.remark("\nThe library lies in \(path). Ask it more, or make your own with `akin add`.")
    }

    private func timed(_ ask: () throws -> SearchAnswer) rethrows -> (answer: SearchAnswer, elapsed: Duration) {
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try ask()
        return (answer, clock.now - start)
    }

    private struct Report: Encodable {
        var like: AnswerReport
        var search: AnswerReport
    }
}
