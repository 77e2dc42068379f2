import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// What is known of the places a command prints to.
enum Terminal {
    /// Whether standard output is a terminal.
    static let isInteractive = isatty(STDOUT_FILENO) == 1
    /// Whether somebody can see progress and answer a question.
    static let canAsk = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
    /// Whether standard error is a terminal, where a progress bar may move.
    static let showsProgress = isatty(STDERR_FILENO) == 1

    /// Whether text may be colored: on a terminal, unless `NO_COLOR` is set (no-color.org) or it is a dumb one.
    static let usesColor: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return isInteractive && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }()

    /// The columns of standard output, or 100 where it is no terminal.
    static let width: Int = {
        var size = winsize()
        // SAFETY: the call fills the one structure whose address it gets.
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 100 }
        return Int(size.ws_col)
    }()

    /// Writes a line to standard output, made safe by `printable`.
    static func print(_ line: String) {
        StandardOutput.write(TextStyle.applied(to: printable(line)) + "\n")
    }

    /// Writes a line to standard error, made safe by `printable`, after what standard output has got so far.
    static func note(_ line: String) {
        _ = StandardOutput.flush()
        draw(TextStyle.applied(to: printable(line)) + "\n")
    }

    /// Writes to standard error as it is, for the program's own signs that move the cursor.
    ///
    /// Where that is closed or full, there is nobody to tell.
    static func draw(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

/// A way to set off a piece of text on a terminal.
enum TextStyle: String, CaseIterable {
    case bold = "1"
    case dim = "2"
    case accent = "36"

    /// What stands in a text for the beginnings and ends of styles until it is printed. No other text has it.
    private static let mark = "\u{F8FF}\(UInt64.random(in: .min ... .max))"

    /// What stands for a tab of the program's own until it is printed.
    static let tab = "\(mark)t"

    /// The text in this style, or unchanged where color is not wanted.
    func callAsFunction(_ text: String) -> String {
        Terminal.usesColor ? "\(Self.mark)\(rawValue)m\(text)\(Self.mark)0m" : text
    }

    /// A text without the beginnings and ends of its styles, as a terminal shows it.
    static func withoutMarks(_ text: String) -> String {
        guard Terminal.usesColor, text.contains(mark) else { return text }
        return (allCases.map { "\($0.rawValue)m" } + ["0m", "t"]).reduce(text) { $0.replacing(mark + $1, with: "") }
    }

    /// The text with its styles as a terminal takes them.
    static func applied(to text: String) -> String {
        guard text.contains(mark) else { return text }
        let text = text.replacing(tab, with: "\t")
        return Terminal.usesColor ? text.replacing(mark, with: "\u{1B}[") : text
    }
}
