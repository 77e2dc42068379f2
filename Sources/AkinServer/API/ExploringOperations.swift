import Akin
import AkinReports
import Foundation
import HTTPTypes
import Hummingbird

/// Topics, maps and what is new.
enum ExploringOperations {
    static let all = [topics, map, digest, feed]

    /// How long a request waits for topics or a map before it says that they are being made.
    private static let patience = Duration.seconds(10)

    private static let topics = APIOperation(
        method: .get, path: "/api/v1/topics", name: "topics", summary: "List the topics of all papers.",
        details: "The first call after a change makes them, which takes seconds to minutes; calls that would wait too "
            + "long end with 503, a share that is done, and the header Retry-After.",
        answer: .json("The topics, the largest first.", reportSchema(TopicsReport.self))
    ) { call in
        try await call.cached {
            switch try await call.library.explorations.topics(patience: patience) {
            case .done(let index): try .json(TopicsReport(index.answer))
            case .running(let fraction): throw Problem.beingMade("The topics are", fraction)
            }
        }
    }

    private static let map = APIOperation(
        method: .get, path: "/api/v1/map", name: "map", summary: "Give all papers their places on a map.",
        details: "Papers on like subjects lie close together. It is made as the topics are.",
        answer: .json("The map.", reportSchema(PlacesReport.self))
    ) { call in
        try await call.cached {
            switch try await call.library.explorations.map(patience: patience) {
            case .done(let map): try .json(PlacesReport(map))
            case .running(let fraction): throw Problem.beingMade("The map is", fraction)
            }
        }
    }

    // MARK: - What is new

    private static let since = APIParameter(
        "days", .integer(1...3650), "How many days back papers count. Default: \(usualDays).")

    private static let usualDays = 7

    private static let digest = APIOperation(
        method: .get, path: "/api/v1/digest", name: "digest",
        summary: "Tell what is new on the questions that the library watches.", parameters: [since],
        answer: .json("The new papers, by question.", reportSchema(DigestReport.self))
    ) { call in
        let time = startOfDigest(call)
        return try .json(await call.engine { DigestReport(try $0.digest(since: time)) })
    }

    private static let feed = APIOperation(
        method: .get, path: "/api/v1/feed", name: "feed", summary: "Give the same as an Atom feed.",
        parameters: [since, APIParameter("question", .text(), "The name of one question.")],
        answer: .text("The feed.", "application/atom+xml"), errors: [404]
    ) { call in
        let (time, name) = (startOfDigest(call), call.parameters.text("question"))
        let text = try await call.engine { try DigestFeed(of: $0, question: name, since: time).text }
        return .text(text, type: "application/atom+xml")
    }

    private static func startOfDigest(_ call: APICall) -> Int {
        NewPage.start(daysAgo: call.parameters.integer("days") ?? usualDays)
    }
}

extension Problem {
    /// Something takes longer than a request waits.
    fileprivate static func beingMade(_ what: String, _ fraction: Double) -> Problem {
        Problem(
            .serviceUnavailable, "\(what) being made: \(Int((fraction * 100).rounded())) % are done.",
            headers: [.retryAfter: "5"])
    }
}

/// A map as data.
struct PlacesReport: Codable, Sendable {
    struct Place: Codable, Sendable {
        var id: String
        var title: String
        var year: Int?
        var x: Float
        var y: Float
        /// The place of its topic in the list of topics.
        var topic: Int?
    }

    var papers: [Place]
    var topics: [MapReport.Entry]
    /// The papers that have no vector and therefore no place.
    var unplaced: Int

    init(_ map: PaperMap) {
        papers = map.points.map {
            Place(id: $0.id, title: $0.title, year: $0.year, x: $0.x, y: $0.y, topic: $0.topic)
        }
        topics = MapReport(map, output: "").topics
        unplaced = map.unplacedCount
    }
}
