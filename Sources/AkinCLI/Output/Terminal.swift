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

/// What is known of the places a command prints to.
enum Terminal {
    /// Whether standard output is a terminal.
    static let isInteractive = isatty(STDOUT_FILENO) == 1
    /// Whether somebody can see progress and answer a question.
    static let canAsk = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
    /// Whether standard error is a terminal, where a progress bar may move.
    static let showsProgress = isatty(STDERR_FILENO) == 1

    /// Whether text is colored. `NO_COLOR` (no-color.org) forbids it and `CLICOLOR_FORCE` (bixense.com/clicolors) asks
    /// for it everywhere; then the configuration file counts; otherwise a terminal has colors unless it is a dumb one.
    static let usesColor: Bool = {
        let environment = ProcessInfo.processInfo.environment
        if !(environment["NO_COLOR"] ?? "").isEmpty { return false }
        if !["", "0"].contains(environment["CLICOLOR_FORCE"] ?? "") { return true }
        return switch Configuration.current.color ?? .auto {
        case .always: true
        case .never: false
        case .auto: isInteractive && environment["TERM"] != "dumb" && environment["CLICOLOR"] != "0"
        }
    }()

    /// Whether titles are links: on a terminal that is known to follow them.
    static let showsLinks = isInteractive && followsLinks(ProcessInfo.processInfo.environment)

    /// Whether a terminal of an environment follows links (OSC 8). `FORCE_HYPERLINK` decides where it is set. Others
    /// would show nothing, or signs that nobody wants, so only those that are known count, and none inside of another
    /// program.
    private static func followsLinks(_ environment: [String: String]) -> Bool {
        if let forced = environment["FORCE_HYPERLINK"], !forced.isEmpty { return forced != "0" }
        let term = environment["TERM"] ?? ""
        if term == "dumb" || term.hasPrefix("screen") || term.hasPrefix("tmux") { return false }
        if ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra", "wezterm"].contains(term) {
            return true
        }
        if ["iTerm.app", "WezTerm", "vscode", "ghostty"].contains(environment["TERM_PROGRAM"] ?? "") { return true }
        // GNOME's terminal and its relatives, from version 0.50 of their library on.
        if let version = environment["VTE_VERSION"].flatMap({ Int($0) }) { return version >= 5_000 }
        return environment["WT_SESSION"] != nil
    }

    /// The columns of standard output, or 100 where it is no terminal.
    static let width = size(of: STDOUT_FILENO)?.columns ?? 100

    /// The rows of standard output; `nil` where it is no terminal.
    static let height = size(of: STDOUT_FILENO)?.rows

    private static func size(of stream: Int32) -> (columns: Int, rows: Int?)? {
        var size = winsize()
        // SAFETY: the call fills the one structure whose address it gets.
        guard unsafe ioctl(stream, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return nil }
        return (Int(size.ws_col), size.ws_row > 1 ? Int(size.ws_row) : nil)
    }

    /// Writes lines to standard output, made safe by `printable`. A terminal's lines are broken between words.
    static func print(_ text: String) {
        let text = printable(text)
        StandardOutput.write(TextStyle.applied(to: isInteractive ? fitted(text, width: width) : text) + "\n")
    }

    /// The columns that the parser breaks help texts at; `nil` for its own choice. On a terminal ``print(_:)`` does it,
    /// which keeps lists and examples aligned.
    static let helpColumns: Int? = isInteractive ? 10_000 : nil

    /// Writes a text to standard output whose lines are as long as they should be, made safe by `printable`.
    static func printWhole(_ text: String) {
        StandardOutput.write(TextStyle.applied(to: printable(text)) + "\n")
    }

    /// Writes lines to standard error, made safe by `printable`, after what standard output has got so far. A
    /// terminal's lines are broken between words. While a pager has the terminal, the lines go there.
    static func note(_ text: String) {
        var text = printable(text)
        if showsProgress { text = fitted(text, width: size(of: STDERR_FILENO)?.columns ?? 100) }
        text = TextStyle.applied(to: text) + "\n"
        if showsProgress, StandardOutput.isPaged {
            StandardOutput.write(text)
        } else {
            _ = StandardOutput.flush()
            draw(text)
        }
    }

    /// Draws a line on standard error again, cut to the terminal's width.
    static func redraw(_ line: String) {
        draw("\r\u{1B}[K" + shortened(line, to: (size(of: STDERR_FILENO)?.columns ?? 100) - 1))
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

    /// What stands before and after the address of a link until it is printed.
    private static let (linkStart, linkEnd) = ("\(mark)L", "\(mark)E")

    /// A text that a terminal shows as a link, or unchanged where links are not shown. It lies in one line.
    ///
    /// - Parameters:
    ///   - text: The text. No line is broken inside of it any more.
    ///   - address: Where the link leads to; `nil` for no link.
    /// - Returns: The text with the link's beginning and end.
    static func link(_ text: String, to address: String?) -> String {
        guard Terminal.showsLinks, let address, !text.isEmpty else { return text }
        // A backslash ends the address.
        let safe = address.utf8.map { byte in
            (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "\\") ? String(UnicodeScalar(byte)) : hexadecimal(byte)
        }
        return linkStart + ";" + safe.joined() + linkEnd + text + linkStart + ";" + linkEnd
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    /// The beginning of the style that the end of a line of text is in; `nil` if it is in none.
    static func openStyle(of text: some StringProtocol) -> String? {
        guard Terminal.usesColor, let last = text.ranges(of: mark).last else { return nil }
        let rest = text[last.upperBound...]
        return allCases.first { rest.hasPrefix($0.rawValue + "m") }.map { mark + $0.rawValue + "m" }
    }

    /// The end of any style.
    static let end = "\(mark)0m"

    /// A text without the beginnings and ends of its styles, as a terminal shows it.
    static func withoutMarks(_ text: String) -> String {
        guard text.contains(mark) else { return text }
        var text = text
        while let start = text.range(of: linkStart),
            let end = text.range(of: linkEnd, range: start.upperBound..<text.endIndex)
        {
            text.removeSubrange(start.lowerBound..<end.upperBound)
        }
        return (allCases.map { "\($0.rawValue)m" } + ["0m", "t"]).reduce(text) { $0.replacing(mark + $1, with: "") }
    }

    /// The text with its styles as a terminal takes them.
    static func applied(to text: String) -> String {
        guard text.contains(mark) else { return text }
        let text = text.replacing(tab, with: "\t").replacing(linkStart, with: "\u{1B}]8;")
            .replacing(linkEnd, with: "\u{1B}\\")
        return Terminal.usesColor ? text.replacing(mark, with: "\u{1B}[") : text
    }
}
