/// Consecutive lines of a page that are not blank.
struct PageBlock {
    /// The lines, tidied, with a space between them.
    private(set) var text: String

    /// The number of the first line, from 1.
    let line: Int

    /// Whether all lines were UTF-8.
    private(set) var isUTF8: Bool

    /// Whether it outgrew what a record may have. Its text is then empty.
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
        self.isTooLong = self.isTooLong || isTooLong || text.utf8.count > LineReader.maximumLineLength
        if self.isTooLong { text = "" }
    }

    /// Appends the lines of another block.
    mutating func append(_ other: PageBlock) {
        append(other.text, isUTF8: other.isUTF8, isTooLong: other.isTooLong)
    }
}

// MARK: - What a block looks like

extension PageBlock {
    /// What a block can be, judged by itself.
    enum Shape {
        /// No title: a date, a number, a mark, the label of an abstract.
        case furniture
        /// Short and without a full stop: a title, or furniture in words.
        case heading
        /// Short, with a full stop: a title that has one, a short abstract, or furniture in words.
        case sentence
        /// Long, or several sentences: an abstract.
        case paragraph
    }

    /// The width from which on a block is a paragraph whatever it ends with.
    ///
    /// Of 157,369 papers in computer science, 19 have a title as wide. 193 have an abstract that is not; all but 11 of
    /// these end with a full stop.
    private static let paragraphWidth = 300

    /// The width from which on a block with a full stop at its end is a paragraph.
    private static let sentenceWidth = 200

    /// The widths from which on a block of several sentences is a paragraph, with and without a full stop at its end.
    private static let sentencesWidth = (closed: 100, open: 150)

    /// The width that a lone sentence needs to be an abstract; below, it is a footer's.
    private static let shortestAbstract = 60

    /// What the block looks like.
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

    /// Whether the block is a paragraph by its width alone.
    var isWide: Bool {
        isTooLong || PageBlock.width(of: text) >= PageBlock.paragraphWidth
    }

    /// Whether the block, a sentence, is long enough to be an abstract.
    var mayBeAbstract: Bool {
        PageBlock.width(of: text) >= PageBlock.shortestAbstract
    }

    /// How much a text says, in letters of an alphabet: an ideograph or a syllable counts as three.
    private static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            width + ((0x2E80...0x9FFF).contains(scalar.value) || (0xAC00...0xD7AF).contains(scalar.value) ? 3 : 1)
        }
    }

    private var endsWithFullStop: Bool {
        guard let last = text.last(where: { !"\"'”’)]}".contains($0) }) else { return false }
        return ".。…．".contains(last)
    }

    /// Whether a full stop with a word of three letters or more before it and a capital after it stands in the text.
    private var hasInnerFullStop: Bool {
        let words = text.split(separator: " ")
        return zip(words, words.dropFirst()).contains { word, next in
            word.count > 3 && ".?!".contains(word.last ?? " ") && (next.first?.isUppercase ?? false)
        } || text.dropLast().contains("。")
    }

    /// Whether the block is a date, an age, a number, marks without a letter, or the word "abstract".
    private var isFurniture: Bool {
        let words = Paper.normalizedTitle(of: text).split(separator: " ")
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
