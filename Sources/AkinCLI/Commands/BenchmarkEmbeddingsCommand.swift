import Akin
import AkinReports
import ArgumentParser
import Foundation
import LibraryEncoders
import RetrievalEvaluation
import SentenceEncoder
import TextEncoding

/// `akin benchmark embeddings FOLDER…`
struct BenchmarkEmbeddingsCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "embeddings",
        abstract: "Measure how good, fast and large the vectors of spaces are, over tasks as MTEB has them.",
        discussion: """
            FOLDER holds the files of a data set, as MTEB publishes them in JSON Lines, each also with .gz after its \
            name. The first record of a file tells the task:

              {"sentence1": "…", "sentence2": "…", "score": 3.8}    STS
              {"sentence1": "…", "sentence2": "…", "label": 1}      pair classification
              {"sentences": ["…"], "labels": ["…"]}                 clustering
              {"query": "…", "positive": ["…"], "negative": ["…"]}  reranking

            STS gives Spearman's and Pearson's correlation of the cosine, pair classification its average precision, \
            clustering the V-measure of mini-batch k-means, reranking MAP and MRR@10, with the definitions of MTEB. \
            Pairs may also stand in pairs.tsv under the headings sentence1, sentence2 and score or label. A test \
            collection that akin evaluate takes is a task of retrieval: nDCG@10 by comparing all vectors. Of files \
            that are called like splits (train, validation, test), those of --split count. Parquet is not read.

            SPACE is lsa, which is learned from the texts of each folder; released, the model that small libraries \
            start from; a file that akin train wrote; or the folder of a sentence encoder. Clusterings are tried with \
            five seeds, and their mean counts.

            EXAMPLES
              akin benchmark embeddings stsbenchmark
              akin benchmark embeddings sts nfcorpus --space lsa --space field.lsa
              akin benchmark embeddings sts --encoder models/all-MiniLM-L6-v2
              akin benchmark embeddings sts --markdown --plot spaces.svg
            """
    )

    @Argument(help: ArgumentHelp("The folders of the data sets.", valueName: "folder"))
    var folders: [String]

    @Option(
        help: ArgumentHelp(
            "A space to measure: lsa, released, or a path; may be repeated. Default: lsa and released, or none beside "
                + "--encoder.",
            valueName: "lsa|released|path"))
    var space: [String] = []

    @Option(help: ArgumentHelp("Which split counts, of files that are called like splits.", valueName: "name"))
    var split = "test"

    @Option(help: ArgumentHelp("The number of seeds that a clustering is tried with.", valueName: "n"))
    var seeds = ClusteringEvaluation.usualSeedCount

    @Flag(help: "Print tables in Markdown.")
    var markdown = false

    @Option(help: ArgumentHelp("Draw quality over speed into this file; it ends in .svg.", valueName: "file"))
    var plot: String?

    @Flag(help: "Replace an existing file of --plot. A drawing of this command is replaced in any case.")
    var force = false

    @OptionGroup var encoder: EncoderOptions
    @OptionGroup var options: LibraryOptions

    func validate() throws {
        guard (1...Self.mostSeeds).contains(seeds) else {
            throw ValidationError("--seeds takes a number from 1 to \(Self.mostSeeds), not \(seeds).")
        }
        for (index, path) in folders.enumerated() where folders[..<index].contains(path) {
            throw ValidationError("'\(path)' is there twice.")
        }
        for (index, name) in space.enumerated() where space[..<index].contains(name) {
            throw ValidationError("--space \(name) is there twice.")
        }
        for name in space where !["lsa", "released"].contains(name) && !FileManager.default.fileExists(atPath: name) {
            throw ValidationError(
                "--space takes lsa, released, a file that akin train wrote or the folder of an encoder, and there is "
                    + "no '\(name)'.")
        }
        if let plot, URL(filePath: plot).pathExtension.lowercased() != "svg" {
            throw ValidationError("--plot takes a file that ends in .svg, not '\(plot)'.")
        }
    }

    /// More tell nothing new, and each costs a clustering.
    private static let mostSeeds = 1_000

    func result(_ console: Console) throws -> CommandResult<EmbeddingBenchmarkReport> {
        if let plot {
            try checkOutput(plot, of: "a drawing", replacesAnyFile: force, isReplaceable: isDrawingOfThisCommand)
        }
        let tasks = try folders.map { try EmbeddingTaskFolder(path: $0, split: split).tasks }
        let report = EmbeddingBenchmarkReport(spaces: try spaces.map { try measured($0, tasks, console) })
        if let plot {
            let writer = try FileWriter(path: plot)
            writer.write(EmbeddingBenchmarkPlot.svg(report))
            try writer.finish()
        }
        return CommandResult(
            report: report, text: { [report.text(markdown: markdown)] },
            summary: plot.map { "Drew the spaces in \($0)." })
    }

    /// Whether a file is a drawing that this command wrote, which the next one replaces.
    private func isDrawingOfThisCommand(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path), let start = try? file.read(upToCount: 512) else {
            return false
        }
        return String(decoding: start, as: UTF8.self).contains(EmbeddingBenchmarkPlot.mark)
    }
}

