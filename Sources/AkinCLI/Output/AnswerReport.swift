import Akin
import ArgumentParser
import Papers
import Ranking

/// The answer of `search` and `like` under `--json`.
struct AnswerReport: Encodable {
    struct Result: Encodable {
        var rank: Int
        var id: String
        var title: String
        var score: Double
        var parts: Parts
        var zScore: Double?
        var authors: [String]
        var year: Int?
        var venue: String?
        var url: String?
        var explanation: ExplanationOutput?
    }

    struct Parts: Encodable {
        var lexical: Double
        var semantic: Double
        var feedback: Double

        init(_ parts: SearchAnswer.Parts) {
            (lexical, semantic, feedback) = (parts.lexical, parts.semantic, parts.feedback)
        }
    }

    var query: String
    var mode: String
    var close: Bool
    var results: [Result]
    var unknownWords: [String]
    var suggestions: [String]
    var milliseconds: Double

    init(query: String, answer: SearchAnswer, elapsed: Duration) {
        self.query = query
        mode = answer.mode.rawValue
        close = answer.isClose
        results = answer.hits.map { hit in
            Result(
                rank: hit.rank, id: hit.paper.id, title: hit.paper.title, score: hit.score,
                parts: Parts(hit.parts),
                zScore: hit.zScore, authors: hit.paper.authors, year: hit.paper.year, venue: hit.paper.venue,
                url: hit.paper.url,
                explanation: hit.explanation.map { ExplanationOutput($0, abstract: hit.paper.abstract) }
            )
        }
        unknownWords = answer.unknownWords
        suggestions = answer.suggestions
        milliseconds = elapsed / .milliseconds(1)
    }
}

extension SearchAnswer {
    /// The unknown words that are named to a person before the rest is counted.
    private static let namedWords = 10

    /// Prints the answer for people, or as JSON, and ends the command with status 1 if it is empty. An answer without a
    /// close paper is empty, unless the far ones are asked for.
    func report(
        query: String, heading: String? = nil, elapsed: Duration, listsFar: Bool, options: LibraryOptions
    ) throws {
        var answer = self
        if !isClose, !listsFar { answer.hits = [] }
        if options.json {
            JSONOutput.write(AnswerReport(query: query, answer: answer, elapsed: elapsed))
        } else {
            if let heading, !answer.hits.isEmpty { print(TextStyle.dim(heading)) }
            PaperListing.print(answer.hits)
            for remark in answer.remarks(nearest: hits.first) { options.remark(remark) }
        }
        if answer.hits.isEmpty { throw CommandFailure.nothingFound }
    }

    private func remarks(nearest: Hit?) -> [String] {
        var remarks: [String] = []
        if hits.isEmpty, let nearest {
            remarks.append(
                "Nothing close: the nearest is \"\(PaperListing.headline(of: nearest.paper))\". --far lists the rest.")
        } else if hits.isEmpty {
            remarks.append("No paper found.")
        }
        if !unknownWords.isEmpty {
            let words = unknownWords.prefix(Self.namedWords).map { "'\($0)'" }.joined(separator: ", ")
            let rest = unknownWords.count - Self.namedWords
            remarks.append("No paper has \(words)\(rest > 0 ? " and \(rest) more" : "").")
        }
        if !suggestions.isEmpty { remarks.append("Did you mean \(suggestions.joined(separator: ", "))?") }
        return remarks
    }
}
