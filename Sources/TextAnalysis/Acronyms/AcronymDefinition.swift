/// A place of a text that says what a short form stands for, as "large language models (LLMs)" does.
public struct AcronymDefinition: Hashable, Sendable {
    /// What stands in the parentheses: `LLMs`.
    public var short: String

    /// The words before them that it abbreviates: `large language models`.
    public var long: String

    /// Takes both forms together.
    public init(short: String, long: String) {
        self.short = short
        self.long = long
    }
}

extension AcronymDefinition {
    /// The bytes that a parenthesis may hold to be looked at.
    private static let longestParenthesis = 60

    /// The definitions in a text, in its order.
    ///
    /// After A. S. Schwartz & M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text",
    /// Pacific Symposium on Biocomputing 2003, <https://doi.org/10.1142/9789812776303_0042>:
    /// 1. A short form stands in parentheses, before a comma or semicolon if there is one. It has two to ten bytes, two words
    ///    at most, and begins with a letter or digit. Here it also has a capital, or "(see)" would be one.
    /// 2. Of the words before it, in the same sentence, min(*n* + 5, 2 *n*) are looked at, *n* being its length.
    /// 3. Its letters are looked for in these words from right to left, each as far right as it can stand; the first has to
    ///    begin a word, and with that word the long form begins.
    /// 4. A long form that is no longer than the short one, or has it among its words, is none.
    ///
    /// Definitions the other way round, with the long form in the parentheses, are rare and passed over.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    public static func all(in text: String) -> [AcronymDefinition] {
        var definitions: [AcronymDefinition] = []
        let bytes = Array(text.utf8)
        var opened: Int?
        for (place, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "(") {
                opened = place
            } else if byte == UInt8(ascii: ")"), let open = opened {
                opened = nil
                guard place - open <= longestParenthesis,
                    let short = shortForm(bytes[open + 1..<place]),
                    let long = longForm(of: short, before: bytes[..<open])
                else { continue }
                definitions.append(
                    AcronymDefinition(
                        short: String(decoding: short, as: UTF8.self), long: String(decoding: long, as: UTF8.self)))
            }
        }
        return definitions
    }

    /// Step 1.
    private static func shortForm(_ parenthesis: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let form = parenthesis.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ";") }
        guard (2...10).contains(form.count), let first = form.first, ASCII.isWord(first),
            form.split(separator: space).count <= 2, form.last != space,
            form.contains(where: ASCII.isUppercase)
        else { return nil }
        return form
    }

    /// Steps 2 to 4.
    private static func longForm(of short: ArraySlice<UInt8>, before text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let words = lastWords(of: text, count: min(short.count + 5, 2 * short.count))
        var place = words.endIndex
        for letter in short.reversed() where ASCII.isWord(letter) {
            repeat {
                guard place > words.startIndex else { return nil }
                place -= 1
            } while ASCII.lowercased(words[place]) != ASCII.lowercased(letter)
        }
        // The first letter has been found somewhere; it has to begin a word.
        while place > words.startIndex,
            isInWord(words[place - 1]) || ASCII.lowercased(words[place]) != first(of: short)
        {
            place -= 1
        }
        guard ASCII.lowercased(words[place]) == first(of: short) else { return nil }
        let long = words[((words[..<place].lastIndex(of: space) ?? words.startIndex - 1) + 1)...]
        guard long.count > short.count, !long.split(separator: space).contains(where: { $0.elementsEqual(short) })
        else { return nil }
        return long
    }

    /// The last words before a parenthesis, of the sentence that it stands in.
    private static func lastWords(of text: ArraySlice<UInt8>, count: Int) -> ArraySlice<UInt8> {
        guard let last = text.lastIndex(where: { $0 != space }) else { return [] }
        let end = last + 1
        var start = end
        var words = 0
        while start > text.startIndex {
            if text[start - 1] == space {
                let isBreak = start - 2 >= text.startIndex && breaks.contains(text[start - 2])
                words += 1
                if isBreak || words == count { break }
            }
            start -= 1
        }
        return text[start..<end]
    }

    /// Whether a byte is part of a word, so that the next one begins none; letters beyond ASCII are.
    private static func isInWord(_ byte: UInt8) -> Bool { ASCII.isWord(byte) || byte >= 0x80 }

    private static func first(of short: ArraySlice<UInt8>) -> UInt8? { short.first.map(ASCII.lowercased) }

    private static let space = UInt8(ascii: " ")
    /// What ends a sentence, or a part of one, before a space.
    private static let breaks = Set(".;:()?!".utf8)
}
