import SystemCalls

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// What the system says of a store's file and of the journals beside it. Two equal states mean that nobody wrote in
/// between, if the first of them was settled.
struct StoreState: Equatable {
    /// A file, as it is told apart from what it becomes by any write.
    struct Entry: Equatable {
        fileprivate let device: UInt64
        fileprivate let number: UInt64
        fileprivate let byteCount: Int64
        fileprivate let modified: Duration
    }

    let file: Entry?
    let log: Entry?
    let journal: Entry?

    /// Looks at the files of a store: at the file first, so that a journal that is absent was absent afterwards.
    ///
    /// - Throws: `PaperStoreError` with code `cannotOpen` if the system cannot tell.
    init(of path: String) throws(PaperStoreError) {
        file = try Self.entry(path)
        log = try Self.entry(path + "-wal")
        journal = try Self.entry(path + "-journal")
    }

    /// Whether there is a file, no journal, and nothing in a log: nobody writes to the file, and all there is lies in
    /// it. A writer that has begun, and has nothing to keep yet, does not change that.
    var isAtRest: Bool { file != nil && log?.byteCount ?? 0 == 0 && journal == nil }

    /// How long to wait until a write would show in the times of the files; zero if it would do so now.
    ///
    /// A system gives writes within one tick of its clock the same time. Some volumes keep whole
    /// seconds, or every second one. The time of the last change to the properties tells nothing, because readers set
    /// the owner of a log.
    var timeUntilSettled: Duration {
        let now = Self.now
        let waits = [file, log, journal].compactMap { entry -> Duration? in
            guard let modified = entry?.modified, modified <= now + .seconds(1) else { return nil }
            let keepsFractions = modified.components.attoseconds != 0
            return modified + (keepsFractions ? Self.tick : .milliseconds(2_500)) - now
        }
        return max(.zero, waits.max() ?? .zero)
    }

    /// Longer than any two writes of the same time lie apart.
    private static let tick: Duration = {
        var time = timespec(tv_sec: 0, tv_nsec: 10_000_000)
        #if os(Linux)
        // SAFETY: the call fills the one structure whose address it gets.
        unsafe clock_getres(CLOCK_REALTIME_COARSE, &time)
        #endif
        return duration(time) * 2 + .milliseconds(1)
    }()

    private static var now: Duration {
        var time = timespec()
        // SAFETY: the call fills the one structure whose address it gets.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return duration(time)
    }

    private static func duration(_ time: timespec) -> Duration {
        .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }

    private static func entry(_ path: String) throws(PaperStoreError) -> Entry? {
        var status = stat()
        do throws(SystemError) {
            // SAFETY: the call fills the one structure whose address it gets.
            _ = try SystemError.retrying { unsafe stat(path, &status) }
        } catch {
            guard error.number != ENOENT else { return nil }
            throw PaperStoreError(
                .cannotOpen, path: path,
                message: "Cannot look for '\(path)': \(systemMessage(error.number)).")
        }
        #if canImport(Darwin)
        let modified = status.st_mtimespec
        #else
        let modified = status.st_mtim
        #endif
        return Entry(
            device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino),
            byteCount: Int64(status.st_size), modified: duration(modified))
    }
}

extension StoreState {
    /// The state as a text: another one after nearly every write, and after some that change nothing.
    fileprivate var tag: String {
        [file, log].map { entry in
            guard let entry else { return "0" }
            let (seconds, attoseconds) = entry.modified.components
            return [Int64(bitPattern: entry.number), entry.byteCount, seconds, attoseconds / 1_000_000_000]
                .map { String($0, radix: 36) }.joined(separator: ".")
        }.joined(separator: "-")
    }
}

extension PaperStore {
    /// A text that is another one after nearly every write to the store at a path, and after some that change nothing:
    /// for caches whose users can live with an answer that is a hundredth of a second old.
    ///
    /// - Complexity: Looks at the properties of three files, some microseconds.
    package static func stateTag(at path: String) -> String {
        (try? StoreState(of: path))?.tag ?? "0"
    }
}
