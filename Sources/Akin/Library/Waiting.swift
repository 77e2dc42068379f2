import Foundation
import PaperStore

/// How long a change of a library waits while another change is under way.
///
///     let library = try Library(at: "papers", waiting: .atMost(.seconds(60)) { print("waiting for", $0) })
public struct Waiting: Sendable {
    /// The longest time to wait; `nil` waits until the other change is done.
    let limit: Duration?
    /// Called once when a wait begins, on the calling thread.
    let notice: @Sendable (_ holder: LibraryHolder) -> Void

    private init(limit: Duration?, notice: @escaping @Sendable (LibraryHolder) -> Void) {
        self.limit = limit
        self.notice = notice
    }

    /// The change fails at once with the error `locked`.
    public static let never = Self(limit: .zero) { _ in }

    /// The change waits until the other one is done.
    ///
    /// - Parameter notice: Called once when a wait begins, on the calling thread. It gets who changes the library.
    /// - Returns: The way to wait.
    public static func always(_ notice: @escaping @Sendable (_ holder: LibraryHolder) -> Void = { _ in }) -> Self {
        Self(limit: nil, notice: notice)
    }

    /// The change waits, and fails with the error `locked` when the time is over.
    ///
    /// - Parameters:
    ///   - limit: The longest time to wait.
    ///   - notice: Called once when a wait begins, on the calling thread. It gets who changes the library.
    /// - Returns: The way to wait.
    public static func atMost(
        _ limit: Duration, _ notice: @escaping @Sendable (_ holder: LibraryHolder) -> Void = { _ in }
    ) -> Self {
        Self(limit: limit, notice: notice)
    }
}

extension Waiting {
    /// How often a turn is asked for that somebody else has, in seconds.
    private static let pause = 0.02

    /// Asks for the turn to change a library until it comes.
    ///
    /// - Parameters:
    ///   - library: The library as messages call it.
    ///   - holder: Who has the turn.
    ///   - attempt: Takes the turn if it is free, and returns whether it did.
    /// - Throws: `AkinError` with code `locked` when the time is over; what `attempt` throws.
    package func forTurn(
        ofLibrary library: String,
        holder: @autoclosure () -> LibraryHolder = LibraryHolder(isThisProcess: false, process: nil, activity: nil),
        _ attempt: () throws -> Bool
    ) throws {
        let start = ContinuousClock.now
        var isNoticed = false
        while try !attempt() {
            let holder = holder()
            if let limit, ContinuousClock.now - start >= limit {
                let end = limit > .zero ? " It was not done after \(limit.components.seconds) s." : ""
                throw AkinError(
                    .locked, "The library in \(library) is being changed by \(holder).\(end)", remedy: .tryAgainLater)
            }
            if !isNoticed {
                isNoticed = true
                notice(holder)
            }
            if Task.isCancelled { throw AkinError.cancelled }
            Thread.sleep(forTimeInterval: Self.pause)
        }
    }
}

/// Who changes a library, or keeps its papers locked, as far as it is known.
public struct LibraryHolder: Sendable, Hashable, CustomStringConvertible {
    /// Whether it is this process, in another call.
    public let isThisProcess: Bool
    /// The number of the process; `nil` if it is not known.
    public let process: Int32?
    /// The name of its program and what it does, such as `akin add`; `nil` if it is not known.
    public let activity: String?

    /// The holder as a sentence has it: `process 4711 (akin add)`.
    public var description: String {
        if isThisProcess { return "another change in this process" }
        guard let process else { return "another process" }
        return "process \(process)" + (activity.map { " (\($0))" } ?? "")
    }
}

extension LibraryHolder {
    /// The holder of a lock on a store's file.
    init(ofStoreAt path: String) {
        let holder = LockHolder(ofStoreAt: path)
        self.init(
            isThisProcess: holder?.isThisProcess ?? false, process: holder?.process, activity: holder?.program)
    }
}
