import Papers

/// Consecutive lines of a page without a blank line between them.
struct PageBlock {
    /// The lines, tidied, joined by spaces. Empty if the block is too long.
    private(set) var text: String

    /// The number of the first line, from 1.
    let line: Int

    /// Whether all lines were UTF-8.
    private(set) var isUTF8: Bool

    /// Whether the block is longer than a record may be, see ``FileBlock/maximumPartLength``.
    private(set) var isTooLong: Bool

    /// Creates a block of one line.
    init(_ text: String, line: Int, isUTF8: Bool = true, isTooLong: Bool = false) {
        self.text = text
        self.line = line
        self.isUTF8 = isUTF8
        self.isTooLong = isTooLong
    }

    /// Appends a line.
    mutating func append(_ more: String, isUTF8: Bool = true, isTooLong: Bool = false) {
        if !text.isEmpty { text += " " }
        text += more
        self.isUTF8 = self.isUTF8 && isUTF8
        self.isTooLong = self.isTooLong || isTooLong || text.utf8.count > FileBlock.maximumPartLength
        if self.isTooLong { text = "" }
    }

    /// Appends the lines of another block.
    mutating func append(_ other: PageBlock) {
        append(other.text, isUTF8: other.isUTF8, isTooLong: other.isTooLong)
    }
}

// MARK: - What a block looks like

extension PageBlock {
    /// What a block can be, without regard to its neighbors.
    enum Shape {
        /// A date, a number, a mark or the label of an abstract. It is no title.
        case furniture
        /// Short and without a full stop: a title, or a label of the page.
        case heading
        /// Short and with a full stop: a title, a short abstract, or a line of the page's footer.
        case sentence
        /// Long, or several sentences: an abstract or a part of one.
        case paragraph
    }

    /// A block of this width is a paragraph, whatever it ends with.
    ///
    /// Among 157,369 papers, 19 titles are wider, and 11 abstracts are narrower and end without a full stop.
    private static let paragraphWidth = 300

    /// A block of this width is a paragraph if it ends with a full stop.
    private static let sentenceWidth = 200

    /// A block of this width is a paragraph if it has several sentences: with and without a full stop at its end.
    private static let sentencesWidth = (closed: 100, open: 150)

    /// A single sentence of this width can be an abstract. A shorter one belongs to a footer.
    private static let shortestAbstract = 60

    /// The shape of the block.
    var shape: Shape {
        if isTooLong { return .paragraph }
        let width = PageBlock.width(of: text)
        if width >= PageBlock.paragraphWidth { return .paragraph }
        if isFurniture { return .furniture }
        let (isClosed, isSeveral) = (endsWithFullStop, hasInnerFullStop)
        if isClosed, width >= PageBlock.sentenceWidth { return .paragraph }
        if isSeveral, width >= (isClosed ? PageBlock.sentencesWidth.closed : PageBlock.sentencesWidth.open) {
            return .paragraph
        }
        return isClosed ? .sentence : .heading
    }

    /// Whether the width alone makes the block a paragraph.
    var isWide: Bool {
        isTooLong || PageBlock.width(of: text) >= PageBlock.paragraphWidth
    }

    /// Whether a block that is a sentence is long enough to be an abstract.
    var mayBeAbstract: Bool {
        PageBlock.width(of: text) >= PageBlock.shortestAbstract
    }

    /// The length of a text in letters of an alphabet. An ideograph or a Korean syllable counts as three letters.
    private static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            width + ((0x2E80...0x9FFF).contains(scalar.value) || (0xAC00...0xD7AF).contains(scalar.value) ? 3 : 1)
        }
    }

    private var endsWithFullStop: Bool {
        guard let last = text.last(where: { !"\"'”’)]}".contains($0) }) else { return false }
        return ".。…．".contains(last)
    }

    /// Whether a sentence ends inside the text: a full stop after a word of three letters or more, before a capital.
    private var hasInnerFullStop: Bool {
        let words = text.split(separator: " ")
        return zip(words, words.dropFirst()).contains { word, next in
            word.count > 3 && ".?!".contains(word.last ?? " ") && (next.first?.isUppercase ?? false)
        } || text.dropLast().contains("。")
    }

    /// Whether the block is a date, an age, a number, punctuation alone, or the word "abstract".
    private var isFurniture: Bool {
        let words = Paper.matchingForm(of: text).split(separator: " ")
        if words.isEmpty || words == ["abstract"] || words == ["summary"] { return true }
        guard words.count <= PageBlock.longestDate else { return false }
        let isNumbered = words.contains { $0.allSatisfy(\.isNumber) }
        let isDated = words.allSatisfy { $0.allSatisfy(\.isNumber) || PageBlock.dateWords.contains(String($0)) }
        return isDated && (isNumbered || words.count == 1)
    }

    /// The most words of a date: "published on 14 mar 2024".
    private static let longestDate = 6

    private static let dateWords: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
        "december", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday",
        "friday", "saturday", "sunday", "published", "submitted", "updated", "on", "ago", "day", "days", "hour",
        "hours", "week", "weeks", "month", "months", "year", "years",
    ]
}
