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
        let bar = ProgressBar(isWanted: !options.quiet && !options.json)
        do {
            defer { bar.finish() }
            _ = try library.add(BundledSample.papers, threads: options.threads, progress: bar.show)
        }
        let search = SearchOptions(k: Self.shown)
        let like = try library.papers(like: [library.paper(named: Self.paper).id], options: search)
        let found = try library.search(for: Self.question, options: search)
        if options.json {
            JSONOutput.write([
                AnswerReport(query: Self.paper, answer: like, elapsed: .zero),
                AnswerReport(query: Self.question, answer: found, elapsed: .zero),
            ])
            return
        }
        print("$ akin like \(Self.paper) --library \(path) -k \(Self.shown)")
        PaperListing.print(like.hits)
        print("\n$ akin search \"\(Self.question)\" --library \(path) -k \(Self.shown)")
        PaperListing.print(found.hits)
        options.remark("\nThe library lies in \(path). Ask it more, or make your own with `akin add`.")
    }
}
