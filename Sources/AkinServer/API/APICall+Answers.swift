import AkinAgents
import HTTPTypes
import Hummingbird
import QueryLanguage

extension APICall {
    /// The longest body of JSON.
    static let longestBody = 1 << 20

    /// The body of the request as an object of JSON.
    ///
    /// - Parameter limit: The most bytes.
    /// - Returns: Its members.
    /// - Throws: ``Problem``, as `Request.jsonBody(upTo:)`; 400 for what is no object.
    func jsonBody(upTo limit: Int = APICall.longestBody) async throws -> [String: JSONValue] {
        guard case .object(let object) = try await request.jsonBody(upTo: limit) else {
            throw Problem(.badRequest, "The body is no object of JSON.")
        }
        return object
    }

    /// Answers from what the client has, if the library has not changed since.
    func cached(_ answer: () async throws -> Response) async throws -> Response {
        // What was added in the last days depends on the clock.
        let question = parameters.text("q").flatMap { try? QueryExpression(parsing: $0) }
        if parameters.text("since") != nil || question?.dependsOnClock == true { return try await answer() }
        let tag = library.tag
        // Weak tags are compared without the mark of a weak one.
        let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        if known.contains(where: { $0.trimmingPrefix("W/") == tag.trimmingPrefix("W/") }) {
            return Response(
                status: .notModified,
                headers: [.eTag: tag, .cacheControl: "private, no-cache", .vary: "Accept-Encoding"])
        }
        return try await answer().tagged(tag)
    }
}
