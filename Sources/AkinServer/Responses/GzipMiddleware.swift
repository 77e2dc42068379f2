import HTTPTypes
import Hummingbird
import NIOCore

/// Packs answers for clients that unpack them.
struct GzipMiddleware: RouterMiddleware {
    typealias Context = ServerContext

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard let type = response.headers[.contentType], Self.isText(type) else { return response }
        response.headers[.vary] = "Accept-Encoding"
        guard Self.accepts(request), response.headers[.contentEncoding] == nil,
            let length = response.body.contentLength, length >= Self.shortest
        else { return response }
        let collector = BodyCollector()
        try await response.body.write(collector)
        guard let packed = gzipped(collector.bytes) else { return response }
        response.headers[.contentEncoding] = "gzip"
        response.headers[.contentLength] = nil
        response.body = ResponseBody(byteBuffer: packed)
        return response
    }

    /// What is shorter fits in one packet as it is.
    private static let shortest = 1_400

    private static func isText(_ type: String) -> Bool {
        type.hasPrefix("text/") || type.hasPrefix("application/")
    }

    /// Whether a client unpacks gzip.
    private static func accepts(_ request: Request) -> Bool {
        var weights: [String: Double] = [:]
        for entry in (request.headers[.acceptEncoding] ?? "").lowercased().split(separator: ",") {
            let parts = entry.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
            weights[parts.first ?? ""] = weight ?? 1
        }
        return weights["gzip"] ?? weights["*"] ?? 0 > 0
    }
}

/// Keeps a body.
private final class BodyCollector: ResponseBodyWriter {
    private(set) var bytes = ByteBuffer()

    func write(_ buffer: ByteBuffer) async throws { bytes.writeImmutableBuffer(buffer) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
