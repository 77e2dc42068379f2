package import Akin
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
package import ServerSettings
import ServiceLifecycle
import UnixSignals

/// A server of libraries: the page, the HTTP API and the agents' protocol.
package struct Server: Sendable {
    private let state: ServerState
    private let logger: Logger

    /// Opens the libraries.
    ///
    /// - Parameters:
    ///   - settings: How the server is to run.
    ///   - token: What requests must bring; `nil` for a server that asks for none.
    ///   - log: Takes the lines of the log, each an object of JSON.
    /// - Throws: `AkinError` for a library that cannot be opened, and for settings that cannot be.
    package init(
        _ settings: ServerSettings, token: String?, log: @escaping @Sendable (String) -> Void
    ) throws(AkinError) {
        let logger = Logger(label: "akin") { _ in JSONLogHandler(write: log) }
        state = try ServerState(settings, token: token) { logger.warning("\($0)") }
        self.logger = logger
    }

    /// Answers requests until a signal asks the process to end, and then until those are answered that have begun.
    ///
    /// - Parameters:
    ///   - endsOnSignals: Whether signals end it. They do nothing else to the process from then on, nor to those that it
    ///     starts.
    ///   - onStart: Called with the port when requests can come.
    /// - Throws: The system's error, if the address is taken.
    package func run(endsOnSignals: Bool = true, onStart: @escaping @Sendable (Int) async -> Void) async throws {
        let settings = state.settings
        let application = Application(
            responder: router.buildResponder(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ClientHandler()], idleTimeout: .seconds(30),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 256 * 1024, maxHeaderListSize: 256 * 1024,
                        maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: "akin",
                availableConnectionsDelegate: .maximum(Self.mostConnections, logger: logger)),
            onServerRunning: { channel in await onStart(channel.localAddress?.port ?? settings.port) },
            logger: logger)
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: application)], gracefulShutdownSignals: endsOnSignals ? [.sigterm, .sigint] : [],
            logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.longestEnd
        try await ServiceGroup(configuration: configuration).run()
    }

    /// The time that requests have to end when the server does.
    private static let longestEnd = Duration.seconds(40)

    private static let mostConnections = 1_024

    // MARK: - Routes

    /// All operations of the API.
    static let operations =
        SearchOperations.all + PaperOperations.all + ExploringOperations.all + ExportOperations.all
        + EditingOperations.all + EmbeddingOperations.all + HealthOperations.all

    private var router: Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        let state = state
        let paths = PathMethods(
            Self.operations.map { ($0.path, $0.method) } + PageRoutes.methods
                + [("/mcp", .post), ("/openapi.json", .get)])
        router.add(
            middleware: Guard(
                state: state, gate: RequestGate(),
                errors: { problem, request in Self.response(to: problem, request, state) },
                methods: { paths.methods(of: $0) }))
        router.add(middleware: GzipMiddleware())
        for operation in Self.operations {
            router.on(RouterPath(operation.path), method: operation.method) { request, context in
                try await Self.respond(operation, request, context, state)
            }
        }
        let description = OpenAPIDocument(operations: Self.operations)
        router.get("/openapi.json") { _, _ in try Response.json(description.json) }
        PageRoutes(server: state).add(to: router)
        let agents = AgentEndpoint(server: state)
        router.post("/mcp") { request, context in try await agents.respond(request, context) }
        return router
    }

    /// Writes an error for whoever asks: a page for a browser, problem details for a program.
    private static func response(to problem: Problem, _ request: Request, _ state: ServerState) -> Response {
        let name = FormFields(encoded: request.uri.query ?? "").text("library")
        let isForProgram = ["/api/", "/v1/", "/mcp", "/openapi.json"].contains { request.uri.path.hasPrefix($0) }
        let isPage = !isForProgram && request.headers[.accept].map { $0.contains("text/html") || $0 == "*/*" } ?? false
        guard isPage,
            let frame = (try? PageFrame(request, state, library: name))
                ?? (try? PageFrame(request, state, library: nil))
        else { return problem.response }
        return problem.status == .unauthorized
            ? OtherPages.login(frame, failed: false, status: .unauthorized) : OtherPages.error(problem, frame)
    }

    /// Checks a request for an operation, and answers it.
    private static func respond(
        _ operation: APIOperation, _ request: Request, _ context: ServerContext, _ state: ServerState
    ) async throws -> Response {
        if operation.writes, !state.settings.isWritable {
            throw Problem(.forbidden, "This server changes nothing. --writable lets it.")
        }
        let parameters = try RequestParameters(query: request.uri.query, for: operation.allParameters)
        let library = try state.library(named: operation.isOfLibrary ? parameters.text("library") : nil)
        return try await operation.respond(
            APICall(request: request, context: context, parameters: parameters, server: state, library: library))
    }
}

/// Which methods the paths of a server have.
struct PathMethods: Sendable {
    private let paths: [(parts: [Substring], method: HTTPRequest.Method)]

    init(_ paths: [(path: String, method: HTTPRequest.Method)]) {
        self.paths = paths.map { ($0.path.split(separator: "/"), $0.method) }
    }

    /// The methods of a path. A known part between braces stands for any text.
    func methods(of path: String) -> [HTTPRequest.Method] {
        let parts = path.split(separator: "/")
        return paths.filter { known in
            known.parts.count == parts.count && zip(known.parts, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }.map(\.method)
    }
}
