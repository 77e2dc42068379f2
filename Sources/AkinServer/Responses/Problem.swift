import Akin
import AkinReports
import HTTPTypes
import Hummingbird

/// An error as a response: problem details, RFC 9457, <https://www.rfc-editor.org/rfc/rfc9457>, with the code, the
/// remedy and the candidates of ``ErrorReport`` beside.
package struct Problem: Error {
    var status: HTTPResponse.Status
    var detail: String
    /// The error of the engine; `nil` for one of the request.
    var error: ErrorReport.Details?
    var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ detail: String, headers: HTTPFields = [:]) {
        self.status = status
        self.detail = detail
        self.headers = headers
    }

    /// The client did not wait for the answer. Nobody reads this but the log; nginx gives such requests this status.
    static let clientGone = Problem(
        HTTPResponse.Status(code: 499, reasonPhrase: "Client Closed Request"), "The client is gone.")

    /// A parameter with a value that cannot be.
    static func invalid(_ parameter: String, _ reason: String) -> Problem {
        Problem(.badRequest, "The parameter '\(parameter)' \(reason).")
    }

    /// An error of the engine.
    init(_ error: AkinError) {
        guard error.code != .encoderFailed else {
            // Where a model lies is nobody's business on other machines.
            self.init(
                .internalServerError,
                "The encoder of the library cannot be used. akin search --rerank says why, on the machine of the library."
            )
            return
        }
        self.init(Self.status(of: error.code), error.message)
        self.error = ErrorReport(error).error
        if error.code == .locked { headers[.retryAfter] = "1" }
    }

    private static func status(of code: AkinError.Code) -> HTTPResponse.Status {
        switch code {
        case .paperNotFound, .spaceNotFound: .notFound
        case .ambiguousPaper: .conflict
        case .invalidArgument, .unreadableInput: .unprocessableContent
        case .locked, .lockLost, .cancelled, .noLibrary: .serviceUnavailable
        case .needsFolder: .notImplemented
        case .noSpace: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        default: .internalServerError
        }
    }

    /// The number of the status: 404.
    package var statusCode: Int { status.code }

    /// The object that a response holds.
    struct Document: Codable, Hashable, Sendable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var code: String?
        var remedy: ErrorReport.Remedy?
        var candidates: [ErrorReport.Candidate]?
    }

    var document: Document {
        Document(
            type: "about:blank", title: status.reasonPhrase, status: status.code, detail: detail, code: error?.code,
            remedy: error?.remedy, candidates: error?.candidates)
    }

    /// The problem as a response.
    var response: Response {
        var response = (try? Response.json(document, status: status)) ?? Response(status: status)
        response.headers[.contentType] = "application/problem+json"
        response.headers.append(contentsOf: headers)
        return response
    }
}
