import CPostgres

/// A connection to a database, which one thread uses at a time.
///
///     let connection = try PostgresConnection(to: address)
///     let rows = try connection.query("select title from paper where year > $1", [.int4(2020)])
///     let titles = try rows.map { row in try row.text(0) }
///
/// Statements are prepared when they first come and stay so. Parameters and results are in the binary format.
///
/// Every wait ends early if the surrounding task is cancelled, or `deadline` passes. The statement is cancelled on the
/// server then, and `CancellationError`, or an error with `deadlineExceeded`, is thrown within 50 ms and the time that
/// the server takes. A write outside of a transaction may have taken effect nevertheless. The connection stays usable
/// unless the server does not answer within some seconds.
@safe
package final class PostgresConnection {
    /// Where it leads.
    package let address: PostgresAddress

    /// What cancels a statement of this connection from another thread.
    package let canceller: PostgresCanceller

    /// When a wait is given up. A statement that begins later is not sent.
    package var deadline: ContinuousClock.Instant?

    /// The version of the server, such as 180006 for 18.6.
    package let serverVersion: Int

    /// SAFETY: the connection of libpq, which this class alone has. It is ended once, and `nil` from then on.
    var pointer: OpaquePointer?
    let notices: NoticeCollector
    var statements = StatementCache()
    /// Whether the server is to forget all prepared statements.
    var forgetsStatements = false
    /// The types of pgvector, once they were looked up.
    var vectorTypes: VectorTypes?
    /// Where statements run, as a message says it.
    let place: String
    /// Whether rows are being copied, so that nothing else can be asked.
    var isCopying = false
    var waiting = Waiting()

    /// Connects to a database.
    ///
    /// - Parameters:
    ///   - address: Where.
    ///   - deadline: When to give up, beside the address's own limit.
    /// - Throws: `PostgresError`, or `CancellationError` if the task is cancelled.
    package init(to address: PostgresAddress, deadline: ContinuousClock.Instant? = nil) throws {
        let notices = NoticeCollector()
        var attempt = ConnectionAttempt(address, deadline: deadline, notices: notices)
        let pointer = try unsafe attempt.connect()
        let version = unsafe Int(akin_PQserverVersion(pointer))
        guard version >= 150_000 else {
            unsafe akin_PQfinish(pointer)
            throw PostgresError(
                .serverTooOld,
                "Cannot use \(address): the server is PostgreSQL \(version / 10_000), and 15 is the oldest that works.")
        }
        _ = unsafe akin_PQsetnonblocking(pointer, 1)
        self.address = address
        self.notices = notices
        self.deadline = deadline
        unsafe self.pointer = pointer
        canceller = unsafe PostgresCanceller(pointer)
        serverVersion = version
        let place = PostgresAddress.Place(
            hosts: [unsafe libpqText(akin_PQhost(pointer))], ports: [unsafe libpqText(akin_PQport(pointer))],
            database: unsafe libpqText(akin_PQdb(pointer)), user: "")
        self.place = "in \(place)"
    }

    deinit { unsafe akin_PQfinish(pointer) }

    /// Ends the connection. What is asked later throws an error.
    package func close() {
        unsafe akin_PQfinish(pointer)
        unsafe pointer = nil
    }

    /// Asks the server to end the statement that runs. It may be called from another thread by way of `canceller`.
    @discardableResult
    package func cancel() -> Bool {
        canceller.cancel()
    }
}

// MARK: - State

extension PostgresConnection {
    /// Whether the connection is lost or was closed.
    package var isBroken: Bool {
        unsafe pointer == nil || akin_PQstatus(pointer) != AKIN_CONNECTION_OK
    }

    /// Whether a transaction is open, failed or not.
    package var isInTransaction: Bool {
        guard !isBroken else { return false }
        return unsafe akin_PQtransactionStatus(pointer) != AKIN_TRANSACTION_IDLE
    }

    /// Whether the server is a standby, which only reads; it may have been promoted since it last said something.
    package var isStandby: Bool { parameter("in_hot_standby") == "on" }

    /// Whether the connection is encrypted.
    package var isEncrypted: Bool { unsafe !isBroken && akin_PQsslInUse(pointer) == 1 }

    /// The server's process of this connection.
    package var processID: Int { unsafe isBroken ? 0 : Int(akin_PQbackendPID(pointer)) }

    /// What the server remarked since the last call, the newest 64.
    package func takeNotices() -> [PostgresError.Report] { notices.takeAll() }

    /// A setting that the server reports by itself.
    private func parameter(_ name: String) -> String {
        isBroken ? "" : unsafe libpqText(akin_PQparameterStatus(pointer, name))
    }

    /// Looks whether the server ended an idle connection.
    func checkIdle() {
        guard !isBroken else { return }
        // A last message may come before the end. A server has no reason to send many.
        for _ in 0..<16 where hasInput(unsafe akin_PQsocket(pointer)) {
            guard unsafe akin_PQconsumeInput(pointer) == 1 else { return }
            _ = unsafe akin_PQisBusy(pointer)
        }
    }
}
