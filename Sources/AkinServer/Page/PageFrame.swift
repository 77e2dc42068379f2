import AkinAgents
import Foundation
import HTTPTypes
import Hummingbird
import ServerSettings

/// What surrounds every page: the names and addresses of its head, and what was just done.
struct PageFrame: Sendable {
    let server: ServerState
    let library: ServedLibrary
    /// The path and query of the page.
    let address: String
    /// What was just done; `nil` if nothing was.
    let notice: String?

    /// Reads a request.
    ///
    /// - Throws: ``Problem`` with status 404 for a library that is not served.
    init(_ request: Request, _ server: ServerState, library name: String?) throws(Problem) {
        self.server = server
        library = try server.library(named: name)
        // A part of a page is no place to come back to.
        address = (request.head.path ?? "/").replacing(/[?&]part=[a-z]*/, with: "")
        notice = request.cookies[Self.noticeCookie]?.value.removingPercentEncoding.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The cookie that carries what was done over to the next page.
    static let noticeCookie = "akin-notice"

    /// The name of the library for addresses: `nil` for the first.
    var libraryField: String? { library.name == server.libraries[0].name ? nil : library.name }

    func href(_ path: String, _ fields: [(name: String, value: String)] = []) -> String {
        PageQuestion.address(path, fields, library: libraryField)
    }

    /// The topics of the library, if a question needs them and they are known, or soon are.
    func topics(for question: PageQuestion) async throws -> TopicIndex? {
        if let known = library.explorations.knownTopics { return known }
        guard question.chosen["topic"] != nil else { return nil }
        guard case .done(let index) = try await library.explorations.topics(patience: .seconds(5)) else { return nil }
        return index
    }

    func paperHref(_ id: String) -> String { href("/paper", [("id", id)]) }

    /// The places of the page that its head names.
    private var places: [(label: String, path: String)] {
        [("Search", "/"), ("Topics", "/topics"), ("Map", "/map"), ("New", "/new")]
            + (server.settings.isWritable ? [("Add", "/add")] : []) + [("Help", "/help")]
    }

    /// The keys of every page.
    ///
    /// - Parameters:
    ///   - title: The title of the window.
    ///   - path: The path of the page, for the head.
    /// - Returns: The keys.
    func context(title: String, path: String) -> [String: JSONValue] {
        [
            "pageTitle": .string(title.isEmpty ? "Akin" : "\(title) – Akin"),
            "libraryName": .string(library.name), "severalLibraries": .bool(server.libraries.count > 1),
            "libraryChoices": .list(
                server.libraries.enumerated().map { place, served in
                    [
                        "label": .string(served.name), "current": .bool(served.name == library.name),
                        "href": .string(
                            PageQuestion.address("/", [], library: place == 0 ? nil : served.name)),
                    ]
                }),
            "libraryField": .text(libraryField), "homeHref": .string(href("/")),
            "librariesHref": .string(href("/libraries")), "helpHref": .string(href("/help")), "apiHref": "/api",
            "nav": .list(
                places.map {
                    ["label": .string($0.label), "href": .string(href($0.path)), "current": .bool($0.path == path)]
                }),
            "writable": .bool(server.settings.isWritable), "address": .string(address), "notice": .text(notice),
        ]
    }

    /// A page as a response.
    ///
    /// - Parameters:
    ///   - template: The name of the template.
    ///   - title: The title of the window.
    ///   - path: The path of the page, for the head.
    ///   - context: The keys of the template.
    ///   - status: The status.
    /// - Returns: The response.
    func response(
        _ template: String, title: String, path: String, _ context: [String: JSONValue],
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let all = self.context(title: title, path: path).merging(context) { _, own in own }
        var response = Response.text(PageTemplates.shared.render(template, all), type: "text/html", status: status)
        if notice != nil { response.headers.append(HTTPField(name: .setCookie, value: Self.noticeCookie(""))) }
        return response
    }

    /// The header that sets the cookie for what was done; an empty text removes it.
    static func noticeCookie(_ notice: String) -> String {
        let value = String(notice.prefix(300)).addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return "\(noticeCookie)=\(value); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(notice.isEmpty ? 0 : 10)"
    }
}
