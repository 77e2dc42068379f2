import Akin
import AkinAgents
import AkinReports
import Papers
import Ranking

/// A paper of an answer, as the page shows it.
struct PageCard {
    let entry: PageAnswer.Entry
    let question: PageQuestion
    let frame: PageFrame

    private var paper: Paper { entry.paper }

    /// How long the beginning of an abstract is that stands for a best sentence.
    private static let beginning = 240

    var context: [String: JSONValue] {
        let tags = paper.tags.filter { $0.lowercased() != Paper.readTag }
        let sentence = self.sentence
        let reasons = entry.hit?.explanation.map { Self.reasons(ReasonSummary($0, of: paper)) } ?? []
        return [
            "rank": .integer(entry.rank), "id": .string(paper.id), "title": .string(paper.headline),
            "href": .string(frame.paperHref(paper.id)), "authors": .text(paper.shortAuthors),
            "venue": .text(paper.venue), "date": .text(paper.year.map(String.init)),
            "outHref": .text(paper.link), "closeness": .text(closeness?.text),
            "closenessPart": .integer(closeness?.part ?? 0),
            "hasSentence": .bool(!sentence.isEmpty), "sentence": .list(sentence),
            "hasAbstract": .bool(!paper.abstract.isEmpty), "abstract": .list(abstract),
            "hasReasons": .bool(!reasons.isEmpty), "reasons": .list(reasons),
            "likeHref": .string(question.toggling(paper.id, among: \.like).href),
            "unlikeHref": .string(question.toggling(paper.id, among: \.unlike).href),
            "isLiked": .bool(question.like.contains(paper.id)), "isUnliked": .bool(question.unlike.contains(paper.id)),
            "isRead": .bool(tags.count < paper.tags.count),
            "hasTags": .bool(!tags.isEmpty),
            "tags": .list(
                tags.map { tag in
                    let isChosen = question.chosen["tag"]?.contains(tag) ?? false
                    let target = isChosen ? question : question.toggling(tag, of: "tag")
                    return ["label": .string(tag), "href": .string(target.href)]
                }),
            "hasDuplicates": .bool(!(entry.hit?.duplicates ?? []).isEmpty),
            "duplicates": .list(
                (entry.hit?.duplicates ?? []).map {
                    ["title": .string($0.headline), "href": .string(frame.paperHref($0.id))]
                }),
        ]
    }

    /// The reasons of a summary.
    static func reasons(_ summary: ReasonSummary) -> [[String: JSONValue]] {
        summary.lines.map { line in
            let items = line.items.map { "\($0.text) \(Int(($0.part * 100).rounded())) %" }
            return ["reason": .string(line.kind.rawValue), "text": .string(items.joined(separator: ", "))]
        }
    }

    /// The z-score, and the share of a bar that it fills: 8 fill all of it.
    private var closeness: (text: String, part: Int)? {
        guard let score = entry.hit?.zScore, score.isFinite else { return nil }
        return ("\((score * 10).rounded() / 10) σ", min(100, max(0, Int(score * 12))))
    }

    // MARK: - Marked text

    /// The sentence that says most, or the beginning of the abstract.
    private var sentence: [[String: JSONValue]] {
        if let snippet = entry.hit?.snippet { return MarkedText(snippet.text, snippet.matches).runs }
        if paper.abstract.isEmpty { return [] }
        let start = String(paper.abstract.prefix(Self.beginning))
        return MarkedText(start + (start.count < paper.abstract.count ? "…" : ""), []).runs
    }

    /// The abstract in up to three parts: what stands before the sentence that says most, that sentence, and the rest.
    private var abstract: [[String: JSONValue]] {
        let marked = MarkedText(paper.abstract, entry.hit?.abstractMatches ?? [])
        guard let snippet = entry.hit?.snippet, let best = marked.range(of: snippet.text) else {
            return [["best": false, "runs": .list(marked.runs)]].filter { _ in !paper.abstract.isEmpty }
        }
        let parts = [
            (false, 0..<best.lowerBound), (true, best), (false, best.upperBound..<marked.byteCount),
        ]
        return parts.filter { !$0.1.isEmpty }.map { isBest, range in
            ["best": .bool(isBest), "runs": .list(marked.runs(in: range))]
        }
    }
}

/// A text with words marked, as runs.
struct MarkedText {
    private let bytes: [UInt8]
    private let matches: [Range<Int>]

    /// Takes a text and the bytes of the words, ascending. Ranges that reach beyond the text are left out.
    init(_ text: String, _ matches: [Range<Int>]) {
        bytes = Array(text.utf8)
        let count = bytes.count
        self.matches = matches.filter { $0.lowerBound >= 0 && $0.upperBound <= count && !$0.isEmpty }
    }

    var byteCount: Int { bytes.count }

    var runs: [[String: JSONValue]] { runs(in: 0..<bytes.count) }

    /// The runs of a part of the text.
    func runs(in range: Range<Int>) -> [[String: JSONValue]] {
        var runs: [[String: JSONValue]] = []
        var place = range.lowerBound
        func append(_ end: Int, marked: Bool) {
            guard end > place else { return }
            runs.append([
                "text": .string(String(decoding: bytes[place..<end], as: UTF8.self)), "marked": .bool(marked),
            ])
            place = end
        }
        for match in matches where match.lowerBound >= place && match.upperBound <= range.upperBound {
            append(match.lowerBound, marked: false)
            append(match.upperBound, marked: true)
        }
        append(range.upperBound, marked: false)
        return runs
    }

    /// The bytes of a part that reads like this; `nil` if none does.
    func range(of part: String) -> Range<Int>? {
        let wanted = Array(part.utf8)
        guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
        for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
            if bytes[start..<start + wanted.count].elementsEqual(wanted) { return start..<start + wanted.count }
        }
        return nil
    }
}
