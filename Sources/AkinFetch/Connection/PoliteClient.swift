import AsyncHTTPClient
import Foundation
import Gunzip
import NIOCore
import NIOHTTP1
import NIOPosix
import Papers

/// Asks services, one request at a time, and no more often than each of them wants to be asked.
///
/// A request that fails for a reason that may pass is made again, see `RetryPolicy`.
actor PoliteClient {
    /// The time that a request may take.
    private static let timeLimit = TimeAmount.seconds(30)

    /// The most bytes that an answer may have. A hundred works of OpenAlex have some five million.
    private static let mostBytes = 128 << 20

    private let client: HTTPClient
    private let userAgent: String
    private let interval: Double?
    private let policy: RetryPolicy
    private let showsWaiting: Bool
    private var earliest: [Service: ContinuousClock.Instant] = [:]

    /// Prepares a client; it connects to nobody yet.
    ///
    /// - Parameters:
    ///   - mailTo: The address that the requests name, if any.
    ///   - interval: The least number of seconds between two requests to a service; `nil` is each service's own. The
    ///     first repetition of a request waits as long.
    ///   - showsWaiting: Whether a terminal shows what the client waits for.
    init(mailTo: String?, interval: Double?, showsWaiting: Bool) {
        var configuration = HTTPClient.Configuration()
        configuration.timeout = .init(connect: Self.timeLimit, read: Self.timeLimit)
        // A connection that fails is told and made again here.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        userAgent = "akin/\(releaseVersion)" + (mailTo.map { " (mailto:\($0))" } ?? "")
        self.interval = interval
        policy = RetryPolicy(firstWait: interval ?? 1)
        self.showsWaiting = showsWaiting
    }

    deinit {
        // The process ends with the client. Nobody waits for connections to close.
        client.shutdown { _ in }
    }

    /// Asks a service.
    ///
    /// - Parameters:
    ///   - service: The service.
    ///   - address: What to ask for.
    /// - Returns: The answer, `nil` if the service knows nothing by the address (404).
    /// - Throws: `FetchError` with `noAnswer` or `refused`, or `CancellationError`.
    func answer(of service: Service, to address: String) async throws -> Answer? {
        var retry = 1
        while true {
            try await waitForTurn(of: service)
            let attempt = await attempt(address)
            earliest[service] = .now + .seconds(interval ?? service.leastInterval)
            try Task.checkCancellation()
            let host = URL(string: address)?.host() ?? address
            switch attempt {
            case .answered(200..<300, let bytes, _): return Answer(bytes: bytes, service: service, host: host)
            case .answered(404, _, _): return nil
            case .answered(let status, let bytes, let asked):
                let isPassing = RetryPolicy.isPassing(status: status)
                guard isPassing, let seconds = policy.wait(before: retry, asked: asked) else {
                    throw Refusal(host: host, service: service, status: status, tries: retry, asked: asked)
                        .error(saying: bytes)
                }
                try await wait(seconds, for: "\(host) answered \(status)")
            case .failed(let reason):
                guard let seconds = policy.wait(before: retry, asked: nil) else {
                    throw FetchError(
                        .noAnswer, "Cannot get papers from \(host): \(reason), \(retry) times in a row",
                        remedy: "Check the connection, and try again later.")
                }
                try await wait(seconds, for: "\(host): \(reason)")
            }
            retry += 1
        }
    }

    private func waitForTurn(of service: Service) async throws {
        guard let instant = earliest[service], instant > .now else { return }
        try await Task.sleep(until: instant, clock: .continuous)
    }

    private func wait(_ seconds: Double, for reason: String) async throws {
        if showsWaiting { ProgressLine.draw("\(reason); next try in \(Int(seconds.rounded(.up))) s") }
        try await Task.sleep(for: .seconds(seconds))
    }

    /// How a request went.
    private enum Attempt {
        case answered(status: Int, bytes: [UInt8], secondsAsked: Double?)
        case failed(reason: String)
    }

    private func attempt(_ address: String) async -> Attempt {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "User-Agent", value: userAgent)
        request.headers.add(name: "Accept-Encoding", value: "gzip")
        do {
            let response = try await client.execute(request, timeout: Self.timeLimit)
            let body = try await response.body.collect(upTo: Self.mostBytes)
            let bytes = Array(body.readableBytesView)
            return .answered(
                status: Int(response.status.code),
                bytes: GzipDecoder.recognizes(bytes) ? try gunzip(bytes, limit: Self.mostBytes) : bytes,
                secondsAsked: response.headers.first(name: "Retry-After").flatMap(RetryPolicy.secondsAsked))
        } catch let error as HTTPClientError {
            return .failed(reason: Self.words(for: error))
        } catch is NIOConnectionError {
            return .failed(reason: "it cannot be reached")
        } catch let error as GzipError {
            return .failed(reason: error.message)
        } catch is NIOTooManyBytesError {
            return .failed(reason: "its answer has more than \(Self.mostBytes >> 20) MB")
        } catch {
            return .failed(reason: "the connection failed (\(error))")
        }
    }

    private static func words(for error: HTTPClientError) -> String {
        switch error {
        case .connectTimeout, .readTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout:
            "it did not answer within 30 seconds"
        case .remoteConnectionClosed: "it cut the connection"
        default: "the connection failed (\(error.shortDescription))"
        }
    }
}

/// An answer that refuses what was asked for.
private struct Refusal {
    let host: String
    let service: Service
    let status: Int
    let tries: Int
    let asked: Double?

    /// The error, with what the service says about it.
    func error(saying bytes: [UInt8]) -> FetchError {
        let reason = Answer(bytes: bytes, service: service, host: host).reason
        let name = HTTPResponseStatus(statusCode: status).reasonPhrase
        let often = tries > 1 ? ", \(tries) times in a row" : ""
        let words = reason.map { ": \($0)" } ?? ""
        return FetchError(.refused, "\(host) answered \(status) \(name)\(often)\(words)", remedy: remedy)
    }

    private var remedy: String {
        if status == 429, let asked, asked > RetryPolicy.longestWait {
            return "It wants to be asked again in \(Int((asked / 60).rounded(.up))) minutes at the earliest." + keyHint
        }
        switch status {
        case 429: return "Try again later, with --mailto, or with a longer --interval." + keyHint
        case 401, 403, 409: return "Give an address with --mailto, and try again later." + keyHint
        case 500...: return "Try again later."
        default: return "Check the query."
        }
    }

    private var keyHint: String {
        service == .openAlex ? " OpenAlex gives keys for more; set yours as $OPENALEX_API_KEY." : ""
    }
}
