import Akin
import AkinAgents
import AkinServer
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Papers
import ServerSettings
import Synchronization

/// A server of a small library, at a free port of this machine.
struct TestServer: Sendable {
    let port: Int
    let library: Library
    /// The lines of the server's log.
    let log: LogLines
    private let client: HTTPClient

    /// What a server answered.
    struct Reply: Sendable {
        var status: Int
        fileprivate var headers: HTTPHeaders
        var body: Data

        var text: String { String(decoding: body, as: UTF8.self) }

        func header(_ name: String) -> String? { headers[name].first }

        var json: JSONValue? { try? JSONDecoder().decode(JSONValue.self, from: body) }
    }

    final class LogLines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        @Sendable func append(_ line: String) { lines.withLock { $0.append(line) } }
    }

    static let papers =
        (0..<40).map { number in
            Paper(
                id: "p\(number)", title: "Caches of keys, part \(number)",
                abstract: "A cache of keys and values in memory. Paper \(number) is on memory.",
                authors: ["Ada Reader", "Bo Lee"], year: 2000 + number % 20, venue: number % 2 == 0 ? "VLDB" : "ICML")
        } + [
            Paper(
                id: "doi:10.1145/1.2", title: "Pandas eat bamboo", abstract: "Pandas like bamboo.", year: 2021,
                tags: ["zoo"])
        ]

    /// Calls `body` with a server, and ends it.
    ///
    /// - Parameters:
    ///   - papers: The papers of its library.
    ///   - token: The token that it asks for.
    ///   - isWritable: Whether it changes its library.
    ///   - allowedHosts: Further names that it is asked by.
    ///   - body: Asks it.
    /// - Throws: What `body` throws.
    static func with(
        _ papers: [Paper] = Self.papers, token: String? = nil, isWritable: Bool = false, allowedHosts: [String] = [],
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let folder = URL.temporaryDirectory.appending(path: "akin-server-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let library = try await Library.open(creatingAt: folder)
        if !papers.isEmpty { try await library.add(papers) }
        var given = ServerSettings(libraries: [ServerSettings.Library(name: "papers", path: folder)])
        given.port = 0
        given.isWritable = isWritable
        given.allowedHosts = allowedHosts
        let log = LogLines()
        let server = try Server(given, token: token, log: log.append)
        let (ports, started) = AsyncStream<Int>.makeStream()
        let running = Task {
            defer { started.finish() }
            try await server.run(endsOnSignals: false) { started.yield($0) }
        }
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let outcome: Result<Void, any Error>
        do {
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else { throw CancellationError() }
            try await body(TestServer(port: port, library: library, log: log, client: client))
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        running.cancel()
        _ = try? await running.value
        try await client.shutdown()
        try outcome.get()
    }

    func get(_ path: String, _ headers: [(String, String)] = []) async throws -> Reply {
        try await send("GET", path, headers)
    }

    /// Sends an object of JSON.
    func send(
        _ method: String, _ path: String, json: JSONValue, _ headers: [(String, String)] = []
    ) async throws -> Reply {
        try await send(
            method, path, [("Content-Type", "application/json")] + headers, body: try JSONEncoder().encode(json))
    }

    /// Sends a form.
    func post(_ path: String, form: [(String, String)], _ headers: [(String, String)] = []) async throws -> Reply {
        func encoded(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        let body = form.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
        return try await send(
            "POST", path, [("Content-Type", "application/x-www-form-urlencoded")] + headers, body: Data(body.utf8))
    }

    func send(
        _ method: String, _ path: String, _ headers: [(String, String)] = [], body: Data? = nil
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await client.execute(request, timeout: .seconds(300))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return Reply(status: Int(response.status.code), headers: response.headers, body: Data(bytes.readableBytesView))
    }
}
