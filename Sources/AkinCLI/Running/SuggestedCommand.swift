import Akin
import AkinPostgres

/// A command of this program that a message suggests, as a person can paste it into a shell.
struct SuggestedCommand: CustomStringConvertible {
    private let words: [String]
    private let library: String?

    /// Describes a command.
    ///
    /// - Parameters:
    ///   - words: The words after `akin`.
    ///   - library: The folder that the person gave with `--library`; `nil` if they gave none.
    init(_ words: String..., library: String?) {
        self.init(words, library: library)
    }

    /// Describes a command of a list of words.
    init(_ words: [String], library: String?) {
        self.words = words
        self.library = library
    }

    /// The command, each word quoted where a shell needs it.
    var line: String {
        let folder = library.map { ["--library", Library.withoutPassword($0)] } ?? []
        // Words that begin with a dash are no flags if they stand after `--`.
        let isText = words.first == "search" && words.dropFirst().first?.hasPrefix("-") == true
        let line = isText ? words.prefix(1) + folder + ["--"] + words.dropFirst() : words + folder
        return (["akin"] + line).map(shellQuoted).joined(separator: " ")
    }

    /// The command between back quotes, as a sentence has it.
    var description: String { "`\(line)`" }
}

/// A word as a shell reads it back: between single quotes unless it has none but harmless characters.
private func shellQuoted(_ word: String) -> String {
    let isHarmless = word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_-./:@%+,=".utf8.contains(byte)
        }
    }
    if isHarmless, !word.isEmpty { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
}
