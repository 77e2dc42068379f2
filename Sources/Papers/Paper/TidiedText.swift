/// Returns a text whose control characters and runs of white space, line ends included, are single spaces. The ends of
/// the text have none.
///
/// Most texts are tidy already. They are returned after one pass over their bytes.
///
/// - Complexity: O(*n*) for *n* bytes.
package func tidied(_ text: String) -> String {
    isTidy(text.utf8) ? text : tidiedBytes(Array(text.utf8))
}

/// Tidies the texts of a list and drops the empty ones.
func tidiedList(_ texts: [String]) -> [String] {
    if texts.allSatisfy({ !$0.isEmpty && isTidy($0.utf8) }) { return texts }
    return texts.map(tidied).filter { !$0.isEmpty }
}

// White space and controls in UTF-8, beyond ASCII's: C2 80 … C2 A0 (U+0080 … U+00A0), E1 9A 80 (U+1680), E2 80 80 … E2
// 80 8A, E2 80 A8, E2 80 A9, E2 80 AF, E2 81 9F (U+2000 … U+205F) and E3 80 80 (U+3000).

/// Whether a text is tidy already.
private func isTidy(_ text: String.UTF8View) -> Bool {
    unsafe text.withContiguousStorageIfAvailable(isPlainText) == true || isTidyThroughout(text)
}

/// Whether the only bytes that could belong to white space are single spaces inside the text.
///
/// This suffices for nearly all texts. The loop has no branch, so that the compiler vectorises it.
private func isPlainText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let count = bytes.count
    if count == 0 { return true }
    // SAFETY: every index is in 0..<count, and 0 is because count is not 0.
    var suspect: UInt8 = unsafe bytes[0] == 0x20 || bytes[count - 1] == 0x20 ? 1 : 0
    for index in 0..<count {
        let byte = unsafe bytes[index]
        suspect |= byte < 0x20 ? 1 : 0
        suspect |= byte == 0x7F ? 1 : 0
        suspect |= byte == 0xC2 ? 1 : 0
        suspect |= byte &- 0xE1 < 3 ? 1 : 0
    }
    for index in 1..<max(count, 1) {
        suspect |= unsafe (bytes[index - 1] | bytes[index]) == 0x20 ? 1 : 0  // two spaces, or a control character
    }
    return suspect == 0
}

/// Whether a text is tidy, with an exact test of the characters that take several bytes.
private func isTidyThroughout(_ bytes: String.UTF8View) -> Bool {
    var isAfterSpace = true
    var isEmpty = true
    var (first, second): (UInt8, UInt8) = (0, 0)  // the two preceding bytes
    for byte in bytes {
        isEmpty = false
        if byte > 0x20, byte < 0x7F {
            isAfterSpace = false
        } else if byte == 0x20 {
            if isAfterSpace { return false }
            isAfterSpace = true
        } else if byte < 0x80 || isSpace(second, byte) || isSpace(first, second, byte) {
            return false
        } else {
            isAfterSpace = false
        }
        (first, second) = (second, byte)
    }
    return isEmpty || !isAfterSpace
}

private func tidiedBytes(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var owesSpace = false
    var index = 0
    while index < bytes.count {
        let length = spaceLength(bytes, at: index)
        if length > 0 {
            owesSpace = !result.isEmpty
            index += length
        } else {
            if owesSpace { result.append(0x20) }
            owesSpace = false
            result.append(bytes[index])
            index += 1
        }
    }
    return String(decoding: result, as: UTF8.self)
}

/// The length of the white space or control character at a position, in bytes. 0 if there is none.
private func spaceLength(_ bytes: [UInt8], at index: Int) -> Int {
    let byte = bytes[index]
    if byte <= 0x20 || byte == 0x7F { return 1 }
    if byte < 0xC2 || byte > 0xE3 { return 0 }
    if index + 1 < bytes.count, isSpace(byte, bytes[index + 1]) { return 2 }
    return index + 2 < bytes.count && isSpace(byte, bytes[index + 1], bytes[index + 2]) ? 3 : 0
}

private func isSpace(_ first: UInt8, _ second: UInt8) -> Bool {
    first == 0xC2 && second <= 0xA0
}

private func isSpace(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second) {
    case (0xE1, 0x9A), (0xE3, 0x80): third == 0x80
    case (0xE2, 0x80): third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF
    case (0xE2, 0x81): third == 0x9F
    default: false
    }
}
