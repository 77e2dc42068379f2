import Foundation
import Synchronization

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

/// Standard output, written in pieces of 64 KB.
///
/// The first failure is remembered, and what comes after it is dropped. Where ``page(through:rows:columns:)`` asked for
/// it, what is longer than the screen goes to a pager.
enum StandardOutput {
    private struct State {
        var buffer: [UInt8] = []
        var hasFailed = false
        /// What to do if the text is longer than the screen, until that is known.
        var paging: Paging?
        var pager: Pager?

        mutating func append(_ bytes: some Collection<UInt8>) {
            buffer.append(contentsOf: bytes)
            if var paging {
                paging.rows.count(bytes)
                self.paging = paging
                guard paging.rows.rows > paging.mostRows else { return }
                self.paging = nil
                pager = Pager(paging.command)
                flush()
            } else if buffer.count >= pieceLength {
                flush()
            }
        }

        mutating func flush() {
            // What is handed over before the screen is full stays on it.
            paging = nil
            defer { buffer.removeAll(keepingCapacity: true) }
            guard !buffer.isEmpty, !hasFailed else { return }
            if let pager {
                // Not every pager follows links.
                var bytes: [UInt8] = []
                var rows = RowCounter(columns: .max)
                rows.count(buffer) { bytes.append($0) }
                hasFailed = !pager.write(bytes)
                return
            }
            hasFailed = (try? FileHandle.standardOutput.write(contentsOf: Data(buffer))) == nil
        }
    }

    /// A pager, and when it is wanted.
    private struct Paging {
        var command: String
        var mostRows: Int
        var rows: RowCounter
    }

    private static let pieceLength = 1 << 16
    private static let state = Mutex(State())

    /// Writes a text as it is.
    static func write(_ text: String) {
        write(text.utf8)
    }

    /// Writes bytes as they are.
    static func write(_ bytes: some Collection<UInt8>) {
        state.withLock { $0.append(bytes) }
    }

    /// Lets what comes go through a pager if it is longer than the screen.
    ///
    /// - Parameters:
    ///   - command: The pager, a line for the shell.
    ///   - rows: The rows of the screen.
    ///   - columns: Its columns.
    static func page(through command: String, rows: Int, columns: Int) {
        state.withLock { state in
            state.flush()
            state.paging = Paging(command: command, mostRows: rows - 1, rows: RowCounter(columns: columns))
        }
    }

    /// Whether a pager has the terminal.
    static var isPaged: Bool { state.withLock { $0.pager != nil } }

    /// Whether everything was taken so far.
    static var isOpen: Bool { state.withLock { !$0.hasFailed } }

    /// Hands over what was written, and tells whether all of it was taken.
    static func flush() -> Bool {
        state.withLock { state in
            state.flush()
            return !state.hasFailed
        }
    }

    /// Hands over what is left, and waits until the person leaves the pager, if there is one.
    ///
    /// - Returns: Whether all was taken. A pager that is left early has shown what was wanted.
    static func finish() -> Bool {
        let isTaken = flush()
        guard let pager = state.withLock({ $0.pager }) else { return isTaken }
        pager.finish()
        return true
    }

    /// Keeps the numbers of the three standard streams from files of a library, which get them if they are closed.
    ///
    /// Reading or writing a stream that was closed still fails.
    static func reserveClosedStreams() {
        for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) < 0 {
            // The lowest free number is that of the stream.
            // SAFETY: Swift makes and ends the string.
            _ = unsafe open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Lets a write to a pipe that nobody reads fail, where it would end the process.
    static func survivesBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }
}
