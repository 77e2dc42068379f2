import Akin
import Foundation
import Hummingbird

/// A request for an operation, after the checks of its parameters.
struct APICall: Sendable {
    let request: Request
    let context: ServerContext
    let parameters: RequestParameters
    let server: ServerState
    let library: ServedLibrary

    /// The value of a parameter of the path, decoded.
    ///
    /// - Throws: ``Problem`` for a value that is no UTF-8.
    func pathParameter(_ name: String) throws(Problem) -> String {
        guard let value = context.parameters.get(name)?.removingPercentEncoding, !value.utf8.contains(0) else {
            throw .invalid(name, "is no text in UTF-8")
        }
        return value
    }

    /// Does work that takes the engine, when its turn comes, on a thread of the engine's own.
    ///
    /// - Throws: What `body` throws; ``Problem`` if the time for a request is over first.
    func engine<Result: Sendable>(
        _ body: @escaping @Sendable (Library) throws -> Result
    ) async throws -> Result {
        try await server.engine(library.library, body)
    }
}
