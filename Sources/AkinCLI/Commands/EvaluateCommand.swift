import Akin
import ArgumentParser
import Foundation
import Papers
import Ranking
import RetrievalEvaluation

/// `akin evaluate DATASET…`
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure retrieval quality on test collections.",
        discussion: """
            DATASET is a folder as BEIR lays it out: corpus.jsonl, queries.jsonl, qrels/test.tsv. The corpus is indexed \
            in a library of its own that is gone afterwards; a folder without one is asked of your library. Metrics are \
            those of `trec_eval -c`, over the first 1,000 papers of each answer.

            Each mean comes with its 95 % interval, by the bootstrap over queries, and each ranking is compared with \
            the first one: by a paired randomization test and by wins and losses. Of several datasets, each counts alike.

            With --run, rankings are read from files of TREC's form, nothing is indexed, and DATASET may also be a file \
            of qrels.

            EXAMPLES
              akin evaluate cranfield
              akin evaluate cranfield med --markdown
              akin evaluate cranfield --mode hybrid --alpha 0.5 --trec runs
              akin evaluate cranfield --run new.run --baseline old.run --per-query
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

    @Argument(help: ArgumentHelp("The folders of the test collections.", valueName: "dataset"))
    var datasets: [String]

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

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("A TREC run to measure instead; may be repeated.", valueName: "file")
    )
    var runs: [String] = []

    @Option(help: ArgumentHelp("A TREC run to compare all others with.", valueName: "file"))
    var baseline: String?

    @Option(help: ArgumentHelp("Write the runs and the qrels into this folder, in TREC's form.", valueName: "folder"))
    var trec: String?

    @OptionGroup var evaluation: EvaluationOptions
    @OptionGroup var options: LibraryOptions

    func validate() throws {
        if let alpha, !(0...1).contains(alpha) {
            throw ValidationError("--alpha takes a number from 0 to 1, not \(alpha).")
        }
        if !runs.isEmpty || baseline != nil, datasets.count > 1 {
            throw ValidationError("--run and --baseline are files of one dataset; give one.")
        }
        if !runs.isEmpty, !mode.isEmpty {
            throw ValidationError("--run measures files and --mode rankings; give one of the two.")
        }
        let names = datasets.map(Self.name)
        if trec != nil, Set(names).count < names.count {
            throw ValidationError("--trec names files after the datasets; two of them have the same name.")
        }
        for (index, path) in datasets.enumerated() where datasets[..<index].contains(path) {
            throw ValidationError("'\(path)' is there twice.")
        }
    }

    func run() throws {
        let report = EvaluationReport(
            datasets: try datasets.map(evaluated), measures: evaluation.measures, resampling: evaluation.resampling
        )
        if let trec { try report.writeFiles(to: trec) }
        if options.json {
            report.writeJSON(perQuery: evaluation.perQuery)
        } else {
            report.writeTables(perQuery: evaluation.perQuery, markdown: evaluation.markdown)
        }
    }

    /// What a dataset is called: the name of its folder, or of its file without an ending.
    private static func name(of path: String) -> String {
        let url = URL(filePath: path).standardizedFileURL
        return isFolder(path) ? url.lastPathComponent : url.deletingPathExtension().lastPathComponent
    }

    private static func isFolder(_ path: String) -> Bool {
        (try? URL(filePath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
    }
}

// MARK: - Rankings of a library

extension EvaluateCommand {
    private func evaluated(_ dataset: String) throws -> EvaluationReport.Dataset {
        guard runs.isEmpty else { return try evaluatedRuns(of: dataset) }
        let folder = try BEIRFolder(path: dataset)
        let modes = mode.isEmpty ? [.lexical, .semantic, .hybrid] : mode
        return try withLibrary(for: folder) { library in
            let collection = try JudgedCollection(folder, asPapersOf: library, task: task)
            for remark in collection.remarks { options.remark(remark) }
            let ranked = try modes.map { mode in
                let search = SearchOptions(k: Evaluation.defaultDepth, mode: mode, alpha: alpha)
                return EvaluationReport.Row(
                    name: mode.rawValue, kind: .mode, evaluation: try collection.evaluate(library, options: search)
                )
            }
            return EvaluationReport.Dataset(
                name: Self.name(of: dataset), qrels: collection.qrels,
                rows: try rows(ofRuns: [baseline].compactMap(\.self), against: folder.qrels) + ranked,
                absentPapers: collection.absentPaperCount, absentQueries: collection.absentQueryCount
            )
        }
    }

    /// Calls `body` with the library that the dataset is asked of.
    private func withLibrary<Result>(for folder: BEIRFolder, _ body: (Library) throws -> Result) throws -> Result {
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
        return try body(library)
    }
}

// MARK: - Rankings of files

extension EvaluateCommand {
    /// Measures the runs, with nothing but the judgments of the dataset.
    private func evaluatedRuns(of dataset: String) throws -> EvaluationReport.Dataset {
        let qrels = Self.isFolder(dataset) ? try BEIRFolder.qrels(ofFolder: dataset) : try Qrels(file: dataset)
        return EvaluationReport.Dataset(
            name: Self.name(of: dataset), qrels: qrels,
            rows: try rows(ofRuns: [baseline].compactMap(\.self) + runs, against: qrels)
        )
    }

    /// The runs of some files, each called by the name of its file, or by its path where two names are the same.
    private func rows(ofRuns paths: [String], against qrels: Qrels) throws -> [EvaluationReport.Row] {
        let names = paths.map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
        return try zip(paths, names).map { path, name in
            let evaluation = Evaluation(of: try Run(trecFile: path), against: qrels)
            let unanswered = evaluation.queriesWithoutResults.count
            if unanswered > 0 {
                options.remark(
                    "\(path) leaves \(unanswered) of \(qrels.queryCount) judged queries unanswered; these count 0."
                )
            }
            let isOnly = names.count { $0 == name } == 1
            return EvaluationReport.Row(name: isOnly ? name : path, kind: .run, evaluation: evaluation)
        }
    }
}
