import Akin
import Foundation

extension LibraryInfo {
    /// What a library holds and how it is indexed, a line each.
    var lines: [String] {
        fieldLines([
            ("library", path),
            ("papers", String(paperCount)),
            ("generation", String(generation)),
            ("segments", "\(segments.count)" + (segments.count > 1 ? " of \(segmentSizes)" : "")),
            ("index", segments.contains { $0.hasGraph } ? "graph" : "exact scan"),
            ("recall", recallText),
            ("rank", String(rank)),
            ("terms", String(termCount)),
            ("fitted on", "\(fittedPaperCount) papers" + modelText),
            ("drift", driftText),
            ("alpha", alphaText),
            ("at random", chanceText),
            ("spaces", spacesText),
            ("language", language),
            ("on disk", ByteCountFormatter.string(fromByteCount: Int64(byteCount), countStyle: .file)),
        ])
    }

    /// How far later papers lie outside the vector space.
    var driftText: String { drift.map(\.text) ?? "not measured" }

    private var spacesText: String {
        let texts = spaces.map { space in
            space.encoder.map { "\(space.name) (\($0), \(space.paperCount) papers)" } ?? "\(space.name)"
        }
        return texts.isEmpty ? "none" : texts.joined(separator: "; ")
    }

    private var segmentSizes: String {
        segments.map { String($0.paperCount) }.joined(separator: ", ") + " papers"
    }

    private var modelText: String {
        switch modelOrigin {
        case .papers: ""
        case .released: ", starting from the released model of language and learning"
        case .file: ", starting from a model that was given"
        }
    }

    /// What the largest graph finds.
    var recallText: String {
        guard segments.contains(where: \.hasGraph) else { return "1, for every paper is compared" }
        let measured = segments.max { $0.recall?.paperCount ?? 0 < $1.recall?.paperCount ?? 0 }?.recall
        guard let recall = measured else { return "not measured, so every paper is compared" }
        func share(_ value: Double) -> String { String(format: "%.4f", value) }
        let wanted = String(SearchOptions.defaultRecall)
        // A graph on disk is measured for 1, 10 and 100 papers, one in a database for 200.
        let nearest = recall.points.contains { $0.k == 10 } ? 10 : recall.points.first?.k ?? 10
        if let reached = recall.reached, let ef = recall.ef {
            return "\(share(reached)) of the \(nearest) nearest at ef \(ef), where more candidates find little more "
                + "(\(recall.queryCount) papers asked)"
        }
        let points = recall.points.filter { $0.k == nearest }
        guard let ef = recall.ef, let point = points.first(where: { $0.ef >= ef }) else {
            return "\(wanted) of the \(nearest) nearest only if every paper is compared"
        }
        return "\(wanted) of the \(nearest) nearest at ef \(ef); \(share(point.recall)) at ef \(point.ef) "
            + "(\(share(point.interval.lowerBound)) to \(share(point.interval.upperBound)), "
            + "\(recall.queryCount) papers asked)"
    }

    private var alphaText: String {
        let source =
            if alphaQuestionCount > 0 {
                "chosen by \(alphaQuestionCount) questions of the papers about their subjects"
            } else {
                modelOrigin == .papers ? "the default" : "that of a space which started from a model"
            }
        return String(format: "%.2f, ", alpha) + source + String(format: "; %.2f for papers like others", likeAlpha)
    }

    /// How alike two papers are that are drawn at random.
    private var chanceText: String {
        randomSimilarity.map { String(format: "cosine %.3f ± %.3f", $0.mean, $0.deviation) } ?? "–"
    }
}

extension LibraryDrift {
    /// The drift in one line.
    fileprivate var text: String {
        guard foldedPaperCount > 0 else { return "none, no papers were folded in" }
        func number(_ value: Double) -> String { String(format: "%.3f", value) }
        let papers = foldedPaperCount == 1 ? "1 paper" : "\(foldedPaperCount) papers"
        return "\(number(drift)) for \(papers) folded in (residual \(number(folded.residual)), expected "
            + "\(number(expected.residual)); unknown \(number(folded.outOfVocabulary)), expected "
            + "\(number(expected.outOfVocabulary))); in all \(number(libraryDrift)), refitted at "
            + "\(LibraryDrift.toleratedDrift)"
    }
}
