import Foundation
import Papers

extension PaperStore {
    /// A question that a person keeps under a name, as a row of the table `saved_searches`: the name, and one JSON
    /// object with the rest and a checksum.
    package struct SavedQuestion: Hashable, Sendable {
        package var name: String
        /// The question in the query language; empty if the question is papers alone.
        package var query: String
        /// The ids of the papers that answers should be like.
        package var like: [String]

        package init(name: String, query: String, like: [String] = []) {
            (self.name, self.query, self.like) = (name, query, like)
        }

        private struct Content: Codable {
            var query: String
            var like: [String]
            var checksum: Int64
        }

        private var checksum: Int64 { checksumOfTexts([name, query] + like) }

        /// The object.
        var json: String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let content = try? encoder.encode(Content(query: query, like: like, checksum: checksum))
            return content.map { String(decoding: $0, as: UTF8.self) } ?? ""
        }

        /// The question in a row of `name, search`; `nil` if the row is damaged.
        init?(in row: any StoreRow) {
            guard let name = row.text(0), let json = row.text(1),
                let content = try? JSONDecoder().decode(Content.self, from: Data(json.utf8))
            else { return nil }
            self.init(name: name, query: content.query, like: content.like)
            if content.checksum != checksum { return nil }
        }
    }
}

extension PaperStore.Reader {
    /// The questions that are kept, by their names. A damaged row is left out.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func savedQuestions() throws(PaperStoreError) -> [PaperStore.SavedQuestion] {
        try map("SELECT name, search FROM saved_searches ORDER BY name") { PaperStore.SavedQuestion(in: $0) }
    }

    /// How many rows of the questions are damaged.
    func damagedQuestionCount() throws(PaperStoreError) -> Int {
        let count = try map("SELECT count(*) FROM saved_searches") { $0.integer(0).map(Int.init) }.first ?? 0
        return count - (try savedQuestions().count)
    }
}

extension PaperStore.Writer {
    /// Keeps a question, or replaces the one of its name.
    ///
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    package func save(_ question: PaperStore.SavedQuestion) throws(PaperStoreError) {
        try put(into: "saved_searches", "name, search", [question.name, question.json])
    }

    /// Forgets a question.
    ///
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    package func removeQuestion(_ name: String) throws(PaperStoreError) {
        try run("DELETE FROM saved_searches WHERE name = ?", [name])
    }

    /// Forgets the questions that are damaged.
    ///
    /// - Throws: `PaperStoreError`.
    func repairQuestions() throws(PaperStoreError) {
        guard try damagedQuestionCount() > 0 else { return }
        let sound = try savedQuestions()
        try run("DELETE FROM saved_searches", [])
        for question in sound { try save(question) }
    }
}
