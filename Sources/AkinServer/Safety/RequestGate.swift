import HTTPTypes
import Synchronization

/// Limits how many requests are answered at a time, of all clients and of each.
package final class RequestGate: Sendable {
    private let state = Mutex<(all: Int, clients: [String: Int])>((0, [:]))

    /// The most requests at a time.
    package static let most = 512
    /// The most requests of one client at a time.
    package static let mostOfClient = 128

    package init() {}

    /// A request that is being answered, until it goes out of scope.
    package final class Ticket: Sendable {
        private let gate: RequestGate
        private let client: String

        fileprivate init(_ gate: RequestGate, _ client: String) {
            (self.gate, self.client) = (gate, client)
        }

        deinit { gate.leave(client) }
    }

    /// Lets a request in.
    ///
    /// - Throws: ``Problem`` with status 429 if the client has too many, and 503 if all have.
    package func enter(_ client: String) throws(Problem) -> Ticket {
        try state.withLock { state throws(Problem) in
            guard state.all < Self.most else {
                throw Problem(.serviceUnavailable, "The server is busy.", headers: [.retryAfter: "1"])
            }
            guard state.clients[client, default: 0] < Self.mostOfClient else {
                throw Problem(
                    .tooManyRequests, "More than \(Self.mostOfClient) requests at a time.",
                    headers: [.retryAfter: "1"])
            }
            state.all += 1
            state.clients[client, default: 0] += 1
        }
        return Ticket(self, client)
    }

    private func leave(_ client: String) {
        state.withLock { state in
            state.all -= 1
            let count = state.clients[client, default: 1] - 1
            state.clients[client] = count > 0 ? count : nil
        }
    }
}
