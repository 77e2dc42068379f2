import AkinAgents
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension APICall {
    /// The longest body of JSON.
    static let longestBody = 1 << 20

    /// The time that a body of JSON has to arrive.
    private static let bodyTime = Duration.seconds(20)

    /// The body of the request.
    ///
    /// - Throws: ``Problem``: 413 for one that is too long, 408 for one that comes too slowly.
    func wholeBody(upTo limit: Int = APICall.longestBody) async throws -> Data {
        let body = request.body
        do {
            let bytes = try await withinTime(Self.bodyTime) { try await body.collect(upTo: limit) }
            return Data(bytes.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge, "The body has more than \(limit) bytes.")
        } catch let problem as Problem where problem.status == .serviceUnavailable {
            throw Problem(.requestTimeout, "The body did not arrive in time.")
        }
    }

    /// The body of the request as an object of JSON.
    ///
    /// - Throws: ``Problem``, as ``wholeBody(upTo:)``; 415 for another type, 400 for what is no object.
    func jsonBody(upTo limit: Int = APICall.longestBody) async throws -> [String: JSONValue] {
        let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() } ?? ""
        guard type == "application/json" || type.hasSuffix("+json") else {
            throw Problem(.unsupportedMediaType, "The body is of the type application/json.")
        }
        let body = try await wholeBody(upTo: limit)
        guard body.nestingDepth <= Self.deepestNesting else {
            throw Problem(.badRequest, "The body nests deeper than \(Self.deepestNesting).")
        }
        guard case .object(let object)? = try? JSONDecoder().decode(JSONValue.self, from: body) else {
            throw Problem(.badRequest, "The body is no object of JSON.")
        }
        return object
    }

    private static let deepestNesting = 32

    /// Answers from what the client has, if the library has not changed since.
    func cached(_ answer: () async throws -> Response) async throws -> Response {
        let tag = library.tag
        if let known = request.headers[.ifNoneMatch],
            known == "*" || known.split(separator: ",").contains(where: { $0.trimmingSpace == tag })
        {
            return Response(status: .notModified, headers: [.eTag: tag, .cacheControl: "private, no-cache"])
        }
        return try await answer().tagged(tag)
    }
}

extension Substring {
    fileprivate var trimmingSpace: String {
        String(trimmingPrefix(while: \.isWhitespace))
    }
}

extension Data {
    /// How deep brackets nest outside of strings, in a text that may be JSON.
    var nestingDepth: Int {
        var (depth, deepest) = (0, 0)
        var (isString, isEscaped) = (false, false)
        for byte in self {
            if isString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                deepest = Swift.max(deepest, depth)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
        }
        return deepest
    }
}
