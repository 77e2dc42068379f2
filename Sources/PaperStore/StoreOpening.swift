import Foundation
import GRDB
import ParallelLoops
import Synchronization

/// A connection that is opened on a thread of its own, so that nobody has to wait for it.
///
/// SQLite waits ten seconds, and does so again for each statement, while another process recovers a log. Nothing can
/// interrupt it. A process that is suspended at that moment would hold up readers for half a minute.
final class StoreOpening: Sendable {
    private enum State {
        case underWay
        /// Nobody waits any more. The connection is closed as soon as it is open.
        case abandoned
        case done(Result<DatabaseQueue, any Error>)
        case closed
    }

    private let state = LockedValue(State.underWay)
    private let isDone = DispatchSemaphore(value: 0)

    /// Begins to open a connection that reads with the locks of SQLite.
    init(_ path: String) {
        Thread.detachNewThread { [self] in
            let result = Result { try StoreFile.openForReading(path) }
            let isWanted = state.withLock { state in
                guard case .underWay = state else {
                    state = .closed
                    return false
                }
                state = .done(result)
                return true
            }
            if !isWanted { try? result.get().close() }
            isDone.signal()
        }
    }

    /// Waits for the connection.
    ///
    /// - Returns: `nil` if it is not open after `seconds`. It is closed then when it is.
    func connection(within seconds: Double) throws -> DatabaseQueue? {
        _ = isDone.wait(timeout: .now() + seconds)
        return try state.withLock { state in
            guard case .done(let result) = state else {
                state = .abandoned
                return nil
            }
            return try result.get()
        }
    }

    /// Whether it was given up and still waits.
    var isAbandoned: Bool {
        state.withLock { if case .abandoned = $0 { true } else { false } }
    }
}
