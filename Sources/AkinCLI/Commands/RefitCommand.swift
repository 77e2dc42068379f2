import Akin
import ArgumentParser

/// `akin refit`
struct RefitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refit",
        abstract: "Fit the vector space anew on all papers of the library.",
        discussion: """
            `akin add` does so by itself when the library has grown by a tenth since the last fit, or has drifted; \
            `akin info` shows the drift. The library can be asked meanwhile, and changes in one step.
            """
    )

    @OptionGroup var model: ModelOptions

    @OptionGroup var options: LibraryOptions

    func run() throws {
        let bar = ProgressBar(isWanted: !options.quiet && !options.json)
        let clock = ContinuousClock()
        let start = clock.now
        let library = try options.open()
        let paperCount: Int
        do {
            defer { bar.finish() }
            paperCount = try library.refit(
                model: model.source, rank: model.rank, threads: options.threads, progress: bar.show)
        }
        let info = try library.info()
        if options.json {
            JSONOutput.write(
                Report(papers: paperCount, generation: info.generation, rank: info.rank, terms: info.termCount))
        } else if !options.quiet {
            let seconds = ((clock.now - start) / .milliseconds(1) / 10).rounded() / 100
            print("The space of \(options.path) was fitted on \(paperCount) papers in \(seconds) s.")
        }
    }

    private struct Report: Encodable {
        var papers: Int
        var generation: Int
        var rank: Int
        var terms: Int
    }
}
