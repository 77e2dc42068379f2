/// Text cut into lines for a terminal, between words.
///
/// A word that no line has room for stands on a line of its own, and one of a script without spaces is broken.
func wrapped(_ text: String, width: Int, indent: String = "") -> String {
    let room = max(1, width - displayWidth(indent))
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    func end() {
        if !line.isEmpty { lines.append(indent + line) }
        (line, lineWidth) = ("", 0)
    }
    for word in text.split(whereSeparator: \.isWhitespace) {
        let wordWidth = displayWidth(word)
        if lineWidth > 0, lineWidth + 1 + wordWidth > room { end() }
        if wordWidth > room, word.unicodeScalars.contains(where: isWide) {
            for character in word {
                if lineWidth > 0, lineWidth + displayWidth(character) > room { end() }
                line.append(character)
                lineWidth += displayWidth(character)
            }
            continue
        }
        line += (lineWidth == 0 ? "" : " ") + word
        lineWidth += (lineWidth == 0 ? 0 : 1) + wordWidth
    }
    end()
    return lines.joined(separator: "\n")
}

/// The columns that a text takes on a terminal.
func displayWidth(_ text: some StringProtocol) -> Int {
    TextStyle.withoutMarks(String(text)).reduce(0) { $0 + displayWidth($1) }
}

/// The columns that a character takes: two for Chinese, Japanese and Korean ones and for most emoji, none for a sign
/// that
/// is drawn over another.
private func displayWidth(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.value < 0x300 { return first.value < 0x20 ? 0 : 1 }
    if [.nonspacingMark, .enclosingMark, .format].contains(first.properties.generalCategory) { return 0 }
    return isWide(first) || character.unicodeScalars.contains("\u{FE0F}") ? 2 : 1
}

/// Whether a character takes two columns: the ranges of East Asian Width W and F in Unicode's Standard Annex 11.
private func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
        true
    default: false
    }
}