// MARK: - Spaces

extension BenchmarkEmbeddingsCommand {
    /// What makes the vectors of a space.
    private enum Source {
        case texts(TextSpace)
        case encoder(RememberedEncoder)
    }

    /// The spaces that were chosen, with their names.
    private var spaces: [(name: String, source: Source)] {
        let usual = encoder.encoder == nil ? ["lsa", "released"] : []
        let chosen = (space.isEmpty ? usual : space).map { name -> (name: String, source: Source) in
            switch name {
            case "lsa": return (name, .texts(.ownTexts))
            case "released": return (name, .texts(.released))
            default:
                let url = URL(filePath: name).standardizedFileURL
                let isFolder = (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
                let short = url.lastPathComponent
                return isFolder
                    ? (short, .encoder(RememberedEncoder(folder: name, precision: .int8)))
                    : (short, .texts(.file(name)))
            }
        }
        let given = encoder.given.map { given in
            (URL(filePath: given.folder).standardizedFileURL.lastPathComponent, Source.encoder(given))
        }
        let all = chosen + [given].compactMap(\.self)
        // Two of the same name are told apart by numbers.
        return all.enumerated().map { place, space in
            let earlier = all[..<place].count { $0.name == space.name }
            return (earlier == 0 ? space.name : "\(space.name) (\(earlier + 1))", space.source)
        }
    }

    /// Measures a space over the tasks of every folder.
    private func measured(
        _ space: (name: String, source: Source), _ folders: [[EmbeddingTask]], _ console: Console
    ) throws -> EmbeddingBenchmarkReport.Space {
        var results: [EmbeddingBenchmarkReport.TaskResult] = []
        var preparation = Duration.zero
        var dimensions = 0
        var opened: (any TextEncoder)?
        for tasks in folders {
            if case .texts(.ownTexts) = space.source { opened = nil }
            let (encoder, elapsed) = try opened.map { ($0, Duration.zero) } ?? timed { try made(space.source, tasks) }
            preparation += elapsed
            opened = encoder
            dimensions = max(dimensions, encoder.identity.dimensions)
            for task in tasks {
                if !options.json { console.remark("\(space.name): \(task.name) …") }
                results.append(.init(task, try result(of: task, encoder)))
            }
        }
        return EmbeddingBenchmarkReport.Space(
            name: space.name, results: results, dimensions: dimensions, preparation: preparation)
    }

    /// Makes the encoder of a space for the tasks of a folder.
    private func made(_ source: Source, _ tasks: [EmbeddingTask]) throws -> any TextEncoder {
        switch source {
        case .encoder(let given): return try OpenModels(threads: options.threads).encoder(of: given)
        case .texts(let space):
            return try space.encoder(
                texts: {
                    try tasks.flatMap { task in
                        let texts = try task.texts()
                        return texts.documents + (texts.documents.isEmpty ? texts.queries : [])
                    }
                }, threads: options.threads)
        }
    }

    private func result(of task: EmbeddingTask, _ encoder: any TextEncoder) throws -> EmbeddingTaskResult {
        let (seeds, threads) = (seeds, options.threads)
        do {
            return try waitingFor { try await task.evaluate(encoder, seedCount: seeds, threads: threads) }
        } catch let error as EmbeddingEvaluationError {
            throw AkinError(.encoderFailed, "Cannot measure '\(task.name)': \(error.message)", cause: error)
        }
    }
}
