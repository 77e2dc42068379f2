/// A text with its control characters and runs of white space, line ends included, made single spaces, and without
/// any at its ends.
///
/// Most texts are tidy and come back as they are, after one look at their bytes.
///
/// - Complexity: O(*n*) for *n* bytes.
package func tidied(_ text: String) -> String {
    isTidy(text.utf8) ? text : tidiedByScalars(text)
}

/// The tidied texts of a list, those that are empty left out.
func tidiedList(_ texts: [String]) -> [String] {
    if texts.allSatisfy({ !$0.isEmpty && isTidy($0.utf8) }) { return texts }
    return texts.map(tidied).filter { !$0.isEmpty }
}

/// Whether there is surely nothing to tidy: no control byte, no two adjacent spaces, none at the ends, and none of the
/// lead bytes under which Unicode keeps further white space and controls.
///
/// White space outside ASCII is U+0085 and U+00A0 (lead byte C2), U+1680 (E1), U+2000…U+205F (E2) and U+3000 (E3).
private func isTidy(_ bytes: some Sequence<UInt8>) -> Bool {
    var isAfterSpace = true
    var isEmpty = true
    for byte in bytes {
        isEmpty = false
        if byte > 0x20, byte < 0x7F {
            isAfterSpace = false
        } else if byte == 0x20 {
            if isAfterSpace { return false }
            isAfterSpace = true
        } else if byte < 0x20 || byte == 0x7F || byte == 0xC2 || (0xE1...0xE3).contains(byte) {
            return false
        } else {
            isAfterSpace = false
        }
    }
    return isEmpty || !isAfterSpace
}

private func tidiedByScalars(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var owesSpace = false
    for scalar in text.unicodeScalars {
        if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
            owesSpace = !result.isEmpty
        } else {
            if owesSpace { result.append(" ") }
            owesSpace = false
            result.append(scalar)
        }
    }
    return String(result)
}
