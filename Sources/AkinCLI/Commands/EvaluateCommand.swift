import Akin
import AkinReports
import ArgumentParser
import Foundation
import PaperFormats
import Papers
import Ranking
import RetrievalEvaluation
import TextEncoding
import VectorFiles

/// `akin evaluate DATASET…`
struct EvaluateCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure retrieval quality on test collections.",
        discussion: """
            DATASET is a folder as BEIR lays it out (TREC-COVID, NFCorpus, SciDocs): corpus.jsonl, queries.jsonl, \
            qrels/test.tsv, each also with .gz after its name. So are folders of MIRACL's languages (topics/, qrels/, \
            docs-*.jsonl.gz, with --split dev), of LitSearch (query.jsonl, corpus_clean.jsonl) and of SciRepEval's \
            searches (test_qrel.jsonl and queries with candidates, which alone are ranked). The corpus is indexed in a \
            library of its own, which is removed afterwards. If the folder has no corpus, your library answers. The \
            metrics are those of `trec_eval -c`, over the first 1,000 papers of each answer.

            Each mean comes with its 95 % interval, by the bootstrap over queries. Each ranking is compared with the \
            first one, by a paired randomization test and by wins and losses. If several are compared, p-values are \
            also given as corrected by Holm. Several datasets count alike.

            With --encoder, a model judges the first papers of the hybrid ranking. A sentence encoder also makes \
            vectors of the corpus, and its space ranks alone and together with the library's own. In your own library \
            it makes none: its space ranks if akin encode made one.

            With --run, rankings are read from files of TREC's form, nothing is indexed, and DATASET may also be a \
            file of qrels, or several that together judge one collection. As in trec_eval, scores alone rank, in \
            single precision, and of equal scores the greater id comes first.

            EXAMPLES
              akin evaluate cranfield
              akin evaluate cranfield med --markdown
              akin evaluate cranfield --mode hybrid --alpha 0.5 --trec runs
              akin evaluate cranfield --run new.run --baseline old.run --per-query
              akin evaluate cranfield --measure P@10 --measure MRR@10
              akin evaluate nfcorpus --k 5 --k 10
              akin evaluate miracl-v1.0-sw --split dev --measure nDCG@10
              akin evaluate litsearch --measure recall@5
              akin evaluate cocitation --task like --library papers
              akin evaluate cocitation --task like --library papers --space minilm
              akin evaluate cranfield --encoder models/all-MiniLM-L6-v2
            """
    )

    @Argument(help: ArgumentHelp("The folders of the test collections.", valueName: "dataset"))
    var datasets: [String]

    @Option(
        help: ArgumentHelp(
            "Which judgments of a folder to use: those of qrels/NAME.tsv. Default: test.", valueName: "name"))
    var split: String?

    @Option(help: "What the queries are: texts, or ids of papers of the library.")
    var task = JudgedCollection.Task.search

    @Option(help: ArgumentHelp("The ranking to measure; may be repeated. Default: all three.", valueName: "mode"))
    var mode: [SearchMode] = []

    @Option(
        help: ArgumentHelp(
            "The semantic weight of a hybrid ranking, 0 to 1. Default: what the library chose.", valueName: "weight"
        )
    )
    var alpha: Double?

    @Option(
        help: ArgumentHelp(
            """
            The vector space of the semantic and hybrid rankings; may be repeated, and then each space ranks alone. \
            Default: lsa. A space whose vectors were given needs --task like, or --query-vectors.
            """,
            valueName: "name"))
    var space: [SpaceName] = []

    @Option(
        help: ArgumentHelp(
            """
            A file with a row for each line of queries.jsonl, their vectors in the one given --space: .npy of floats, \
            .fvecs, .bvecs or .ivecs.
            """,
            valueName: "file"))
    var queryVectors: String?

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("A TREC run to measure instead; may be repeated.", valueName: "file")
    )
    var runs: [String] = []

    @Option(help: ArgumentHelp("A TREC run to compare all others with.", valueName: "file"))
    var baseline: String?

    @Option(help: ArgumentHelp("Write the runs and the qrels into this folder, in TREC's form.", valueName: "folder"))
    var trec: String?

    @OptionGroup var encoder: EncoderOptions

    @OptionGroup var reranking: RerankingOptions
    @OptionGroup var evaluation: EvaluationOptions
    @OptionGroup var options: LibraryOptions

    func validate() throws {
        if let alpha, !(0...1).contains(alpha) {
            throw ValidationError("--alpha takes a number from 0 to 1, not \(alpha).")
        }
        let areFiles = datasets.allSatisfy { FileManager.default.fileExists(atPath: $0) && !Self.isFolder($0) }
        if !runs.isEmpty || baseline != nil, datasets.count > 1, runs.isEmpty || !areFiles {
            throw ValidationError("--run and --baseline are files of one dataset; give one, or its files of qrels.")
        }
        if split != nil, areFiles {
            throw ValidationError("--split chooses the judgments of a folder, and '\(datasets[0])' is a file.")
        }
        if !runs.isEmpty, !mode.isEmpty {
            throw ValidationError("--run measures files and --mode rankings; give one of the two.")
        }
        if !space.isEmpty, !runs.isEmpty || Set(space).count < space.count {
            throw ValidationError("--space chooses rankings of a library, each once, and --run measures files.")
        }
        if queryVectors != nil, task == .like {
            throw ValidationError("--query-vectors are of texts; with --task like, papers have their vectors.")
        }
        if space.contains(where: { $0 != .latentSemantics }), options.folder == nil {
            throw ValidationError("--space is one of a library that has its vectors: give --library.")
        }
        if queryVectors != nil, datasets.count > 1 || space.count(where: { $0 != .latentSemantics }) != 1 {
            throw ValidationError("--query-vectors are of one dataset in one --space besides lsa.")
        }
        try reranking.check(hasModel: encoder.encoder != nil, "an --encoder")
        if encoder.given != nil, !runs.isEmpty {
            throw ValidationError("--encoder takes part in rankings of a library, and --run measures files.")
        }
        let names = datasets.map(Self.name)
        if trec != nil, Set(names).count < names.count {
            throw ValidationError("--trec names files after the datasets; two of them have the same name.")
        }
        for (index, path) in datasets.enumerated() where datasets[..<index].contains(path) {
            throw ValidationError("'\(path)' is there twice.")
        }
    }

    func result(_ console: Console) throws -> CommandResult<EvaluationReport> {
        let measured = runs.isEmpty ? try datasets.map { try evaluated($0, console) } : [try evaluatedRuns(console)]
        if let trec { try writeTRECFiles(of: measured, to: trec) }
        let measures = evaluation.measures
        // A table over several datasets has the comparisons by one measure alone.
        let comparesAll = options.json || measured.count == 1
        let report = EvaluationReport(
            measured, measures: measures, comparedMeasures: comparesAll ? measures : [measures[0]],
            resampling: evaluation.resampling, listsQueries: evaluation.perQuery
        )
        return CommandResult(report: report, text: { [report.text(markdown: evaluation.markdown)] })
    }

    /// What a dataset is called: the name of its folder, or of its file without an ending.
    private static func name(of path: String) -> String {
        let url = URL(filePath: path).standardizedFileURL
        return isFolder(path) ? url.lastPathComponent : fileName(of: path)
    }

    /// The name of a file without its ending, and without that of a packed file.
    private static func fileName(of path: String) -> String {
        let url = URL(filePath: path).standardizedFileURL
        let plain = url.pathExtension == "gz" ? url.deletingPathExtension() : url
        return plain.deletingPathExtension().lastPathComponent
    }

    private static let defaultSplit = "test"

    /// Tells that fractions are taken as they are, since `trec_eval` cuts them off.
    private func remarkFractions(of qrels: Qrels, _ console: Console) {
        guard qrels.fractionalCount > 0 else { return }
        console.remark(
            "\(qrels.fractionalCount) of \(qrels.judgmentCount) judgments are fractions. They are gains of nDCG as "
                + "they are, and any above 0 is relevant; trec_eval would cut them to whole numbers."
        )
    }

    private static func isFolder(_ path: String) -> Bool {
        (try? URL(filePath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
    }
}

// MARK: - Rankings of a library

extension EvaluateCommand {
    private func evaluated(_ dataset: String, _ console: Console) throws -> MeasuredDataset {
        let folder = try TestCollection(path: dataset, split: split ?? Self.defaultSplit)
        remarkFractions(of: folder.qrels, console)
        // With a model, what it adds to the usual ranking is the question.
        let usual: [SearchMode] =
            encoder.encoder == nil ? [.lexical, .semantic, .hybrid] : [.hybrid, .lexical, .semantic]
        let modes = mode.isEmpty ? usual : mode
        return try withLibrary(for: folder, console) { library in
            let collection = try JudgedCollection(folder, asPapersOf: library, task: task)
            for remark in collection.remarks { console.remark(remark) }
            let vectors = try vectors(ofQueriesIn: folder)
            let encoded = try rankingsOfModel(collection, folder, in: library, console)
            let ranked = try modes.flatMap { mode in
                try spaces(of: mode).map { space in
                    let search = SearchOptions(
                        k: Evaluation.defaultDepth, mode: mode, alpha: alpha, spaces: [space ?? .latentSemantics])
                    return MeasuredDataset.Ranking(
                        kind: .mode, name: mode.rawValue + (space.map { "-\($0)" } ?? ""),
                        evaluation: try collection.evaluate(library, options: search, vectors: vectors))
                }
            }
            return MeasuredDataset(
                name: Self.name(of: dataset), qrels: collection.qrels,
                rankings: try rankings([baseline].compactMap(\.self), against: folder.qrels, console) + ranked
                    + encoded,
                absentPapers: collection.absentPaperCount, absentQueries: collection.absentQueryCount
            )
        }
    }

    /// The spaces that a mode ranks by, one after another; `nil` is the library's own, of which nothing was said.
    private func spaces(of mode: SearchMode) -> [SpaceName?] {
        mode == .lexical || space.isEmpty ? [nil] : space
    }

    /// The vectors of the queries that were given.
    private func vectors(ofQueriesIn folder: TestCollection) throws -> [SpaceName: [QueryID: Embedding]] {
        guard let queryVectors, let space = space.first(where: { $0 != .latentSemantics })
        else { return [:] }
        let file = try VectorFile(givenIn: queryVectors)
        guard file.count == folder.queries.count else {
            throw AkinError(
                .invalidArgument,
                "Cannot use '\(queryVectors)': it has \(file.count) vectors, and '\(folder.path)' has "
                    + "\(folder.queries.count) queries. Write a row for each line of queries.jsonl, in their order.")
        }
        let rows = zip(folder.queries, try file.embeddings()).map { ($0.id, $1) }
        return [space: Dictionary(rows) { first, _ in first }]
    }

    /// Calls `body` with the library that answers the queries: one of the dataset's corpus, or the person's own.
    private func withLibrary<Result>(
        for folder: TestCollection, _ console: Console, _ body: (Library) throws -> Result
    ) throws -> Result {
        guard !folder.corpusFiles.isEmpty, options.folder == nil else { return try body(options.open()) }
        let path = FileManager.default.temporaryDirectory.appending(path: "akin-evaluate-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let library = try Library(creatingAt: path)
        var corpus = folder.corpusFiles
        let written = path + ".jsonl"
        defer { try? FileManager.default.removeItem(atPath: written) }
        if folder.layout != .beir {
            // The papers of other layouts are written as BEIR has them, which the importers read.
            _ = try folder.writeCorpus(beirFile: written)
            corpus = [written]
        }
        return try added(corpus, to: library, console, body)
    }

    /// Adds the papers of a corpus to a library and calls `body` with it.
    private func added<Result>(
        _ corpus: [String], to library: Library, _ console: Console, _ body: (Library) throws -> Result
    ) throws -> Result {
        let source = PaperFiles(corpus, options: ImportOptions(keepsEmptyPapers: true, threads: options.threads))
        let report = try console.showingProgress { progress in
            try library.add(
                from: source, options: AddOptions(matching: .byIDAlone, threads: options.threads), progress: progress)
        }
        if let failure = report.failedFiles.first { throw AkinError(.unreadableInput, failure.message) }
        let skipped = named(
            report.skipped.map { oneLine("skipped \($0)") }, further: report.furtherSkippedCount,
            rest: "more skipped records")
        skipped.forEach(console.remark)
        return try body(library)
    }
}

// MARK: - Rankings of files

extension EvaluateCommand {
    /// Measures the runs. Nothing but the judgments is read: those of a folder, or of one or several files.
    private func evaluatedRuns(_ console: Console) throws -> MeasuredDataset {
        let qrels =
            Self.isFolder(datasets[0])
            ? try TestCollection.qrels(ofFolder: datasets[0], split: split ?? Self.defaultSplit)
            : try Qrels(files: datasets)
        remarkFractions(of: qrels, console)
        return MeasuredDataset(
            name: datasets.map(Self.name).joined(separator: "+"), qrels: qrels,
            rankings: try rankings(
                [baseline].compactMap(\.self) + runs.filter { $0 != baseline }, against: qrels, console)
        )
    }

    /// The runs of files. Each has the name of its file, or its path where two names are the same.
    private func rankings(
        _ paths: [String], against qrels: Qrels, _ console: Console
    ) throws -> [MeasuredDataset.Ranking] {
        let names = paths.map(Self.fileName)
        return try zip(paths, names).map { path, name in
            let evaluation = Evaluation(of: try Run(trecFile: path), against: qrels)
            let unanswered = evaluation.queriesWithoutResults.count
            if unanswered > 0 {
                console.remark(
                    "\(path) leaves \(unanswered) of \(qrels.queryCount) judged queries unanswered; these count 0."
                )
            }
            let isOnly = names.count { $0 == name } == 1
            return MeasuredDataset.Ranking(kind: .run, name: isOnly ? name : path, evaluation: evaluation)
        }
    }
}
