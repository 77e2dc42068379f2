import Akin
import AkinAgents
import AkinReports
import Foundation
import HTTPTypes
import Hummingbird

/// The page of what is new, by the questions that the library watches.
struct NewPage {
    let frame: PageFrame

    /// The days back that papers count.
    private static let days = 30

    /// The beginning of the first of some days, so that a feed stays the same all day.
    static func start(daysAgo days: Int) -> Int { (Int(Date().timeIntervalSince1970) / 86_400 - days) * 86_400 }

    func response() async throws -> Response {
        let since = Self.start(daysAgo: Self.days)
        let (digest, questions) = try await frame.server.engine(frame.library.library) { library in
            (try library.digest(since: since), try library.watchedQuestions())
        }
        let all = frame.href("/feed")
        return frame.response(
            "new", title: "What is new", path: "/new",
            [
                "summary": .string("\(counted(digest.addedCount, "paper")) added in the last \(Self.days) days."),
                "allFeedHref": .string(all),
                "pageFeed": .object(["label": "New papers of all questions", "href": .string(all)]),
                "questions": .list(
                    questions.enumerated().map { place, question in
                        let hits = digest.sections.first { $0.question?.name == question.name }?.hits ?? []
                        return [
                            "number": .integer(place + 1), "name": .string(question.name),
                            "asked": question.query.isEmpty ? .null : .string(question.query),
                            "href": .string(frame.href(question)),
                            "feedHref": .string(frame.href("/feed", [("question", question.name)])),
                            "hasPapers": .bool(!hits.isEmpty), "papers": .list(hits.map { frame.line($0.paper) }),
                        ]
                    }),
            ])
    }

    /// The digest, or a part of it, as an Atom feed.
    ///
    /// - Parameters:
    ///   - name: The question; `nil` stands for all.
    ///   - frame: The frame of the page.
    /// - Returns: The feed.
    /// - Throws: ``Problem`` with status 404 for a question that is not watched.
    static func feed(of name: String?, _ frame: PageFrame) async throws -> Response {
        let text = try await frame.server.engine(frame.library.library) { library in
            try DigestFeed(of: library, question: name, since: start(daysAgo: days)).text
        }
        return .text(text, type: "application/atom+xml")
    }
}

extension DigestFeed {
    /// What is new in a library, or what is new on one of its questions.
    ///
    /// - Throws: ``Problem`` with status 404 for a question that is not watched; `AkinError`.
    init(of library: Library, question name: String?, since: Int) throws {
        if let name, try !library.watchedQuestions().contains(where: { $0.name == name }) {
            throw Problem(.notFound, "The library watches no question '\(name)'.")
        }
        var digest = try library.digest(since: since)
        if let name { digest.sections.removeAll { $0.question?.name != name } }
        self.init(digest, title: name ?? "New papers")
    }
}
