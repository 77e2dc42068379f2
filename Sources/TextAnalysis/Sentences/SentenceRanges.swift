/// The sentences of a text, in order, as ranges of its UTF-8 without the white space between them.
///
/// A sentence ends behind `.`, `!`, `?` or `…` if white space follows. Closing quotation marks and brackets belong to
/// it. It also ends behind `。`, `！` and `？`, whatever follows. A full stop does not end a sentence
///
/// - if the next letter is a small one: `e.g. models`, `et al. show`;
/// - behind an abbreviation that stands before names and numbers, such as `Fig.`, `Dr.` or `cf.`;
/// - behind a single capital letter, which is an initial: `J. Smith`;
/// - behind a word with another full stop in it: `i.i.d. Gaussian`, `U.S. English`.
///
/// `et al.` ends a sentence if a capital follows: in abstracts that begins a sentence more often than a name. A
/// sentence whose last word is an initial or has full stops runs on into the next. The abbreviations are English. A
/// text of another language may be cut once too often.
///
/// - Parameter text: The text.
/// - Returns: The ranges, none of which is empty.
/// - Complexity: O(*n*) for a text of *n* bytes.
public func sentenceRanges(in text: String) -> [Range<Int>] {
    let bytes = Array(text.utf8)
    var sentences: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < bytes.count {
        guard let end = sentenceEnd(at: index, in: bytes) else {
            index += 1
            continue
        }
        append(start..<end, to: &sentences, bytes)
        (start, index) = (end, end)
    }
    append(start..<bytes.count, to: &sentences, bytes)
    return sentences
}

/// The end of the sentence whose last mark starts at a place; `nil` if no sentence ends there.
private func sentenceEnd(at index: Int, in bytes: [UInt8]) -> Int? {
    if isWideMark(at: index, in: bytes) { return skipClosingMarks(from: index + 3, in: bytes) }
    let markLength: Int
    switch bytes[index] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): markLength = 1
    case 0xE2 where bytes[index...].starts(with: Array("…".utf8)): markLength = 3
    default: return nil
    }
    let end = skipClosingMarks(from: index + markLength, in: bytes)
    guard end < bytes.count else { return end }
    guard isWhiteSpace(bytes[end]) else { return nil }
    return bytes[index] == UInt8(ascii: ".") && isWithinSentence(stop: index, end: end, in: bytes) ? nil : end
}

/// Whether a full stop belongs to its word, and the sentence goes on behind it.
private func isWithinSentence(stop: Int, end: Int, in bytes: [UInt8]) -> Bool {
    let next = bytes[end...].first { !isWhiteSpace($0) && !openingMarks.contains($0) }
    if let next, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next) { return true }
    var wordStart = stop
    while wordStart > 0, isWordByte(bytes[wordStart - 1]) || bytes[wordStart - 1] == UInt8(ascii: ".") {
        wordStart -= 1
    }
    let word = bytes[wordStart..<stop]
    guard let first = word.first else { return false }
    // What follows directly decides: "et al. (2020) show" goes on.
    if word.elementsEqual("al".utf8) {
        return bytes[end...].first { !isWhiteSpace($0) }.map { !isCapital($0) } ?? false
    }
    if word.count == 1 { return isCapital(first) }
    if word.contains(UInt8(ascii: ".")), !word.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }) { return true }
    return abbreviations.contains(String(decoding: word, as: UTF8.self).lowercased())
}

/// The abbreviations that do not end a sentence, even before a capital or a number.
private let abbreviations: Set<String> = [
    "approx", "cf", "ch", "dr", "eq", "eqn", "eqs", "fig", "figs", "mr", "mrs", "ms", "no", "nos", "pp", "prof", "ref",
    "refs", "resp", "sec", "sect", "st", "tab", "viz", "vol", "vs",
]

private let openingMarks: Set<UInt8> = Set("\"'([{".utf8)

/// The place behind the closing brackets and quotation marks at `index`.
private func skipClosingMarks(from index: Int, in bytes: [UInt8]) -> Int {
    var index = index
    while index < bytes.count {
        if "\"')]}.!?".utf8.contains(bytes[index]) {
            index += 1
        } else if closingQuotes.contains(where: { bytes[index...].starts(with: $0) }) {
            index += 3
        } else {
            break
        }
    }
    return index
}

private let closingQuotes = ["”", "’", "」", "』", "）"].map { Array($0.utf8) }

private let wideMarks = ["。", "！", "？"].map { Array($0.utf8) }

private func isWideMark(at index: Int, in bytes: [UInt8]) -> Bool {
    bytes[index] >= 0xE3 && wideMarks.contains { bytes[index...].starts(with: $0) }
}

/// Appends a range without the white space at its ends, if anything is left.
private func append(_ range: Range<Int>, to sentences: inout [Range<Int>], _ bytes: [UInt8]) {
    guard let first = bytes[range].firstIndex(where: { !isWhiteSpace($0) }),
        let last = bytes[range].lastIndex(where: { !isWhiteSpace($0) })
    else { return }
    sentences.append(first..<last + 1)
}

private func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

private func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}
