import Dispatch
import ParallelLoops
import Synchronization

/// Connections to one database, for any number of threads.
///
///     let pool = PostgresPool(address, size: 8)
///     let count = try pool.withConnection(retryingReads: true) { connection in
///         try connection.query("select count(*) from paper").only().int(0)
///     }
///
/// Connections are opened as they are needed and stay open for later use. One that broke, or was left inside a
/// transaction, is thrown away.
package final class PostgresPool: Sendable {
    /// Where the connections lead.
    package let address: PostgresAddress

    /// The number of connections at most.
    package let size: Int

    /// How long a caller waits for a connection that others use.
    package let patience: Duration

    private let onRetry: @Sendable (PostgresError) -> Void
    private let prepare: @Sendable (PostgresConnection) throws -> Void
    private let state = LockedValue(State())
    /// The connections that may still be taken.
    private let turns = DispatchSemaphore(value: 0)

    /// A connection that nobody uses.
    ///
    /// SAFETY: whoever takes it out of the pool's state is the only one who has it.
    private struct Idle: @unchecked Sendable {
        let connection: PostgresConnection
    }

    private struct State: Sendable {
        var idle: [Idle] = []
        var inUse = 0
        var isClosed = false
    }

    /// Creates a pool without connecting.
    ///
    /// - Parameters:
    ///   - address: Where the connections lead.
    ///   - size: The number of connections at most, which a server counts against its `max_connections`. More of them
    ///     let more callers ask at once.
    ///   - patience: How long a caller waits for a connection that others use. The default is 30 seconds.
    ///   - prepare: Sets a new connection up, by `SET` for example.
    ///   - onRetry: Learns why a reading is repeated.
    /// - Throws: `PostgresError` with `badAddress` if the size is not positive.
    package init(
        _ address: PostgresAddress, size: Int, patience: Duration = .seconds(30),
        prepare: @escaping @Sendable (PostgresConnection) throws -> Void = { _ in },
        onRetry: @escaping @Sendable (PostgresError) -> Void = { _ in }
    ) throws(PostgresError) {
        guard size > 0 else {
            throw PostgresError(.badAddress, "Cannot keep \(size) connections to \(address). Keep one at least.")
        }
        self.address = address
        self.size = size
        self.patience = patience
        self.prepare = prepare
        self.onRetry = onRetry
        for _ in 0..<size { turns.signal() }
    }

    /// Calls `body` with a connection that nobody else uses meanwhile.
    ///
    /// - Parameters:
    ///   - retryingReads: Whether `body` only reads, and is called once more on a new connection if the first was
    ///     lost, or the server was starting. The server is waited for then, for `patience`. A `body` that writes is
    ///     never called twice: nobody knows whether the write took effect.
    ///   - deadline: When every wait is given up, that for a connection too.
    ///   - body: What is done. The connection must not leave it.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, `PostgresError`, or `CancellationError`.
    package func withConnection<Result>(
        retryingReads: Bool = false, deadline: ContinuousClock.Instant? = nil,
        _ body: (PostgresConnection) throws -> Result
    ) throws -> Result {
        do {
            return try withOne(deadline: deadline, isAfterLoss: false, body)
        } catch let error as PostgresError
            where retryingReads && (error.isLossOfConnection || error.code == .serverStarting)
        {
            onRetry(error)
            return try withOne(deadline: deadline, isAfterLoss: true, body)
        }
    }

    /// The number of open connections.
    package var connectionCount: Int { state.withLock { $0.idle.count + $0.inUse } }

    /// Ends the connections that nobody uses, and the others when they come back. None is opened any more.
    package func close() {
        state.withLock { $0.isClosed = true }
        discardIdle()
    }
}

// MARK: - Lending

extension PostgresPool {
    private func withOne<Result>(
        deadline: ContinuousClock.Instant?, isAfterLoss: Bool, _ body: (PostgresConnection) throws -> Result
    ) throws -> Result {
        let connection = try take(deadline: deadline, isAfterLoss: isAfterLoss)
        connection.deadline = deadline
        defer { giveBack(connection) }
        return try body(connection)
    }

    /// Takes a connection out of the pool, or opens one.
    private func take(deadline: ContinuousClock.Instant?, isAfterLoss: Bool) throws -> PostgresConnection {
        let end = min(.now + patience, deadline ?? .now + patience)
        try awaitTurn(until: end)
        do {
            // What lies here since before a loss is lost as well, most likely.
            if isAfterLoss { discardIdle() }
            while let idle = state.withLock({ $0.idle.popLast() }) {
                idle.connection.checkIdle()
                if !idle.connection.isBroken {
                    state.withLock { $0.inUse += 1 }
                    return idle.connection
                }
            }
            let connection = try open(deadline: deadline, until: isAfterLoss ? end : .now)
            state.withLock { $0.inUse += 1 }
            return connection
        } catch {
            turns.signal()
            throw error
        }
    }

    /// Waits until fewer than `size` connections are in use.
    private func awaitTurn(until end: ContinuousClock.Instant) throws {
        repeat {
            try Task.checkCancellation()
            if state.withLock(\.isClosed) {
                throw PostgresError(.unusable, "Cannot ask \(address): its connections were closed.")
            }
            if turns.wait(timeout: .now() + .milliseconds(50)) == .success { return }
        } while .now < end
        throw PostgresError(
            .poolExhausted,
            "Cannot ask \(address): all \(size) connections stayed in use. Ask less at once, or allow more.")
    }

    /// Ends the connections that nobody uses.
    private func discardIdle() {
        let idle = state.withLock { state in
            defer { state.idle = [] }
            return state.idle
        }
        for idle in idle { idle.connection.close() }
    }

    /// Opens a connection. A server that starts is tried again.
    private func open(
        deadline: ContinuousClock.Instant?, until end: ContinuousClock.Instant
    ) throws -> PostgresConnection {
        while true {
            do {
                let connection = try PostgresConnection(to: address, deadline: deadline)
                try prepare(connection)
                return connection
            } catch let error as PostgresError where Self.mayPass(error) && .now < end {
                try Task.checkCancellation()
                pause()
            }
        }
    }

    /// Whether a server that was lost a moment ago may soon be back.
    private static func mayPass(_ error: PostgresError) -> Bool {
        switch error.code {
        case .serverStarting, .serverStopping, .connectionRefused, .connectionLost: true
        default: false
        }
    }

    private func giveBack(_ connection: PostgresConnection) {
        connection.deadline = nil
        let isFit = !connection.isBroken && !connection.isInTransaction
        let idle = Idle(connection: connection)
        let isKept = state.withLock { state in
            state.inUse -= 1
            guard isFit, !state.isClosed else { return false }
            state.idle.append(idle)
            return true
        }
        if !isKept { connection.close() }
        turns.signal()
    }
}
