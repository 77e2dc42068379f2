import Akin
import AkinAgents
import AkinReports
import Foundation
import HTTPTypes
import Hummingbird

/// The map of all papers, a page of its own.
struct MapView {
    let frame: PageFrame

    /// How long the page waits for the map before it says that it is being made.
    private static let patience = Duration.milliseconds(600)

    func response() async throws -> Response {
        switch try await frame.library.explorations.map(patience: Self.patience) {
        case .running(let fraction):
            return frame.response(
                "topics", title: "Map", path: "/map",
                [
                    "heading": "Map", "summary": "Drawing the map of all papers …", "hasTopics": false, "topics": [],
                    "computing": .object(["computedPart": .string("\(Int((fraction * 100).rounded()))")]),
                ])
        case .done(let map):
            let nonce = String(UInt64.random(in: .min ... .max), radix: 36)
            var page = ""
            try MapPage.html(map, title: frame.library.name, coloredBy: .topic, home: frame.href("/"), nonce: nonce) {
                page += $0
            }
            var response = Response.text(page, type: "text/html")
            response.headers[.contentSecurityPolicy] =
                "default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            return response
        }
    }
}
