/// Returns a text as TeX source that shows it, in UTF-8.
///
/// Reading the source with ``plainText(ofTeX:)`` gives the text again.
func texSource(of text: String) -> String {
    var source = ""
    source.reserveCapacity(text.utf8.count + 8)
    let scalars = Array(text.unicodeScalars)
    let isBlank = { (index: Int) in index < 0 || index >= scalars.count || scalars[index] == "\n" }
    for (index, scalar) in scalars.enumerated() {
        let before = index > 0 ? scalars[index - 1] : "\n"
        switch scalar {
        case "\\": source += "\\textbackslash{}"
        case "{": source += "\\textbraceleft{}"
        case "}": source += "\\textbraceright{}"
        case "~": source += "\\textasciitilde{}"
        case "^": source += "\\textasciicircum{}"
        case "$", "&", "%", "#", "_":
            source += "\\"
            source.unicodeScalars.append(scalar)
        case "-" where before == "-", "'" where before == "'", "`" where "`?!".unicodeScalars.contains(before),
            "@" where before == "\n":
            // Empty braces keep signs apart that TeX would join, and an entry from beginning a line.
            source += "{}"
            source.unicodeScalars.append(scalar)
        case "\n" where index > 0 && index < scalars.count - 1: source += "\n"
        case " " where isBlank(index - 1) || index == scalars.count - 1: source += "\\symbol{32}"
        case _ where scalar.value < 0x20: source += "\\symbol{\(scalar.value)}"
        default: source.unicodeScalars.append(scalar)
        }
    }
    return source
}

/// Returns a title as TeX source. Braces keep the case of words such as `BERT` where a style would change it.
func texTitle(of title: String) -> String {
    title.split(separator: " ", omittingEmptySubsequences: false).map { word in
        let source = texSource(of: String(word))
        return word.dropFirst().contains(where: \.isUppercase) ? "{\(source)}" : source
    }
    .joined(separator: " ")
}

/// Returns an address, an identifier or a path as TeX source that ``plainAddress(ofTeX:)`` reads.
func texAddress(of text: String) -> String {
    guard text.contains(where: { "\\{}".contains($0) }) else { return text }
    return texBraces(of: text, backslash: "\\textbackslash{}")
}

/// Returns a text with commands in place of its braces, which would count as braces of BibTeX, and of its backslashes.
func texBraces(of text: String, backslash: String) -> String {
    var source = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "{": source += "\\textbraceleft{}"
        case "}": source += "\\textbraceright{}"
        case "\\": source += backslash
        default: source.unicodeScalars.append(scalar)
        }
    }
    return source
}
