package import Foundation

/// A message of JSON-RPC 2.0 from a client, <https://www.jsonrpc.org/specification>.
package struct RPCMessage: Sendable {
    /// What tells requests apart; `nil` for a notification, which gets no answer.
    package var id: JSONValue?
    package var method: String
    package var parameters: JSONValue

    /// Reads a message.
    ///
    /// - Throws: ``RPCError``: `parseError` for a text that is no JSON, `invalidRequest` for JSON that is no request.
    /// An
    ///   answer of the client is none: this server asks nothing.
    package init(_ text: Data) throws(RPCError) {
        guard let value = JSONValue(parsing: Array(text)) else {
            throw RPCError(.parseError, "The message is no JSON.")
        }
        try self.init(value)
    }

    /// Takes a message that is read already.
    ///
    /// - Throws: ``RPCError`` with code `invalidRequest`.
    package init(_ value: JSONValue) throws(RPCError) {
        guard value["jsonrpc"]?.string == "2.0", let method = value["method"]?.string else {
            throw RPCError(.invalidRequest, "The message is no request of JSON-RPC 2.0.", id: value["id"])
        }
        switch value["id"] {
        case nil: id = nil
        case .string?, .integer?: id = value["id"]
        default: throw RPCError(.invalidRequest, "The id of a request is a text or a whole number.")
        }
        self.method = method
        parameters = value["params"] ?? .object([:])
    }
}

/// Why a request has no result.
package struct RPCError: Error, Hashable, Sendable {
    /// The codes that JSON-RPC and the Model Context Protocol give.
    package enum Code: Int, Sendable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParameters = -32602
        case internalError = -32603
        case resourceNotFound = -32002
    }

    package var code: Code
    package var message: String
    /// The id of the request, if it was read before the error.
    package var id: JSONValue?

    package init(_ code: Code, _ message: String, id: JSONValue? = nil) {
        (self.code, self.message, self.id) = (code, message, id)
    }
}

/// A message of JSON-RPC to a client.
package enum RPCAnswer: Sendable {
    case result(JSONValue, id: JSONValue)
    case error(RPCError, id: JSONValue)
    case notification(method: String, parameters: JSONValue)

    /// The message as JSON on one line.
    package var text: Data {
        let value: JSONValue =
            switch self {
            case .result(let result, let id): ["jsonrpc": "2.0", "id": id, "result": result]
            case .error(let error, let id):
                [
                    "jsonrpc": "2.0", "id": id,
                    "error": ["code": .integer(error.code.rawValue), "message": .string(error.message)],
                ]
            case .notification(let method, let parameters):
                ["jsonrpc": "2.0", "method": .string(method), "params": parameters]
            }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A tree of values without infinities always has a text.
        return (try? encoder.encode(value)) ?? Data("{}".utf8)
    }
}
