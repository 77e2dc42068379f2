import CPostgres
import ParallelLoops
import Synchronization

/// Cancels what a connection runs, from any thread.
package final class PostgresCanceller: Sendable {
    private let handle: Handle
    /// Whether this program asked to cancel the statement that runs.
    private let wasAsked = LockedValue(false)

    /// What libpq needs to ask a server.
    ///
    /// SAFETY: libpq only reads it, which makes it fit for several threads; it is freed when nobody holds it any more.
    @safe
    private final class Handle: @unchecked Sendable {
        let pointer: OpaquePointer?

        init(_ pointer: OpaquePointer?) { unsafe self.pointer = unsafe pointer }

        deinit { unsafe akin_PQfreeCancel(pointer) }
    }

    /// Creates the canceller of a connection.
    ///
    /// SAFETY: the connection is a live one.
    @unsafe
    init(_ connection: OpaquePointer) {
        unsafe handle = Handle(akin_PQgetCancel(connection))
    }

    /// Asks the server to end the statement that the connection runs, which then throws an error with the code
    /// `cancelled`.
    ///
    /// A statement that just ended is not cancelled, and the next one might be instead.
    ///
    /// - Returns: Whether the server took the request, within two seconds.
    @discardableResult
    package func cancel() -> Bool {
        wasAsked.withLock { $0 = true }
        guard let pointer = unsafe handle.pointer else { return false }
        // SAFETY: the request holds the handle until it is done with the pointer.
        let holder = unsafe Unmanaged.passRetained(handle).toOpaque()
        return unsafe akin_postgres_cancel(pointer, 2000, holder) { holder in
            if let holder = unsafe holder { unsafe Unmanaged<Handle>.fromOpaque(holder).release() }
        } == 1
    }

    /// Begins a statement, which nobody asked to cancel.
    func reset() {
        wasAsked.withLock { $0 = false }
    }

    /// Whether somebody asked to cancel since the statement began.
    var isAsked: Bool { wasAsked.withLock { $0 } }
}
