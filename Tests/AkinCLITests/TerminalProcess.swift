import Foundation

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

    /// `TIOCSPTLCK` and `TIOCGPTN` of Linux.
    private static let (unlockTerminal, numberOfTerminal): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

    /// Runs a command to its end.
    static func run(
        _ arguments: [String], columns: Int, rows: Int = 1_000, environment: [String: String] = [:]
    ) throws -> Outcome {
        // Linux' own calls: those of POSIX are hidden from Swift.
        let terminal = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (lock, number): (Int32, UInt32) = (0, 0)
        guard terminal >= 0, unsafe ioctl(terminal, unlockTerminal, &lock) == 0,
            unsafe ioctl(terminal, numberOfTerminal, &number) == 0
        else { throw POSIXError(.ENOTTY) }
        let screen = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
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
