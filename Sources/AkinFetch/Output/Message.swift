import Foundation

/// What the program says to a person.
enum Message {
    /// Writes a line to standard error. Control characters of a service's words do nothing to a terminal.
    static func note(_ text: String) {
        ProgressLine.clear()
        write(String(text.unicodeScalars.map { isHarmless($0) ? Character($0) : " " }) + "\n")
    }

    /// Writes to standard error as it is. Where that is closed or full, there is nobody to tell.
    static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: true
        case ..<0x20, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
