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

/// A program that shows what is longer than the screen, such as `less`.
///
/// Only ``StandardOutput`` uses it, which has one at most and uses it under its lock.
@safe final class Pager: @unchecked Sendable {
    #if canImport(Musl)
    private typealias Stream = OpaquePointer
    #else
    private typealias Stream = UnsafeMutablePointer<FILE>
    #endif

    /// The writing end of the pipe to the program.
    private let stream: Stream

    /// Starts a program that reads from a pipe; `nil` if the system refuses.
    ///
    /// Ctrl-C is the program's from now on, and a pipe that nobody reads any more is no error.
    ///
    /// - Parameter command: A line for the shell.
    init?(_ command: String) {
        StandardOutput.survivesBrokenPipes()
        // SAFETY: Swift makes and ends the strings. The stream is used by this object alone, and `finish` closes it.
        _ = unsafe setenv("LESS", "FRX", 0)
        _ = unsafe setenv("LV", "-c", 0)
        guard let stream = unsafe popen(command, "w") else { return nil }
        unsafe self.stream = stream
        _ = signal(SIGINT) { _ in }
    }

    /// Hands over bytes, and tells whether they were taken.
    func write(_ bytes: [UInt8]) -> Bool {
        // SAFETY: the call reads as many bytes as the array has, and the stream is open until `finish`.
        unsafe fwrite(bytes, 1, bytes.count, stream) == bytes.count && fflush(stream) == 0
    }

    /// Ends the input of the program, and waits until the person leaves it.
    func finish() {
        // SAFETY: this is the last use of the stream.
        _ = unsafe pclose(stream)
    }

    // MARK: - Choosing

    /// The command of the environment and the configuration file; `nil` if nothing is to be paged.
    ///
    /// `AKIN_PAGER` comes first, then the file, because `PAGER` is meant for all programs. An empty command and `cat`
    /// mean none.
    static var command: String? {
        let environment = ProcessInfo.processInfo.environment
        let chosen =
            environment["AKIN_PAGER"] ?? Configuration.current.pager
            ?? environment["PAGER"].flatMap { $0.isEmpty ? nil : $0 } ?? "less"
        let words = chosen.split(separator: " ")
        guard let program = words.first, chosen != "cat", isThere(String(program), environment) else { return nil }
        return chosen
    }

    /// Whether a program can be started. The shell would say only after the text has gone to nobody.
    private static func isThere(_ program: String, _ environment: [String: String]) -> Bool {
        // What begins with an assignment or a quotation mark is for the shell to read.
        if program.contains(where: { "=\"'$".contains($0) }) { return true }
        if program.contains("/") { return FileManager.default.isExecutableFile(atPath: program) }
        return (environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: $0 + "/" + program)
        }
    }
}

/// Counts the rows that a text takes on a terminal.
struct RowCounter {
    private let columns: Int
    private(set) var rows = 0
    private var column = 0
    private var escape = Escape.none

    private enum Escape {
        case none, begun, style, link
    }

    /// Begins to count.
    ///
    /// - Parameter columns: The columns of the terminal.
    init(columns: Int) { self.columns = columns }

    /// Counts the rows of more bytes. What moves no cursor counts nothing, and every other character one column.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - keep: Called with each byte that belongs to no link.
    mutating func count(_ bytes: some Sequence<UInt8>, _ keep: (UInt8) -> Void = { _ in }) {
        for byte in bytes {
            switch (escape, byte) {
            case (.none, 0x1B): escape = .begun
            case (.none, 0x0A): (rows, column) = (rows + 1, 0)
            case (.none, _):
                if byte & 0xC0 != 0x80 { column += 1 }
                if column > columns { (rows, column) = (rows + 1, 1) }
            case (.begun, 0x5D): escape = .link
            case (.begun, _):
                escape = .style
                keep(0x1B)
            case (.style, 0x40...0x7E):
                escape = .none
                keep(byte)
                continue
            case (.link, 0x5C):
                escape = .none
                continue
            default: break
            }
            if escape == .none || escape == .style { keep(byte) }
        }
    }
}
