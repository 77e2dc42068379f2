import Akin
import ArgumentParser
import Foundation

/// `akin info`
struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Tell what the library holds and how it is indexed.",
        discussion: """
            DRIFT
              Papers that are added later are folded into the vector space, which was not made for them. Drift is the \
            part that the space loses of one beyond what it would lose of a paper like its own: near 0 for papers of \
            the same kind, .6 and more for another field. It comes of words that the space does not know (unknown) \
            and of what lies outside of it (residual), each with the value expected. Adding papers fits the space anew \
            when the drift times the part of the library that was folded in reaches \(LibraryDrift.toleratedDrift), and \
            when the library has grown by a tenth; `akin refit` does so at once.
            """
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
            ("recall", recall(of: info.segments)),
            ("rank", String(info.rank)),
            ("terms", String(info.termCount)),
            ("fitted on", "\(info.fittedPaperCount) papers" + start(info.modelOrigin)),
            ("drift", info.drift.map(DriftOutput.sentence) ?? "not measured"),
            ("alpha", alpha(info)),
            ("at random", chance(info)),
            ("language", info.language),
            ("on disk", ByteCountFormatter.string(fromByteCount: Int64(info.byteCount), countStyle: .file)),
        ]
        for (name, value) in lines {
            print(TextStyle.dim(name + String(repeating: " ", count: 12 - name.count)) + value)
        }
    }

    private func start(_ origin: ModelOrigin) -> String {
        switch origin {
        case .papers: ""
        case .released: ", starting from the released model of language and learning"
        case .file: ", starting from a model that was given"
        }
    }

    /// What the largest graph finds.
    private func recall(of segments: [LibraryInfo.Segment]) -> String {
        guard segments.contains(where: \.hasGraph) else { return "1, for every paper is compared" }
        let measured = segments.max { $0.recall?.paperCount ?? 0 < $1.recall?.paperCount ?? 0 }?.recall
        guard let recall = measured else { return "not measured, so every paper is compared" }
        func share(_ value: Double) -> String { String(format: "%.4f", value) }
        let wanted = String(SearchOptions.defaultRecall)
        let points = recall.points.filter { $0.k == 10 }
        guard let ef = recall.ef, let point = points.first(where: { $0.ef >= ef }) else {
            return "\(wanted) of the 10 nearest only if every paper is compared"
        }
        return "\(wanted) of the 10 nearest at ef \(ef); \(share(point.recall)) at ef \(point.ef) "
            + "(\(share(point.interval.lowerBound)) to \(share(point.interval.upperBound)), \(recall.queryCount) papers asked)"
    }

    private func alpha(_ info: LibraryInfo) -> String {
        let source =
            if info.alphaQuestionCount > 0 {
                "chosen by \(info.alphaQuestionCount) questions of the papers about their subjects"
            } else {
                info.modelOrigin == .papers ? "the default" : "that of a space which started from a model"
            }
        return String(format: "%.2f, ", info.alpha) + source
            + String(format: "; %.2f for papers like others", info.likeAlpha)
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
        /// What the vector space comes of: `papers`, or these and the `released` model or one from a `file`.
        var model: ModelOrigin
        var alpha: Double
        var likeAlpha: Double
        var alphaQuestions: Int
        var randomSimilarity: RandomSimilarity?
        var language: String
        var library: String
        /// `null` where there is no vector space.
        var drift: DriftOutput?
        /// One entry for each segment, `null` for one that is scanned exactly or was not measured.
        var recall: [Recall?]

        init(info: LibraryInfo) {
            papers = info.paperCount
            generation = info.generation
            segments = info.segments.count
            rank = info.rank
            terms = info.termCount
            bytes = info.byteCount
            fittedPapers = info.fittedPaperCount
            model = info.modelOrigin
            alpha = info.alpha
            likeAlpha = info.likeAlpha
            alphaQuestions = info.alphaQuestionCount
            randomSimilarity = info.randomSimilarity.map { RandomSimilarity(mean: $0.mean, deviation: $0.deviation) }
            language = info.language
            library = info.path
            drift = info.drift.map(DriftOutput.init)
            recall = info.segments.map { $0.recall.map(Recall.init) }
        }
    }

    /// What a graph finds, measured.
    private struct Recall: Encodable {
        struct Point: Encodable {
            var k: Int
            var ef: Int
            var recall: Double
            var low: Double
            var high: Double
        }

        var ef: Int?
        var queries: Int
        var papers: Int
        var points: [Point]

        init(_ recall: LibraryInfo.Recall) {
            ef = recall.ef
            queries = recall.queryCount
            papers = recall.paperCount
            points = recall.points.map {
                Point(
                    k: $0.k, ef: $0.ef, recall: $0.recall, low: $0.interval.lowerBound, high: $0.interval.upperBound)
            }
        }
    }
}
