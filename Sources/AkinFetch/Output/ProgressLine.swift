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

/// A line on standard error that shows how far a command has come. It is drawn only on a terminal.
enum ProgressLine {
    private static let isTerminal = isatty(STDERR_FILENO) == 1
    private static let isDrawn = Atomic(false)

    /// Replaces the line.
    static func draw(_ text: String) {
        guard isTerminal else { return }
        isDrawn.store(true, ordering: .relaxed)
        Message.write("\r\u{1B}[K\(text)")
    }

    /// Takes the line away.
    static func clear() {
        if isDrawn.exchange(false, ordering: .relaxed) { Message.write("\r\u{1B}[K") }
    }
}
