import Akin
import ArgumentParser
import Foundation
import Papers

/// A line for a paper, with names of fields between braces.
struct LineFormat {
    private enum Piece {
        case text(String)
        case field(Field)
    }

    /// What a line can say of a paper.
    private enum Field: String, CaseIterable {
        case id, title, authors, year, date, venue, url, doi, key, tags, abstract, rank, score, z
    }

    private var pieces: [Piece] = []

    /// Reads a format.
    ///
    /// - Throws: `ValidationError` for a field that there is not, or a brace that is not closed.
    init(_ text: String) throws {
        var rest = text.replacing("\\t", with: TextStyle.tab).replacing("\t", with: TextStyle.tab)
            .replacing("\\n", with: "\n")[...]
        while let open = rest.firstIndex(of: "{") {
            pieces.append(.text(String(rest[..<open])))
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw ValidationError("A brace of --format is not closed: '\(rest[open...])'.")
            }
            let name = String(rest[rest.index(after: open)..<close])
            guard let field = Field(rawValue: name) else {
                let known = Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
                throw ValidationError("--format has no field '{\(name)}'. There are \(known).")
            }
            pieces.append(.field(field))
            rest = rest[rest.index(after: close)...]
        }
        pieces.append(.text(String(rest)))
        guard pieces.count > 1 else {
            throw ValidationError(
                "--format takes a line with fields, such as '{id} {title}'. akin export writes other formats.")
        }
    }

    /// The line of a paper.
    ///
    /// - Parameters:
    ///   - paper: The paper.
    ///   - hit: Its place in an answer, if it has one.
    /// - Returns: The line, without a line feed.
    func line(for paper: Paper, _ hit: SearchAnswer.Hit? = nil) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .field(let field): oneLine(value(of: field, paper, hit))
            }
        }.joined()
    }

    private func value(of field: Field, _ paper: Paper, _ hit: SearchAnswer.Hit?) -> String {
        switch field {
        case .id: paper.id
        case .title: paper.title
        case .authors: paper.authors.joined(separator: "; ")
        case .year: paper.year.map(String.init) ?? ""
        case .date: paper.date ?? paper.year.map(String.init) ?? ""
        case .venue: paper.venue ?? ""
        case .url: paper.url ?? ""
        case .doi:
            ([paper.id] + paper.alternateIDs).lazy.compactMap { PaperIdentifier($0) }
                .first { $0.scheme == .doi }?.value ?? ""
        case .key: paper.citationKey ?? ""
        case .tags: paper.tags.joined(separator: "; ")
        case .abstract: paper.abstract
        case .rank: hit.map { "\($0.rank)" } ?? ""
        case .score: hit.map { String(format: "%.3f", $0.score) } ?? ""
        case .z: hit?.zScore.map { String(format: "%.1f", $0) } ?? ""
        }
    }
}
