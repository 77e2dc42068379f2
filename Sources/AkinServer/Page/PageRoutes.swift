import Akin
import AkinReports
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Papers
import ServerSettings

/// The addresses of the page.
struct PageRoutes: Sendable {
    let server: ServerState

    /// The paths with their methods, for requests with another one.
    static let methods: [(path: String, method: HTTPRequest.Method)] =
        [
            "/", "/paper", "/why", "/topics", "/map", "/new", "/feed", "/libraries", "/add", "/help", "/api", "/file",
            "/login", "/app.css", "/app.js",
        ].map { ($0, .get) }
        + (["/export", "/login", "/do/add"] + PageForms.actions).map { ($0, .post) }

    func add(to router: Router<ServerContext>) {
        page(router, "/") { frame, fields in
            let part = fields.text("part").flatMap(SearchPage.Part.init) ?? .whole
            return try await SearchPage(frame: frame, question: question(fields, frame)).response(part)
        }
        page(router, "/paper") { frame, fields in
            try await PaperPage(frame: frame, id: try named("id", fields)).response()
        }
        page(router, "/why") { frame, fields in
            try await ComparisonPage(
                frame: frame, first: try named("first", fields), second: try named("second", fields)
            ).response()
        }
        page(router, "/topics") { frame, _ in try await TopicsPage(frame: frame).response() }
        page(router, "/map") { frame, _ in try await MapView(frame: frame).response() }
        page(router, "/new") { frame, _ in try await NewPage(frame: frame).response() }
        page(router, "/feed") { frame, fields in try await NewPage.feed(of: fields.text("question"), frame) }
        page(router, "/libraries") { frame, _ in try await OtherPages.libraries(frame) }
        page(router, "/help") { frame, _ in OtherPages.help(frame) }
        page(router, "/api") { frame, _ in ReferencePage(frame: frame).response }
        page(router, "/login") { frame, _ in OtherPages.login(frame, failed: false) }
        page(router, "/file") { frame, fields in try await file(of: fields.text("id") ?? "", frame) }
        page(router, "/add") { frame, _ in
            try checkWritable()
            return OtherPages.add(frame)
        }
        resource(router, "/app.css", PackageResources.app_css, type: "text/css")
        resource(router, "/app.js", Self.script, type: "text/javascript")
        PageForms(server: server).add(to: router)
    }

    /// The parts of the script, which together are one module.
    private static let script = Array(
        [
            PackageResources.basics_js, PackageResources.asking_js, PackageResources.papers_js,
            PackageResources.keys_js, PackageResources.adding_js,
        ].joined(separator: "\n".utf8))

    /// Answers GET with a page.
    private func page(
        _ router: Router<ServerContext>, _ path: String,
        _ answer: @escaping @Sendable (PageFrame, FormFields) async throws -> Response
    ) {
        router.get(RouterPath(path)) { [server] request, _ in
            let fields = FormFields(encoded: request.uri.query ?? "")
            return try await answer(try PageFrame(request, server, library: fields.text("library")), fields)
        }
    }

    /// What a paper is called in the address.
    private func named(_ name: String, _ fields: FormFields) throws(Problem) -> String {
        guard let value = fields.text(name), !value.isEmpty else {
            throw Problem(.notFound, "The address names no paper.")
        }
        return value
    }

    private func question(_ fields: FormFields, _ frame: PageFrame) -> PageQuestion {
        var question = PageQuestion(fields)
        question.library = frame.libraryField
        return question
    }

    private func checkWritable() throws(Problem) {
        guard server.settings.isWritable else {
            throw Problem(.forbidden, "This server changes nothing. --writable lets it.")
        }
    }

    /// Answers with bytes that stay the same as long as the program does.
    private func resource(_ router: Router<ServerContext>, _ path: String, _ bytes: [UInt8], type: String) {
        let data = Data(bytes)
        let tag = "\"\(Library.version)-\(data.count)-\(String(checksum(bytes), radix: 36))\""
        router.get(RouterPath(path)) { request, _ in
            if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: [.eTag: tag]) }
            return Response.bytes(data, type: type + "; charset=utf-8").tagged(tag)
        }
    }

    /// FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>.
    private func checksum(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// The document of a paper, to whoever sits at this machine.
    private func file(of id: String, _ frame: PageFrame) async throws -> Response {
        let absent = Problem(.notFound, "The paper has no file that this server shows.")
        guard server.access.isLocal else { throw absent }
        let file = try await server.engine(frame.library.library) { AttachedFile(of: try $0.paper(named: id)) }
        guard let file else { throw absent }
        let data = try await frame.library.library.inBackground { _ in
            try Data(contentsOf: URL(filePath: file.path), options: .alwaysMapped)
        }
        var response = Response.bytes(data, type: file.type)
        response.headers[.contentDisposition] = "inline"
        response.headers[.contentSecurityPolicy] = "sandbox; default-src 'none'; frame-ancestors 'none'"
        return response
    }
}
