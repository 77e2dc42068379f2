import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The executable `akin`, run as a person at a terminal would run it: both of its streams are a terminal of some size.
enum TerminalProcess {
    struct Outcome {
        var status: Int32
        /// What the terminal got, with line feeds alone at the ends of lines.
        var output: String

        var lines: [Substring] { output.split(separator: "\n", omittingEmptySubsequences: false) }
        /// The words, wherever lines end.
        var words: [Substring] { output.split(whereSeparator: \.isWhitespace) }
    }

    /// Runs a command to its end.
    static func run(
        _ arguments: [String], columns: Int, rows: Int = 1_000, environment: [String: String] = [:]
    ) throws -> Outcome {
        let terminal = unsafe posix_openpt(O_RDWR | O_NOCTTY)
        guard terminal >= 0, unsafe grantpt(terminal) == 0, unsafe unlockpt(terminal) == 0,
            let name = unsafe ptsname(terminal)
        else { throw POSIXError(.ENOTTY) }
        let screen = unsafe open(name, O_RDWR | O_NOCTTY)
        guard screen >= 0 else { throw POSIXError(.ENOTTY) }
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = unsafe ioctl(screen, UInt(TIOCSWINSZ), &size)

        let process = Process()
        process.executableURL = AkinProcess.executable
        process.arguments = arguments
        process.environment = [
            "HOME": "/nonexistent", "PATH": "/usr/bin:/bin", "TERM": "xterm", "AKIN_PAGER": "", "NO_COLOR": "1",
        ].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let handle = FileHandle(fileDescriptor: screen, closeOnDealloc: false)
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        close(screen)
        // The end of a terminal is an error where its last user is gone.
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe read(terminal, &piece, piece.count)
            guard count > 0 else { break }
            bytes += piece.prefix(count)
        }
        close(terminal)
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n"))
    }
}
