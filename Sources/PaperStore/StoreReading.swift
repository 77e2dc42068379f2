import Foundation
import GRDB
import ParallelLoops
import Synchronization

/// How a store is read without holding up those who write it.
///
/// **At rest** a store is one file that nobody writes to; a log beside it is empty. It is read without a lock, and the
/// properties of the file tell afterwards whether somebody wrote meanwhile. Then the read is done again. A reader that
/// is slow or suspended has nothing that a writer could wait for.
///
/// **While a change is in a write-ahead log** beside the file, the transaction of a reader shows one state of both,
/// under a lock that lets others read and commit.
///
/// **While a writer begins or ends**, for some milliseconds, it has the files to itself. Readers wait. If nothing
/// moves, because that writer is suspended, they read a copy. They do so as well when writers disturb a long read again
/// and again.
final class StoreReading: Sendable {
    /// How long a reader waits while writers keep it from reading.
    static let patience = Duration.seconds(30)

    /// How long files lie still before a writer that keeps them locked counts as suspended.
    private static let stillness = Duration.milliseconds(500)

    /// How many seconds a connection with locks may take to open, which includes the recovery of a log.
    private static let openingPatience = 2.0

    /// How long a reader sleeps before it looks at the files again.
    private static let pauseBetweenLooks = Duration.milliseconds(10)

    /// How many reads without a lock may be disturbed before a copy is read.
    private static let disturbedReads = 2

    /// A connection that has read nothing but the file as it was in a state.
    private struct Idle {
        var connection: DatabaseQueue
        var file: StoreState.Entry?
    }

    private let path: String
    private let isWriter: Bool
    private let idle = LockedValue<[Idle]>([])
    /// A connection that took too long to open.
    private let stuck = LockedValue<StoreOpening?>(nil)

    /// Checks that there is a store of this build's format.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - isWriter: Whether this object belongs to the one writer, who waits for none and always reads with locks.
    /// - Throws: `PaperStoreError`.
    init(path: String, isWriter: Bool) throws(PaperStoreError) {
        self.path = path
        self.isWriter = isWriter
        if !isWriter { try storeError("open", path) { try read { _, _ in } } }
    }

    /// Calls `body` with the store as it is at one moment, and again if a writer disturbed the read.
    ///
    /// - Parameter body: Reads, and does nothing else that lasts. It gets the path of the file that it may read
    ///   besides.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; `DatabaseError`; `PaperStoreError` with code `busy` if a writer keeps the store to
    ///   itself.
    func read<Result>(_ body: (_ database: Database, _ file: String?) throws -> Result) throws -> Result {
        let clock = ContinuousClock()
        let start = clock.now
        var disturbedCount = 0
        var still: (state: StoreState, since: ContinuousClock.Instant)?
        while true {
            let state = try StoreState(of: path)
            let isLate = clock.now - start > Self.patience
            guard state.isAtRest, !isWriter else {
                if still?.state != state { still = (state, clock.now) }
                do {
                    if let result = try readWithLock(body) { return result.value }
                } catch  where Self.isRefusal(error) {
                    let isStill = still.map { clock.now - $0.since >= Self.stillness } ?? false
                    if isStill || isLate || !Self.isOfLocks(error) {
                        do {
                            if let result = try readCopy(of: state, body) { return result.value }
                        } catch is CocoaError {
                            // There is no room for a copy, or no right to make one.
                            throw error
                        }
                    }
                    if isLate { throw error }
                }
                Self.pause(Self.pauseBetweenLooks)
                continue
            }
            let wait = state.timeUntilSettled
            if wait > .zero {
                Self.pause(wait)
            } else if disturbedCount < Self.disturbedReads {
                if let result = try readWithoutLock(in: state, body) { return result.value }
                disturbedCount += 1
            } else {
                do {
                    if let result = try readCopy(of: state, body) { return result.value }
                } catch let error as CocoaError {
                    // Without room for a copy, only a read that nobody disturbs helps.
                    if isLate { throw error }
                }
                disturbedCount = 0
            }
        }
    }

    /// Closes the connections that nobody reads with.
    func close() {
        let connections = idle.withLock { idle in
            defer { idle = [] }
            return idle
        }
        for idle in connections { try? idle.connection.close() }
    }
}

