import CPostgres

/// The way to a connection: one host after the other, each for `connect_timeout` at most.
///
/// libpq goes from host to host by itself but leaves the time to the caller. A host that takes too long is left out of
/// the list, and the attempt begins again.
struct ConnectionAttempt {
    private let address: PostgresAddress
    private let deadline: ContinuousClock.Instant?
    private let notices: NoticeCollector
    private var options: [String: String]
    /// What was said of the hosts that were left out.
    private var timeouts: [String] = []

    init(_ address: PostgresAddress, deadline: ContinuousClock.Instant?, notices: NoticeCollector) {
        self.address = address
        self.deadline = deadline
        self.notices = notices
        options = address.options
    }

    /// Makes the connection.
    ///
    /// The names of hosts are looked up by the system, which does not notice a cancelled task.
    ///
    /// - Returns: The connection, which the caller ends.
    /// - Throws: `PostgresError` or `CancellationError`.
    mutating func connect() throws -> OpaquePointer {
        while true {
            switch try attempt() {
            case .connected(let connection): return unsafe connection
            case .tookTooLong(let host, let port):
                timeouts.append("connection to server at \"\(host)\", port \(port) failed: timeout expired")
                guard try leaveOut(host: host, port: port) else {
                    throw PostgresError(connecting: timeouts.joined(separator: "\n"), place: address.description)
                }
            }
        }
    }

    @safe
    private enum Outcome {
        /// SAFETY: the connection belongs to whoever gets the outcome.
        case connected(OpaquePointer)
        case tookTooLong(host: String, port: String)
    }

    /// Tries all hosts.
    private func attempt() throws -> Outcome {
        // SAFETY: the connection is ended on every way out but the one that returns it.
        guard let connection = unsafe ConnectionOptions.start(options) else {
            throw PostgresError(.outOfResources, "Cannot connect to \(address): this machine has no memory left.")
        }
        var isDone = false
        defer { if !isDone { unsafe akin_PQfinish(connection) } }
        // The SQLSTATE of a refusal stands in the message at this verbosity alone.
        _ = unsafe akin_PQsetErrorVerbosity(connection, AKIN_ERRORS_VERBOSE)
        unsafe notices.listen(to: connection)

        let limit = options["connect_timeout"].flatMap { Int($0) }.flatMap { $0 > 0 ? Duration.seconds($0) : nil }
        var host = unsafe libpqText(akin_PQhost(connection)), port = unsafe libpqText(akin_PQport(connection))
        var start = ContinuousClock.now
        var state = AKIN_POLLING_WRITING
        var isFailed = unsafe akin_PQstatus(connection) == AKIN_CONNECTION_BAD
        while !isFailed {
            let socket = unsafe akin_PQsocket(connection)
            let isReading = state == AKIN_POLLING_READING
            let ready = wait(forSocket: socket, reading: isReading, writing: !isReading)
            try Task.checkCancellation()
            if let deadline, .now >= deadline {
                throw PostgresError(
                    .deadlineExceeded, "Cannot connect to \(address): it took longer than is allowed. Allow more time.")
            }
            if ready.isReadable || ready.isWritable || socket < 0 {
                state = unsafe akin_PQconnectPoll(connection)
                if state == AKIN_POLLING_OK {
                    isDone = true
                    return unsafe .connected(connection)
                }
                isFailed = state == AKIN_POLLING_FAILED
            }
            let nextHost = unsafe libpqText(akin_PQhost(connection))
            let nextPort = unsafe libpqText(akin_PQport(connection))
            if (nextHost, nextPort) != (host, port) { (host, port, start) = (nextHost, nextPort, .now) }
            if let limit, !isFailed, start.duration(to: .now) > limit { return .tookTooLong(host: host, port: port) }
        }
        let message = unsafe libpqText(akin_PQerrorMessage(connection))
        throw PostgresError(
            connecting: (timeouts + [message]).joined(separator: "\n"), place: address.description,
            needsPassword: unsafe akin_PQconnectionNeedsPassword(connection) == 1)
    }

    /// Leaves a host out of the options.
    ///
    /// - Returns: Whether others are left.
    private mutating func leaveOut(host: String, port: String) throws(PostgresError) -> Bool {
        let effective = try ConnectionOptions.effective(options)
        let lists = ["host", "hostaddr", "port"].map { PostgresAddress.list(effective[$0]) }
        let count = max(lists[0].count, lists[1].count)
        let names = lists[0].isEmpty ? lists[1] : lists[0]
        guard count > 1, names.count == count,
            let place = names.indices.first(where: { index in
                let itsPort = lists[2].count == count ? lists[2][index] : lists[2].first ?? ""
                return names[index] == host && (itsPort.isEmpty ? "5432" : itsPort) == port
            })
        else { return false }
        for (keyword, list) in zip(["host", "hostaddr", "port"], lists) where list.count == count {
            var rest = list
            rest.remove(at: place)
            options[keyword] = rest.joined(separator: ",")
        }
        return true
    }
}
