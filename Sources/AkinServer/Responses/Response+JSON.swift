import AkinReports
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A report, with the keys that the command line prints.
    static func json(_ report: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        .bytes(try encodedJSON(report, isIndented: false), type: "application/json", status: status)
    }

    /// A text.
    static func text(_ text: String, type: String, status: HTTPResponse.Status = .ok) -> Response {
        .bytes(Data(text.utf8), type: type + "; charset=utf-8", status: status)
    }

    static func bytes(_ bytes: Data, type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The response with a tag for the state of the library, so that a client that has it already need not get it again.
    func tagged(_ tag: String) -> Response {
        var response = self
        response.headers[.eTag] = tag
        response.headers[.cacheControl] = "private, no-cache"
        return response
    }
}
