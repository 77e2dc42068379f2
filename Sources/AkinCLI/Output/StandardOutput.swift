import Foundation
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Standard output, written in pieces of 64 KB.
///
/// The first failure is remembered, and what comes after it is dropped.
enum StandardOutput {
    private struct State {
        var buffer: [UInt8] = []
        var hasFailed = false

        mutating func flush() {
            defer { buffer.removeAll(keepingCapacity: true) }
            guard !buffer.isEmpty, !hasFailed else { return }
            hasFailed = (try? FileHandle.standardOutput.write(contentsOf: Data(buffer))) == nil
        }
    }

    private static let pieceLength = 1 << 16
    private static let state = Mutex(State())

    /// Writes a text as it is.
    static func write(_ text: String) {
        write(text.utf8)
    }

    /// Writes bytes as they are.
    static func write(_ bytes: some Collection<UInt8>) {
        state.withLock { state in
            state.buffer.append(contentsOf: bytes)
            if state.buffer.count >= pieceLength { state.flush() }
        }
    }

    /// Whether everything was taken so far.
    static var isOpen: Bool { state.withLock { !$0.hasFailed } }

    /// Hands over what was written, and tells whether all of it was taken.
    static func flush() -> Bool {
        state.withLock { state in
            state.flush()
            return !state.hasFailed
        }
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
