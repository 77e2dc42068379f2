import Akin
import AkinReports
import ArgumentParser
import Foundation
import HNSW
import RetrievalEvaluation

/// `akin benchmark`
struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark", abstract: "Measure how fast the library answers, and how good vectors are.",
        subcommands: [BenchmarkVectorsCommand.self, BenchmarkEmbeddingsCommand.self]
    )
}

/// `akin benchmark vectors`
struct BenchmarkVectorsCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract: "Measure recall and speed of the vector index, beside an exact scan.",
        discussion: """
            The queries are papers, spread evenly over the library. Each is left out of its own answer. Every ef is \
            measured three times, and the best time counts. A walk keeps at least k + 1 candidates.

            EXAMPLES
              akin benchmark vectors
              akin benchmark vectors --ef 50 100 200 --threads 1
            """
    )

    @Option(help: ArgumentHelp("The most papers to use as queries.", valueName: "n"))
    var queries = 1_000

    @Option(name: [.short, .long], help: ArgumentHelp("The number of neighbors to ask for.", valueName: "n"))
    var k = 10

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The number of candidates that a walk keeps; one or several numbers.", valueName: "n"))
    var ef = [10, 20, 40, 60, 80, VectorIndex.defaultEF, 150, 200, 400]

    @OptionGroup var options: LibraryOptions

    func validate() throws {
        for (name, value) in [("--queries", queries), ("--k", k)] + ef.map({ ("--ef", $0) }) where value < 1 {
            throw ValidationError("\(name) takes a number from 1 up, not \(value).")
        }
    }

    func result(_ console: Console) throws -> CommandResult<IndexBenchmarkReport> {
        let library = try options.open()
        guard let vectors = try library.indexedVectors(), vectors.units.count > 1 else {
            throw AkinError(
                .invalidArgument,
                "Cannot measure the vector index of '\(library.path)': it needs two papers with a vector.",
                remedy: .addPapers
            )
        }
        let count = min(queries, vectors.units.count)
        let units = (0..<count).map { vectors.units[$0 * vectors.units.count / count] }
        let threads = options.threads ?? ProcessInfo.processInfo.activeProcessorCount
        let curve = try measureNeighbors(queryCount: count, k: k, efs: ef, threads: threads) { query in
            try vectors.exactNeighbors(of: units[query], k: k)
        } search: { query, ef in
            try vectors.neighbors(of: units[query], k: k, ef: ef)
        }
        let report = IndexBenchmarkReport(
            papers: vectors.units.count, hasGraph: vectors.hasGraph, queries: count, threads: threads, curve: curve)
        return CommandResult(report: report, text: { report.lines })
    }
}
