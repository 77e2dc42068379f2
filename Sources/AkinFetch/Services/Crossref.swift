import Papers

/// The programming interface of Crossref.
///
/// See its documentation, https://api.crossref.org.
struct Crossref: Sendable {
    /// The most DOIs that one request names.
    static let batchLength = 20

    let client: PoliteClient
    let base: String
    let mailTo: String?

    /// Returns the works of some DOIs. One with a comma, which separates DOIs, is asked for by itself.
    func works(_ dois: [String]) async throws -> [Answer] {
        var answers: [Answer] = []
        for batch in dois.filter({ !$0.contains(",") }).batches(of: Self.batchLength) {
            let filter = batch.map { "doi:\($0)" }.joined(separator: ",")
            if let answer = try await ask([("filter", filter), ("rows", "\(batch.count)")]) { answers.append(answer) }
        }
        for doi in dois where doi.contains(",") {
            if let answer = try await ask(path: [doi], []) { answers.append(answer) }
        }
        return answers
    }

    private func ask(path: [String] = [], _ parameters: [(name: String, value: String?)]) async throws -> Answer? {
        let address = address(base, path: ["works"] + path, parameters + [("mailto", mailTo)])
        guard var answer = try await client.answer(of: .crossref, to: address) else { return nil }
        try answer.read()
        return answer
    }
}
