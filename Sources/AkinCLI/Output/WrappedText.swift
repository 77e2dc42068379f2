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

/// Lines that fit a terminal, each broken between words where it is too long. What follows stands under the text behind
/// a label, as in `authors     Ada Reader`, or under the beginning of the line.
///
/// - Parameters:
///   - text: The lines.
///   - width: The columns of the terminal.
/// - Returns: The lines. Those that fit are unchanged.
func fitted(_ text: String, width: Int) -> String {
    guard text.utf8.count > width else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.utf8.count > width && displayWidth(line) > width ? broken(line, width: width) : String(line)
    }.joined(separator: "\n")
}

/// A line in several.
private func broken(_ line: Substring, width: Int) -> String {
    let margin = line.prefix { $0 == " " }
    var head = String(margin)
    if let label = line.firstMatch(of: /^ *\S+(?: \S+)* {2,}(?=\S)/), displayWidth(label.output) * 2 <= width {
        head = String(label.output)
    }
    let indent = String(repeating: " ", count: displayWidth(head))
    var style: String?
    return wrapped(String(line.dropFirst(head.count)), width: width, indent: indent)
        .split(separator: "\n").enumerated()
        .map { place, part in
            let rest = part.dropFirst(indent.count)
            // A style that goes over several lines ends with each and begins again.
            let begun = (place == 0 ? head : indent + (style ?? "")) + rest
            style = TextStyle.openStyle(of: begun)
            return style == nil ? begun : begun + TextStyle.end
        }.joined(separator: "\n")
}

/// A text that takes at most some columns, the last of them for an ellipsis if it is cut.
func shortened(_ text: String, to width: Int) -> String {
    guard displayWidth(text) > width else { return text }
    var cut = ""
    var cutWidth = 0
    for character in text {
        cutWidth += displayWidth(character)
        if cutWidth >= width { break }
        cut.append(character)
    }
    return cut + "…"
}

/// The columns that a text takes on a terminal.
func displayWidth(_ text: some StringProtocol) -> Int {
    TextStyle.withoutMarks(String(text)).reduce(0) { $0 + displayWidth($1) }
}

/// The columns that a character takes: two for Chinese, Japanese and Korean ones and for most emoji, none for a sign
/// that is drawn over another.
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
