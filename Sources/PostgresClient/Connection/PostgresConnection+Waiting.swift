import CPostgres

extension PostgresConnection {
    /// What a wait depends on.
    struct Waiting {
        /// Why the statement is to end early.
        var interruption: Interruption?
        /// When the server's answer to that is not waited for any longer.
        var end: ContinuousClock.Instant?
        /// Whether the statement is never cancelled, for it ends a transaction.
        var isShielded = false
    }

    /// Why a statement ends early.
    enum Interruption {
        case cancelledTask
        case deadline
    }

    /// How long a server may take to say that it cancelled.
    private static let grace: Duration = .seconds(5)

    /// The connection of libpq.
    ///
    /// - Throws: `PostgresError` with `unusable` if it was closed, or `connectionLost`.
    func live() throws(PostgresError) -> OpaquePointer {
        guard let pointer = unsafe pointer else {
            throw PostgresError(.unusable, "Cannot ask \(address): the connection was closed. Open another.")
        }
        guard unsafe akin_PQstatus(pointer) == AKIN_CONNECTION_OK else { throw lost("ask") }
        return unsafe pointer
    }

    /// Gets ready for a statement.
    ///
    /// - Returns: The connection of libpq.
    /// - Throws: `PostgresError`, or `CancellationError`, before anything is sent.
    func begin() throws -> OpaquePointer {
        let pointer = try unsafe live()
        guard !isCopying else {
            throw PostgresError(
                .unusable, "Cannot ask \(address): the connection copies rows. End the copy first, or open another.")
        }
        if !waiting.isShielded, let interruption { throw error(of: interruption) }
        waiting.interruption = nil
        waiting.end = nil
        canceller.reset()
        return unsafe pointer
    }

    /// Ends a statement, whose answer has come in full.
    ///
    /// - Throws: Why it was ended early, if it was.
    func end() throws {
        defer { (waiting.interruption, waiting.end) = (nil, nil) }
        if !waiting.isShielded, let interruption = waiting.interruption { throw error(of: interruption) }
    }

    /// Why a wait is to end now.
    var interruption: Interruption? {
        if Task.isCancelled { return .cancelledTask }
        if let deadline, .now >= deadline { return .deadline }
        return nil
    }

    func error(of interruption: Interruption) -> any Error {
        switch interruption {
        case .cancelledTask: CancellationError()
        case .deadline:
            PostgresError(
                .deadlineExceeded,
                "Cannot ask \(address): the answer took longer than is allowed. Ask for less, or allow more time.")
        }
    }

    /// The error of a lost connection.
    func lost(_ action: String) -> PostgresError {
        var reason = unsafe oneLine(libpqText(akin_PQerrorMessage(pointer)))
        if reason.isEmpty { reason = "the connection is lost" }
        return PostgresError(
            .connectionLost, "Cannot \(action) \(address): \(reason). Check that the server runs, and try again.")
    }

    /// Waits until the socket can be read or written.
    ///
    /// Where the statement is to end early, the server is asked to cancel it, and its answer is waited for.
    ///
    /// - Throws: An error if the server does not give it. The connection is closed then.
    func wait(_ pointer: OpaquePointer, writing: Bool) throws {
        while true {
            let socket = unsafe akin_PQsocket(pointer)
            // libpq closed it.
            if socket < 0 { return }
            let ready = PostgresClient.wait(forSocket: socket, reading: true, writing: writing)
            if ready.isReadable {
                guard unsafe akin_PQconsumeInput(pointer) == 1 else {
                    // What the server sent before it went is in the input, and comes as a result.
                    return
                }
            }
            if ready.isReadable || ready.isWritable { return }
            if let end = waiting.end, let interruption = waiting.interruption {
                if .now >= end {
                    close()
                    throw error(of: interruption)
                }
            } else if let interruption {
                waiting.interruption = interruption
                if !waiting.isShielded { canceller.cancel() }
                waiting.end = .now + Self.grace
            }
        }
    }

    /// Sends all that was handed to libpq.
    func flush(_ pointer: OpaquePointer) throws {
        while true {
            let state = unsafe akin_PQflush(pointer)
            if state == 0 { return }
            // The result tells what happened to the connection.
            if state < 0 { return }
            try unsafe wait(pointer, writing: true)
        }
    }

    /// The next result of a statement, or `nil` after the last.
    func nextResult(_ pointer: OpaquePointer) throws -> PostgresResult? {
        try unsafe flush(pointer)
        while unsafe akin_PQisBusy(pointer) == 1 {
            try unsafe wait(pointer, writing: false)
            if unsafe akin_PQstatus(pointer) != AKIN_CONNECTION_OK { break }
        }
        guard let result = unsafe akin_PQgetResult(pointer) else { return nil }
        return unsafe PostgresResult(result)
    }

    /// The error that a result tells.
    func error(_ result: PostgresResult, doing action: String) -> PostgresError {
        PostgresError(
            result: result, occasion: .init(action: action, place: place), wasCancelled: canceller.isAsked,
            isBroken: isBroken)
    }
}
