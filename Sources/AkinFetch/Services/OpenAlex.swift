import Foundation
import Papers

/// The programming interface of OpenAlex.
///
/// See its documentation, https://developers.openalex.org.
struct OpenAlex: Sendable {
    /// The most works that one request asks for.
    static let pageLength = 100

    /// The most identifiers that one request names.
    static let batchLength = 50

    let client: PoliteClient
    let base: String
    let mailTo: String?
    let key: String?

    /// The next page of a search.
    struct Position {
        /// What the last page gave for the next one; `nil` if pages are counted.
        fileprivate var cursor: String? = "*"
        fileprivate var page = 1

        /// The first page.
        static let first = Position()
    }

    /// A page of a search.
    struct Page {
        let answer: Answer
        /// The number of all works that the search finds.
        let total: Int?
        /// Where the next page is, if there is one.
        let next: Position?
    }

    /// Returns a page of the works that a search finds, best first.
    ///
    /// Pages follow each other by a cursor. Without a key, OpenAlex may refuse the cursor of a further page, and gives
    /// that page, up to the hundredth, by its number.
    func page(_ question: String, since day: Day?, at position: Position, count: Int) async throws -> Page {
        var position = position
        let filter = day.map { "from_publication_date:\($0.text)" }
        func ask() async throws -> Answer? {
            let place = position.cursor.map { ("cursor", $0) } ?? ("page", "\(position.page)")
            return try await self.ask([
                ("search", question), ("filter", filter), ("per_page", "\(count)"), place, ("select", Self.fields),
            ])
        }
        var found: Answer?
        do {
            found = try await ask()
        } catch let error as FetchError where error.code == .refused && key == nil && position.page > 1 {
            guard position.cursor != nil else { throw error }
            position.cursor = nil
            found = try await ask()
        }
        guard let found else { throw noWorks }
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(found.bytes)) else {
            throw found.malformed("it is not a page of works")
        }
        let next = Position(cursor: position.cursor == nil ? nil : envelope.meta.nextCursor, page: position.page + 1)
        let isLast = envelope.results.isEmpty || position.cursor != nil && next.cursor == nil
        return Page(answer: found, total: envelope.meta.count, next: isLast ? nil : next)
    }

    /// Returns the works of some DOIs or PubMed ids.
    ///
    /// - Parameters:
    ///   - field: `doi` or `pmid`.
    ///   - values: The identifiers. One with a sign that separates identifiers is asked for by itself.
    /// - Returns: The answers, which hold the works that OpenAlex knows.
    /// - Throws: `FetchError` or `CancellationError`.
    func works(_ field: String, _ values: [String]) async throws -> [Answer] {
        let isPlain = { (value: String) in !value.contains { ",|\"!".contains($0) } }
        var answers: [Answer] = []
        let plain = values.filter(isPlain)
        for batch in plain.batches(of: Self.batchLength) {
            let filter = "\(field):\(batch.joined(separator: "|"))"
            guard
                let answer = try await ask([
                    ("filter", filter), ("per_page", "\(Self.pageLength)"), ("select", Self.fields),
                ])
            else { throw noWorks }
            answers.append(answer)
        }
        for value in values where !isPlain(value) {
            if let answer = try await ask(path: ["\(field):\(value)"], [("select", Self.fields)]) {
                answers.append(answer)
            }
        }
        return answers
    }

    private func ask(path: [String] = [], _ parameters: [(name: String, value: String?)]) async throws -> Answer? {
        let parameters = parameters + [("mailto", mailTo), ("api_key", key)]
        let address = address(base, path: ["works"] + path, parameters)
        guard var answer = try await client.answer(of: .openAlex, to: address) else { return nil }
        try answer.read()
        return answer
    }

    private var noWorks: FetchError {
        FetchError(.refused, "\(base) answered that it has no works (404)", remedy: "Check --openalex-url.")
    }

    /// The fields of a work that a paper takes something from. Lists of references are most of a work.
    private static let fields = [
        "id", "doi", "title", "authorships", "publication_year", "publication_date", "ids", "language",
        "primary_location", "best_oa_location", "type", "keywords", "topics", "biblio", "abstract_inverted_index",
        "is_retracted",
    ].joined(separator: ",")

    /// What stands around the works of a page.
    private struct Envelope: Decodable {
        struct Meta: Decodable {
            let count: Int?
            let nextCursor: String?

            enum CodingKeys: String, CodingKey {
                case count
                case nextCursor = "next_cursor"
            }
        }

        /// A work, of which only the place counts.
        struct Work: Decodable {}

        let meta: Meta
        let results: [Work]
    }
}

extension Array {
    /// The elements in pieces of a length; the last may be shorter.
    func batches(of length: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: length).map { self[$0..<Swift.min(count, $0 + length)] }
    }
}
