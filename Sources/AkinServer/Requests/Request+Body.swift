import AkinAgents
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ParallelLoops

extension Request {
    /// The time that a body in memory has to arrive.
    private static let bodyTime = Duration.seconds(20)

    /// The body of the request.
    ///
    /// - Parameter limit: The most bytes.
    /// - Returns: The body.
    /// - Throws: ``Problem``: 413 for one that is too long, 408 for one that comes too slowly, 400 for one that is cut
    ///   short.
    func wholeBody(upTo limit: Int) async throws -> ByteBuffer {
        let body = body
        do {
            return try await withinTime(Self.bodyTime) { try await body.collect(upTo: limit) }
        } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge, "The body has more than \(limit) bytes.")
        } catch let problem as Problem where problem.status == .serviceUnavailable {
            throw Problem(.requestTimeout, "The body did not arrive in time.")
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw Problem(.contentTooLarge, "The body has more than \(limit) bytes.")
        } catch {
            throw Problem(.badRequest, "The body is cut short, or is none of HTTP.")
        }
    }

    /// The body of the request as JSON.
    ///
    /// - Parameter limit: The most bytes.
    /// - Returns: The value.
    /// - Throws: ``Problem``, as ``wholeBody(upTo:)``; 415 for another type, 400 for what is no JSON or nests too deep.
    func jsonBody(upTo limit: Int) async throws -> JSONValue {
        let type = headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() } ?? ""
        guard type == "application/json" || type.hasSuffix("+json") else {
            throw Problem(.unsupportedMediaType, "The body is of the type application/json.")
        }
        let bytes = try await wholeBody(upTo: limit)
        return try await inBackground {
            guard let value = JSONValue(parsing: Array(bytes.readableBytesView)) else {
                throw Problem(.badRequest, "The body is no JSON, or nests deeper than \(JSONValue.deepest).")
            }
            return value
        }
    }
}
