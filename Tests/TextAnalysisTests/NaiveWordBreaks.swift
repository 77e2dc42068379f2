import TextAnalysis

/// The word boundaries of a text, rule by rule and position by position as Unicode Standard Annex #29 states them, with
/// no thought of speed.
struct NaiveWordBreaks {
    private let entries: [WordBreak]

    init(_ codePoints: [UInt32]) {
        entries = codePoints.map(WordBreak.init)
    }

    /// The indices of the code points before which there is a boundary, and the end.
    var boundaries: [Int] {
        guard !entries.isEmpty else { return [] }
        return [0] + (1..<entries.count).filter(isBoundary) + [entries.count]
    }

    private func isBoundary(_ index: Int) -> Bool {
        let (left, right) = (entries[index - 1].property, entries[index].property)
        if left == .cr, right == .lf { return false }  // WB3
        if [.newline, .cr, .lf].contains(left) { return true }  // WB3a
        if [.newline, .cr, .lf].contains(right) { return true }  // WB3b
        if left == .zwj, entries[index].isPictographic { return false }  // WB3c
        if left == .wSegSpace, right == .wSegSpace { return false }  // WB3d
        if isIgnored(right) { return false }  // WB4
        let before = base(before: index)
        let l = before.map { entries[$0].property } ?? .other
        let ll = before.flatMap { base(before: $0) }.map { entries[$0].property } ?? .other
        let rr = base(after: index).map { entries[$0].property } ?? .other
        if isLetter(l), isLetter(right) { return false }  // WB5
        if isLetter(l), right == .midLetter || isMidNumLetQ(right), isLetter(rr) { return false }  // WB6
        if isLetter(ll), l == .midLetter || isMidNumLetQ(l), isLetter(right) { return false }  // WB7
        if l == .hebrewLetter, right == .singleQuote { return false }  // WB7a
        if l == .hebrewLetter, right == .doubleQuote, rr == .hebrewLetter { return false }  // WB7b
        if ll == .hebrewLetter, l == .doubleQuote, right == .hebrewLetter { return false }  // WB7c
        if l == .numeric, right == .numeric { return false }  // WB8
        if isLetter(l), right == .numeric { return false }  // WB9
        if l == .numeric, isLetter(right) { return false }  // WB10
        if ll == .numeric, l == .midNum || isMidNumLetQ(l), right == .numeric { return false }  // WB11
        if l == .numeric, right == .midNum || isMidNumLetQ(right), rr == .numeric { return false }  // WB12
        if l == .katakana, right == .katakana { return false }  // WB13
        if right == .extendNumLet, isLetter(l) || [.numeric, .katakana, .extendNumLet].contains(l) {  // WB13a
            return false
        }
        if l == .extendNumLet, isLetter(right) || [.numeric, .katakana].contains(right) { return false }  // WB13b
        if right == .regionalIndicator, indicators(before: index) % 2 == 1 { return false }  // WB15, WB16
        return true  // WB999
    }

    private func isIgnored(_ property: WordBreak.Property) -> Bool { [.extend, .format, .zwj].contains(property) }
    private func isLetter(_ property: WordBreak.Property) -> Bool { [.aLetter, .hebrewLetter].contains(property) }
    private func isMidNumLetQ(_ property: WordBreak.Property) -> Bool { [.midNumLet, .singleQuote].contains(property) }

    /// The code point that WB4 puts in the place of those before an index, or `nil` at the start of the text.
    private func base(before index: Int) -> Int? {
        var current = index - 1
        guard current >= 0 else { return nil }
        while current > 0, isIgnored(entries[current].property) {
            let left = entries[current - 1].property
            // After a line break or at the start, what would be ignored stands for itself.
            if [.newline, .cr, .lf].contains(left) { return current }
            current -= 1
        }
        return current
    }

    private func base(after index: Int) -> Int? {
        entries.indices.dropFirst(index + 1).first { !isIgnored(entries[$0].property) }
    }

    private func indicators(before index: Int) -> Int {
        var count = 0
        var current = base(before: index)
        while let found = current, entries[found].property == .regionalIndicator {
            count += 1
            current = base(before: found)
        }
        return count
    }
}
