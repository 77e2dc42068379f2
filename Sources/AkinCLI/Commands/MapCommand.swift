import Akin
import AkinReports
import ArgumentParser
import Foundation

extension MapColoring: ExpressibleByArgument {}

/// `akin map`
struct MapCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Draw the papers on a page where papers on like subjects lie close together.",
        discussion: """
            The page (.html) is one file that opens in any browser without a network. It names the topics, shows a \
            paper under the pointer, searches titles and authors, and colors by topic, year, collection or tag. With \
            another ending, the file is a drawing (.svg) or a table of places (.csv). Which papers are close together \
            means something; distances between far groups, and directions, mean little.

            EXAMPLES
              akin map
              akin map --output papers.svg --color year
              akin map --year 2023.. --count 8 --output recent.html
              akin map --output places.csv
            """
    )

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The file to write; it ends in .html, .svg or .csv.", valueName: "file"))
    var output = "map.html"

    @Option(help: "What the colors stand for at first.")
    var color = MapColoring.topic

    @Option(help: ArgumentHelp("The title of the page. Default: the name of the library's folder.", valueName: "text"))
    var title: String?

    @Flag(help: "Replace an existing file. A page of this command is replaced in any case.")
    var force = false

    @OptionGroup var topics: TopicOptions
    @OptionGroup var chosen: ExploringOptions
    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func validate() throws {
        guard ["html", "htm", "svg", "csv"].contains(ending) else {
            throw ValidationError("--output takes a file that ends in .html, .svg or .csv, not '\(output)'.")
        }
    }

    private var ending: String { URL(filePath: output).pathExtension.lowercased() }

    func result(_ console: Console) throws -> CommandResult<MapReport> {
        try checkOutput(output, of: "a map", replacesAnyFile: force, isReplaceable: isPageOfThisCommand)
        let library = try options.open()
        let unknown = try library.unknownEntries(of: chosen.papers)
        let map = try console.showingProgress { progress in
            try library.map(
                ExplorationOptions(
                    space: chosen.space, filter: chosen.papers, topicCount: topics.count, seed: topics.seed,
                    threads: options.threads), progress: progress)
        }
        guard !map.points.isEmpty else {
            return CommandResult(
                report: MapReport(map, output: output),
                remarks: remarks(onNothing: unknown, hasPapers: map.unplacedCount > 0, in: chosen.space),
                status: .nothingFound)
        }
        try write(map, title: title ?? URL(filePath: library.path).lastPathComponent)
        let unplaced =
            map.unplacedCount > 0
            ? ["\(map.unplacedCount) papers have no vector in the space '\(chosen.space)' and no place."] : []
        return CommandResult(
            report: MapReport(map, output: output),
            summary: "Wrote \(map.points.count) \(map.points.count == 1 ? "paper" : "papers") and "
                + "\(map.topics.count) \(map.topics.count == 1 ? "topic" : "topics") to \(output).",
            remarks: unknown.map(\.line) + unplaced)
    }

    /// Whether a file is a page that this command wrote, which the next one replaces.
    private func isPageOfThisCommand(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path), let start = try? file.read(upToCount: 512) else {
            return false
        }
        return String(decoding: start, as: UTF8.self).contains(MapPage.mark)
    }

    private func write(_ map: PaperMap, title: String) throws {
        let writer = try FileWriter(path: output)
        switch ending {
        case "svg": MapDrawing.svg(map, coloredBy: color) { writer.write($0) }
        case "csv": MapDrawing.csv(map) { writer.write($0) }
        default: try MapPage.html(map, title: title, coloredBy: color) { writer.write($0) }
        }
        try writer.finish()
    }
}
