import Akin
import AkinReports
import ArgumentParser
import Foundation
import Ranking

/// `akin compare SPACE SPACE`
struct CompareCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two vector spaces by the papers that each calls near.",
        discussion: """
            It takes up to a thousand papers, asks both spaces for the nearest papers of each, and tells how many \
            they share (overlap@k) and where they disagree most.

            EXAMPLES
              akin compare lsa minilm
            """
    )

    @Argument(help: ArgumentHelp("A vector space; akin info lists them.", valueName: "space"))
    var first: SpaceName

    @Argument(help: ArgumentHelp("Another one.", valueName: "space"))
    var second: SpaceName

    @Option(name: .short, help: ArgumentHelp("The number of nearest papers to compare.", valueName: "n"))
    var k = 10

    @OptionGroup var options: LibraryOptions

    func validate() throws {
        guard k > 0 else { throw ValidationError("-k takes a number from 1 up, not \(k).") }
    }

    func result(_ console: Console) throws -> CommandResult<SpaceComparisonReport> {
        let comparison = try options.open().comparison(ofSpace: first, with: second, k: k)
        return CommandResult(
            report: SpaceComparisonReport(comparison), text: { comparison.lines },
            remarks: comparison.paperCount == 0 ? ["No paper has a vector in both spaces."] : [],
            status: comparison.paperCount == 0 ? .nothingFound : .done)
    }
}

extension SpaceComparison {
    /// How far the spaces agree, and the papers on which they agree least.
    fileprivate var lines: [String] {
        guard paperCount > 0 else { return [] }
        let share = String(format: "%.3f", overlap)
        let summary = "overlap@\(k) of '\(first)' and '\(second)': \(share) (\(paperCount) papers)"
        guard !disagreements.isEmpty else { return [summary] }
        return [summary, "", "Where they disagree most:"]
            + disagreements.flatMap { disagreement in
                let nearest = [(first, disagreement.onlyInFirst), (second, disagreement.onlyInSecond)]
                return [PaperListing.headline(of: disagreement.paper)]
                    + nearest.compactMap { space, papers in
                        papers.first.map { "  near in '\(space)' alone: \(PaperListing.headline(of: $0))" }
                    }
            }
    }
}
