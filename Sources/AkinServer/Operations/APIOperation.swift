import HTTPTypes
import Hummingbird

/// An operation of the HTTP API: all that the server and the description of the API need to know of it.
struct APIOperation: Sendable {
    /// What an operation takes as the body of a request.
    struct Body: Sendable {
        let description: String
        /// The schema of a body of JSON; `nil` for a file.
        let schema: JSONSchema?
    }

    /// What an operation answers.
    struct Answer: Sendable {
        let description: String
        let mediaTypes: [String]
        /// The schema of an answer of JSON; `nil` for others.
        let schema: JSONSchema?

        static func json(_ description: String, _ schema: JSONSchema) -> Answer {
            Answer(description: description, mediaTypes: ["application/json"], schema: schema)
        }

        static func text(_ description: String, _ mediaTypes: String...) -> Answer {
            Answer(description: description, mediaTypes: mediaTypes, schema: nil)
        }
    }

    let method: HTTPRequest.Method
    /// The path with names of parameters between braces: `/api/v1/papers/{id}`.
    let path: String
    /// What programs made from the description call it.
    let name: String
    /// One line.
    let summary: String
    var details = ""
    var parameters: [APIParameter] = []
    var body: Body?
    let answer: Answer
    /// The statuses of errors that the operation has besides those of all.
    var errors: [Int] = []
    /// Whether it is about one library, which the parameter `library` names.
    var isOfLibrary = true
    /// Whether it changes the library.
    var writes = false
    let respond: @Sendable (APICall) async throws -> Response

    /// All parameters of the query, that of the library included.
    var allParameters: [APIParameter] { isOfLibrary ? parameters + [Self.library] : parameters }

    /// The names between braces.
    var pathParameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    private static let library = APIParameter(
        "library", .text(), "The name of the library. Default: the first that is served.")
}
