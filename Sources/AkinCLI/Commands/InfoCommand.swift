import Akin
import ArgumentParser
import Foundation

/// `akin info`
struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Tell what the library holds and how it is indexed."
    )

    @OptionGroup var options: LibraryOptions

    func run() throws {
        let info = try options.open().info()
        if options.json {
            JSONOutput.write(Report(info: info))
            return
        }
        let lines = [
            ("library", info.path),
            ("papers", String(info.paperCount)),
            ("generation", String(info.generation)),
            ("segments", "\(info.segments.count)" + (info.segments.count > 1 ? " of \(sizes(info.segments))" : "")),
            ("index", info.segments.contains { $0.hasGraph } ? "graph" : "exact scan"),
            ("rank", String(info.rank)),
            ("terms", String(info.termCount)),
            ("fitted on", "\(info.fittedPaperCount) papers"),
            ("alpha", alpha(info)),
            ("at random", chance(info)),
            ("language", info.language),
            ("on disk", ByteCountFormatter.string(fromByteCount: Int64(info.byteCount), countStyle: .file)),
        ]
        for (name, value) in lines {
            print(TextStyle.dim(name + String(repeating: " ", count: 12 - name.count)) + value)
        }
    }

    private func alpha(_ info: LibraryInfo) -> String {
        let source =
            info.alphaQuestionCount > 0
            ? "chosen by \(info.alphaQuestionCount) questions of the papers to themselves" : "the default"
        return String(format: "%.2f, ", info.alpha) + source
    }

    /// How alike two papers are that are drawn at random.
    private func chance(_ info: LibraryInfo) -> String {
        info.randomSimilarity.map { String(format: "cosine %.3f ± %.3f", $0.mean, $0.deviation) } ?? "–"
    }

    private func sizes(_ segments: [LibraryInfo.Segment]) -> String {
        segments.map { String($0.paperCount) }.joined(separator: ", ") + " papers"
    }

    private struct RandomSimilarity: Encodable {
        var mean: Double
        var deviation: Double
    }

    private struct Report: Encodable {
        var papers: Int
        var generation: Int
        var segments: Int
        var rank: Int
        var terms: Int
        var bytes: Int
        var fittedPapers: Int
        var alpha: Double
        var alphaQuestions: Int
        var randomSimilarity: RandomSimilarity?
        var language: String
        var library: String

        init(info: LibraryInfo) {
            papers = info.paperCount
            generation = info.generation
            segments = info.segments.count
            rank = info.rank
            terms = info.termCount
            bytes = info.byteCount
            fittedPapers = info.fittedPaperCount
            alpha = info.alpha
            alphaQuestions = info.alphaQuestionCount
            randomSimilarity = info.randomSimilarity.map { RandomSimilarity(mean: $0.mean, deviation: $0.deviation) }
            language = info.language
            library = info.path
        }
    }
}
