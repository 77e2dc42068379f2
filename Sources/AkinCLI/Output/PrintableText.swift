/// A text that does nothing to a terminal but show itself. All that the program prints for people goes through here.
///
/// Control characters become pictures of themselves (ESC becomes `␛`), those of the second set become U+FFFD, and
/// characters that turn the direction of other text are left out. A line end stays. Text that runs from right to left
/// by itself stays as it is.
///
/// - Complexity: O(*n*) for *n* bytes.
func printable(_ text: String) -> String {
    guard
        text.utf8.contains(where: { ($0 < 0x20 && $0 != 0x0A) || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 || $0 == 0xD8 })
    else { return text }
    var printable = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x0A: printable.append(scalar)
        case 0x09, 0x2028, 0x2029: printable.append(" ")
        case ..<0x20: printable.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
        case 0x7F: printable.append("\u{2421}")
        case 0x80...0x9F: printable.append("\u{FFFD}")
        // Marks, embeddings, overrides and isolates of direction.
        case 0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: break
        default: printable.append(scalar)
        }
    }
    return String(printable)
}

/// A text of others, such as a title or a name of a file, on one line: line ends and tabs in it become spaces.
///
/// Otherwise it could pass for further lines of the program's own.
func oneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isLineBreak) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isLineBreak($0) ? " " : $0 }))
}

private func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    (0x09...0x0D).contains(scalar.value) || [0x85, 0x2028, 0x2029].contains(scalar.value)
}
