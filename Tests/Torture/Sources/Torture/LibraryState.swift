import Foundation

/// What a sound library holds and answers.
struct LibraryState: Sendable, Equatable {
    /// The papers: their whole records by their ids. Empty if there is no library.
    var papers: [String: String]
    /// The answers that a search may give.
    var answers: Set<String>

    /// A library that is not there yet, or holds nothing.
    static let nothing = LibraryState(papers: [:], answers: [])

    /// Reads the state of the library under test, which must be sound.
    ///
    /// A library may answer in two ways: as it stands, and as it does when it was built anew from the same papers.
    init(of workspace: Workspace) throws {
        let list = workspace.run(["list", "--json"])
        guard let papers = Self.papers(in: list) else { throw Failure("'akin list' \(list.summary)") }
        self.papers = papers
        answers = []
        for isRebuilt in [false, true] {
            if isRebuilt {
                let refit = workspace.run(["refit"])
                guard refit.isSuccess else { throw Failure("'akin refit' \(refit.summary)") }
            }
            let search = workspace.run(Self.search)
            guard let answer = Self.answer(in: search) else { throw Failure("'akin search' \(search.summary)") }
            answers.insert(answer)
        }
    }

    init(papers: [String: String], answers: Set<String>) {
        self.papers = papers
        self.answers = answers
    }

    static let search = ["search", PaperMaker.question, "--json"]
    static let authorList = ["list", "--author", PaperMaker.author, "--json"]

    /// The papers in the output of `akin list --json`; `nil` if it has none.
    static func papers(in result: RunResult) -> [String: String]? {
        // A list of no papers exits with 1, as a search without answers does.
        guard let status = result.status, status < 2, let list = result.json?["papers"] as? [[String: Any]] else {
            return nil
        }
        var papers: [String: String] = [:]
        for paper in list { papers[paper["id"] as? String ?? "?"] = text(of: paper) }
        return papers.count == list.count ? papers : nil
    }

    /// The answer in the output of `akin search --json`, without what differs from run to run; `nil` if it has none.
    static func answer(in result: RunResult) -> String? {
        guard result.hasAnswered, var object = result.json, object["results"] != nil else { return nil }
        object["milliseconds"] = nil
        return text(of: object)
    }

    private static func text(of object: [String: Any]) -> String {
        let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
        return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// What two sets of papers differ in, for a person.
    func difference(to found: [String: String]) -> String {
        let missing = papers.keys.filter { found[$0] == nil }.sorted()
        let extra = found.keys.filter { papers[$0] == nil }.sorted()
        let changed = papers.keys.filter { found[$0] != nil && found[$0] != papers[$0] }.sorted()
        return [("missing", missing), ("more", extra), ("changed", changed)].filter { !$0.1.isEmpty }
            .map { "\($0.0): \($0.1.prefix(4).joined(separator: ", "))" }.joined(separator: "; ")
    }
}

/// Why a run of the harness itself cannot go on.
struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
