import Akin
import AkinAgents
import AkinReports
import Foundation
import Hummingbird
import Papers
import Ranking

/// The page that says what two papers have in common.
struct ComparisonPage {
    let frame: PageFrame
    let first: String
    let second: String

    /// The rows of a table, at most.
    private static let rows = 12

    func response() async throws -> Response {
        let names = [first, second]
        let comparison = try await frame.server.engine(frame.library.library) { library in
            let ids = try names.map { try library.paper(named: $0).id }
            return try library.comparison(of: ids[0], with: ids[1])
        }
        let explanation = comparison.explanation
        return frame.response(
            "why", title: "What two papers share", path: "/why",
            [
                "compared": .list([
                    compared(comparison.first, comparison.bestSentenceOfFirst),
                    compared(comparison.second, explanation.bestSentence),
                ]),
                "verdict": .string("Similarity \(Self.rounded(explanation.similarity)), of 1 at most."),
                "tables": .list(
                    [
                        table(
                            1, "Words that both have", "What each adds to the similarity.",
                            explanation.sharedWords.map { (Self.words($0), $0.share) }, explanation.similarity),
                        table(
                            2, "Related words", "Different words that the library's papers use alike.",
                            explanation.bridges.map { (Self.words($0), $0.share) }, explanation.similarity),
                        table(
                            3, "Words as they are written", "What each adds to the ranking by words.",
                            explanation.lexicalWords.map { ($0.word, $0.share) }, explanation.lexicalScore),
                    ].compactMap(\.self)),
            ])
    }

    private static func words(_ pair: Explanation.Pair) -> String {
        pair.first == pair.second ? pair.first : "\(pair.first) – \(pair.second)"
    }

    private static func rounded(_ value: Double) -> String { String(format: "%.2f", value) }

    private func compared(_ paper: Paper, _ sentence: Range<Int>?) -> [String: JSONValue] {
        let bytes = Array(paper.abstract.utf8)
        let text = sentence.flatMap { range in
            range.lowerBound >= 0 && range.upperBound <= bytes.count
                ? String(decoding: bytes[range], as: UTF8.self) : nil
        }
        return [
            "title": .string(paper.headline), "href": .string(frame.paperHref(paper.id)),
            "hasSentence": .bool(text != nil), "sentence": .list(text.map { MarkedText($0, []).runs } ?? []),
        ]
    }

    /// A table of what counts, the greatest first; `nil` if nothing does.
    private func table(
        _ number: Int, _ heading: String, _ explanation: String, _ rows: [(words: String, share: Double)],
        _ whole: Double
    ) -> [String: JSONValue]? {
        let rows = rows.filter { $0.share > 0 }.sorted { $0.share > $1.share }.prefix(Self.rows)
        guard let greatest = rows.first?.share, whole > 0 else { return nil }
        return [
            "number": .integer(number), "heading": .string(heading), "explanation": .string(explanation),
            "rows": .list(
                rows.map {
                    [
                        "words": .string($0.words), "share": .string("\(Int(($0.share / whole * 100).rounded())) %"),
                        "part": .integer(Int(($0.share / greatest * 100).rounded())),
                    ]
                }),
        ]
    }
}