// MARK: - Ways to read

extension StoreReading {
    /// What a body returned.
    private struct Outcome<Value> {
        var value: Value
    }

    /// Reads a store at rest.
    ///
    /// - Returns: `nil` if somebody wrote meanwhile.
    private func readWithoutLock<Result>(
        in state: StoreState, _ body: (Database, String?) throws -> Result
    ) throws -> Outcome<Result>? {
        let result = Swift.Result<Result, any Error> {
            let connection = try connection(toFile: state.file)
            let value = try StoreFile.read(connection) { try body($0, path) }
            idle.withLock { $0.append(Idle(connection: connection, file: state.file)) }
            return value
        }
        guard try StoreState(of: path).file == state.file else { return nil }
        return Outcome(value: try result.get())
    }

    /// An idle connection that has read the same file, or a new one. Connections to what is no longer there are closed.
    private func connection(toFile file: StoreState.Entry?) throws -> DatabaseQueue {
        let (found, others) = idle.withLock { idle -> (DatabaseQueue?, [Idle]) in
            let others = idle.filter { $0.file != file }
            idle.removeAll { $0.file != file }
            return (idle.popLast()?.connection, others)
        }
        for other in others { try? other.connection.close() }
        return try found ?? StoreFile.openAtRest(path)
    }

    /// Reads a store with a journal beside it.
    ///
    /// - Returns: `nil` if it has come to rest.
    private func readWithLock<Result>(
        _ body: (Database, String?) throws -> Result
    ) throws -> Outcome<Result>? {
        let connection = try isWriter ? StoreFile.openForReading(path) : connectionWithLocks()
        defer { try? connection.close() }
        return try StoreFile.read(connection) { database in
            // This takes the lock. At rest, it would be in the way of the next writer.
            try StoreSchema.check(database, path: path)
            guard try isWriter || !StoreState(of: path).isAtRest else { return nil }
            // To close another descriptor of the file would give up the locks that this process has on it.
            return Outcome(value: try body(database, nil))
        }
    }

    /// A connection that reads with the locks of SQLite.
    ///
    /// - Throws: `PaperStoreError` with code `busy` if a process that recovers a log is in the way.
    private func connectionWithLocks() throws -> DatabaseQueue {
        if stuck.withLock({ $0?.isAbandoned == true }) { throw obstacle }
        let opening = StoreOpening(path)
        if let connection = try opening.connection(within: Self.openingPatience) { return connection }
        stuck.withLock { $0 = opening }
        throw obstacle
    }

    private var obstacle: PaperStoreError {
        PaperStoreError(
            .busy, path: path, message: "Cannot read the papers in '\(path)': \(PaperStoreError.obstacle(at: path)).")
    }

    /// Reads a copy.
    ///
    /// - Returns: `nil` if somebody wrote to the store while it was copied, or if this process writes to it.
    private func readCopy<Result>(
        of state: StoreState, _ body: (Database, String?) throws -> Result
    ) throws -> Outcome<Result>? {
        let wait = state.timeUntilSettled
        guard wait == .zero, let copy = try StoreCopy.make(of: path, in: state, isWriter: isWriter) else {
            Self.pause(max(wait, Self.pauseBetweenLooks))
            return nil
        }
        return try withExtendedLifetime(copy) {
            Outcome(value: try StoreFile.read(copy.connection) { try body($0, copy.path) })
        }
    }
}

// MARK: - Obstacles

extension StoreReading {
    /// Whether SQLite did not get at the files, which may be sound.
    private static func isRefusal(_ error: any Error) -> Bool {
        isOfLocks(error) || [.readOnly, .cannotOpen].contains((error as? PaperStoreError)?.code)
    }

    /// Whether a lock of somebody else was in the way.
    private static func isOfLocks(_ error: any Error) -> Bool {
        if let error = error as? PaperStoreError { return error.code == .busy }
        return (error as? DatabaseError).map { PaperStoreError.isOfLocks($0) } ?? false
    }

    private static func pause(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        Thread.sleep(forTimeInterval: Double(seconds) + Double(attoseconds) * 1e-18)
    }
}
