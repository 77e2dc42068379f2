import Akin
import AkinReports
import ArgumentParser

/// `akin neighbors`
struct NeighborsCommand: ReportingCommand {
    /// A format of graphs.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case graphml
        case json
        case csv
    }

    static let configuration = CommandConfiguration(
        commandName: "neighbors",
        abstract: "Write which papers are nearest to which, as a graph for other programs.",
        discussion: """
            An edge leads from each paper to each of its nearest papers, with the cosine of their vectors. GraphML is \
            read by Gephi, yEd, igraph and NetworkX; json is node-link data; csv is a table of edges. To see the \
            nearest papers of one paper, use akin like.

            EXAMPLES
              akin neighbors --format graphml --output papers.graphml
              akin neighbors --format csv -k 3
              akin neighbors --format json --category cs.CL
            """
    )

    @Option(help: "The format.")
    var format: Format

    @Option(
        name: [.customShort("k"), .customLong("k")], help: ArgumentHelp("The nearest papers of each.", valueName: "n"))
    var k = 10

    @Option(
        name: [.short, .long], help: ArgumentHelp("The file to write. Default: standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Replace an existing file.")
    var force = false

    @OptionGroup var chosen: ExploringOptions
    @OptionGroup var options: LibraryOptions

    func validate() throws {
        try ExploringOptions.validate(neighbors: k)
        if options.json, output == nil {
            throw ValidationError("--json reports on a file that is written: give --output, or --format json.")
        }
    }

    func result(_ console: Console) throws -> CommandResult<NeighborFileReport> {
        if let output { try checkOutput(output, of: "a graph", replacesAnyFile: force) }
        let library = try options.open()
        let unknown = try library.unknownEntries(of: chosen.papers)
        let graph = try console.showingProgress { progress in
            try library.neighborGraph(
                ExplorationOptions(
                    space: chosen.space, filter: chosen.papers, neighborCount: k, threads: options.threads),
                progress: progress)
        }
        let report = NeighborFileReport(graph, output: output ?? "", format: format.rawValue)
        guard !graph.nodes.isEmpty else {
            let hasPapers = try !library.papers(matching: chosen.papers, limit: 1).isEmpty
            return CommandResult(
                report: report, remarks: remarks(onNothing: unknown, hasPapers: hasPapers, in: chosen.space),
                status: .nothingFound)
        }
        let remarks = unknown.map(\.line)
        guard let output else {
            return CommandResult(
                report: report, stream: { _ in try write(graph) { StandardOutput.write($0) } }, remarks: remarks)
        }
        let writer = try FileWriter(path: output)
        try write(graph) { writer.write($0) }
        try writer.finish()
        return CommandResult(
            report: report, summary: "Wrote \(graph.nodes.count) papers and \(graph.edges.count) edges to \(output).",
            remarks: remarks)
    }

    private func write(_ graph: NeighborGraph, to write: (String) -> Void) throws {
        switch format {
        case .graphml: NeighborGraphText.graphML(graph, to: write)
        case .csv: NeighborGraphText.csv(graph, to: write)
        case .json: write(String(decoding: try encodedJSON(NeighborsReport(graph)), as: UTF8.self) + "\n")
        }
    }
}
