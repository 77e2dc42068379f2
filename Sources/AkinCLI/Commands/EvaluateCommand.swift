import Akin
import ArgumentParser
import Foundation
import Papers
import RetrievalEvaluation

/// `akin evaluate DATASET`
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure retrieval quality on a test collection.",
        discussion: """
            DATASET is a folder as BEIR lays it out: corpus.jsonl, queries.jsonl, qrels/test.tsv. The corpus is indexed \
            in a library of its own that is gone afterwards; a folder without one is asked of your library. Metrics are \
            those of `trec_eval -c`, over the first 1,000 papers of each answer.

            EXAMPLES
              akin evaluate cranfield
              akin evaluate cranfield --mode hybrid --alpha 0.5
              akin evaluate cocitation --task like --library papers
            """
    )

    /// What a query is.
    enum Task: String, CaseIterable, ExpressibleByArgument {
        /// A text.
        case search
        /// A paper of the library, by its id; it is left out of its own answer.
        case like
    }

    @Argument(help: ArgumentHelp("The folder of the test collection.", valueName: "dataset"))
    var dataset: String

    @Option(help: "Whether queries are texts, or the ids of papers of the library.")
    var task = Task.search

    @Option(help: ArgumentHelp("The ranking to measure; may be repeated. Default: all three.", valueName: "mode"))
    var mode: [SearchMode] = []

    @Option(
        help: ArgumentHelp(
            "The weight of meaning in a hybrid ranking. Default: what the library chose.", valueName: "weight"
        )
    )
    var alpha: Double?

    @OptionGroup var options: LibraryOptions

    func validate() throws {
        if let alpha, !(0...1).contains(alpha) {
            throw ValidationError("--alpha takes a number from 0 to 1, not \(alpha).")
        }
    }

    func run() throws {
        let folder = try BEIRFolder(path: dataset)
        try withLibrary(for: folder) { library in
            let collection = try JudgedCollection(folder, asPapersOf: library, task: task)
            for remark in collection.remarks { options.remark(remark) }
            let modes = mode.isEmpty ? [.lexical, .semantic, .hybrid] : mode
            let rows = try modes.map { mode in
                let search = SearchOptions(k: Evaluation.defaultDepth, mode: mode, alpha: alpha)
                return EvaluationTable.Row(mode: mode, evaluation: try collection.evaluate(library, options: search))
            }
            EvaluationTable(
                dataset: URL(filePath: dataset).lastPathComponent, rows: rows,
                absentPapers: collection.absentPaperCount,
                absentQueries: collection.absentQueryCount
            )
            .write(options)
        }
    }

    /// Calls `body` with the library that the dataset is asked of.
    private func withLibrary(for folder: BEIRFolder, _ body: (Library) throws -> Void) throws {
        guard let corpus = folder.corpusPath, options.folder == nil else { return try body(options.open()) }
        let path = FileManager.default.temporaryDirectory.appending(path: "akin-evaluate-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let library = try Library(creatingAt: path)
        let bar = ProgressBar(isWanted: !options.quiet && !options.json)
        do {
            defer { bar.finish() }
            let report = try library.add(
                files: [corpus], matching: .byIDAlone, threads: options.threads, progress: bar.show
            )
            if let failure = report.failedFiles.first { throw AkinError(.unreadableInput, failure.message) }
            for skip in report.skipped { options.remark("skipped \(skip)") }
        }
        try body(library)
    }
}
