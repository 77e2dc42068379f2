import Akin
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// What stands before every operation and page: counts and logs requests, refuses those that must not be answered,
/// turns errors into responses, and gives every response the headers that keep a browser safe.
struct Guard: RouterMiddleware {
    typealias Context = ServerContext

    let state: ServerState
    let gate: RequestGate
    /// Writes an error for whoever asks: a page for a browser, problem details for a program.
    let errors: @Sendable (Problem, Request) -> Response
    /// Methods that a path has, for requests with another one.
    let methods: @Sendable (String) -> [HTTPRequest.Method]

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.requestID = Self.requestID(of: request)
        let client = state.access.client(of: request, context)
        state.metrics.begin()
        var response: Response
        do {
            response = try await CurrentClient.$channel.withValue(context.channel) {
                try await answer(request, context, client, next)
            }
        } catch {
            let problem = problem(error, request, context)
            response = errors(problem, request)
        }
        addHeaders(to: &response, request, context)
        // An answer to HEAD has the length of a body, and none.
        if request.method == .head, let length = response.body.contentLength {
            response.headers[.contentLength] = String(length)
            response.body = ResponseBody()
        }
        let duration = ContinuousClock.now - start
        let path = context.endpointPath ?? "unknown"
        state.metrics.end(
            path: path, method: request.method.rawValue, status: response.status.code, duration: duration)
        context.logger.info(
            "request",
            metadata: [
                "id": "\(context.requestID)", "client": "\(client)", "method": "\(request.method.rawValue)",
                "path": "\(path)", "status": "\(response.status.code)",
                "milliseconds": "\((duration / .milliseconds(1) * 100).rounded() / 100)",
            ])
        return response
    }

    private func answer(
        _ request: Request, _ context: ServerContext, _ client: String,
        _ next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard request.head.path?.utf8.count ?? 0 <= Self.longestAddress else {
            throw Problem(.uriTooLong, "The address has more than \(Self.longestAddress) bytes. Use POST.")
        }
        try state.access.check(request, isOpen: Self.openPaths.contains(request.uri.path))
        // Whoever watches over the server is answered, however busy it is.
        if request.method == .get, Self.openPaths.contains(request.uri.path) { return try await next(request, context) }
        let ticket = try gate.enter(client)
        var response = try await next(request, context)
        if response.body.contentLength == nil {
            // What is written piece by piece counts until the last one.
            let body = response.body
            response.body = ResponseBody { writer in
                defer { withExtendedLifetime(ticket) {} }
                try await body.write(PassingWriter(writer))
            }
        }
        return withExtendedLifetime(ticket) { response }
    }

    /// The longest address, query included.
    static let longestAddress = 131_072

    /// What is answered without a token: that the server is there, and the page that asks for the token.
    private static let openPaths: Set<String> = ["/healthz", "/readyz", "/login", "/app.css", "/app.js"]

    // MARK: - Errors

    private func problem(_ error: any Error, _ request: Request, _ context: ServerContext) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as AkinError: return withoutPaths(Problem(error))
        case is HTTPParserError: return Problem(.badRequest, "The request is none of HTTP.")
        case is CancellationError: return Problem(.serviceUnavailable, "The server ends.")
        case let error as HTTPError where error.status == .notFound:
            let methods = methods(request.uri.path)
            if methods.isEmpty { return Problem(.notFound, "There is nothing at '\(request.uri.path)'.") }
            let all = Set(methods.map(\.rawValue) + (methods.contains(.get) ? ["HEAD"] : []))
            let names = all.sorted().joined(separator: ", ")
            return Problem(
                .methodNotAllowed, "'\(request.uri.path)' takes \(names).", headers: [.allow: names])
        case let error as HTTPError: return Problem(error.status, error.body ?? error.status.reasonPhrase)
        default:
            let known = AkinError(translating: error)
            if known.code != .internalFailure { return withoutPaths(Problem(known)) }
            context.logger.error("failure", metadata: ["id": "\(context.requestID)", "error": "\(error)"])
            return Problem(.internalServerError, "The server failed. Its log has the reason, under the request's id.")
        }
    }

    /// The problem with the names of libraries in place of their folders, which are nobody's business elsewhere.
    private func withoutPaths(_ problem: Problem) -> Problem {
        var problem = problem
        problem.detail = state.withoutPaths(problem.detail)
        return problem
    }

    // MARK: - Headers

    private func addHeaders(to response: inout Response, _ request: Request, _ context: ServerContext) {
        response.headers[.xRequestID] = context.requestID
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = Self.contentPolicy
        }
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        if state.access.isSecure(request) { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    }

    private static let contentPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// The id that the client gives its request, if it is a short word, or a new one.
    private static func requestID(of request: Request) -> String {
        if let given = request.headers[.xRequestID], (1...64).contains(given.utf8.count),
            given.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") })
        {
            return given
        }
        return String(UInt64.random(in: .min ... .max), radix: 36)
    }
}

/// Hands what a body writes to another writer.
private struct PassingWriter: ResponseBodyWriter {
    private var writer: any ResponseBodyWriter

    init(_ writer: any ResponseBodyWriter) { self.writer = writer }

    mutating func write(_ buffer: ByteBuffer) async throws { try await writer.write(buffer) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws { try await writer.finish(trailingHeaders) }
}
