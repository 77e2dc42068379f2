/// Returns a text without its markup: tags of JATS, HTML and MathML are removed, and references such as `&amp;` become
/// their characters.
///
/// - A tag is removed if its partner is there, or if it needs none: `<br>`, `<mspace/>`, a comment, and names with a
///   prefix such as `jats:`. So a text about the `<title>` element keeps it. A tag in quotes or back quotes of its own
///   is text as well.
/// - A tag that divides blocks becomes a space, any other nothing.
/// - Digits above and below the line stay there: `H<sub>2</sub>O` becomes `H₂O`, and `10<sup>6</sup>` becomes `10⁶`.
///   Scripts with other characters become plain text, with `^` or a space where digits would join digits: `2^10k`.
/// - The text of formulas stays, without its second notation (`annotation`). A fraction is written with `/`, and a
///   root with `√`.
/// - A heading that says `Abstract` is dropped.
/// - Text that was escaped several times (`&amp;amp;`) is read to the end.
/// - What only looks like markup stays: `x < y`, `AT&T`, `<unk>`, `List<int>`.
///
/// The plain text of a plain text is itself. Removed markup may let other markup come together, which is removed in
/// turn. A text where that happens more than `maximumPasses` times is returned as it is; nobody writes one.
///
/// - Complexity: O(*n*) for *n* bytes. A text without `<` and `&` is returned after one pass over its bytes.
func plainText(_ text: String) -> String {
    guard mayHaveMarkup(text) else { return text }
    var current = Array(text.utf8)
    for _ in 0..<maximumPasses {
        let next = withoutMarkup(withoutReferences(current))
        if next == current { return String(decoding: current, as: UTF8.self) }
        current = next
        if !current.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) {
            return String(decoding: current, as: UTF8.self)
        }
    }
    return text
}

/// Returns texts without their markup; see ``plainText(_:)``.
func plainTexts(_ texts: [String]) -> [String] {
    texts.contains(where: mayHaveMarkup) ? texts.map(plainText) : texts
}

/// How often a text is read until nothing changes any more. Real texts take two readings.
private let maximumPasses = 8

/// Whether a text has a character that begins markup.
private func mayHaveMarkup(_ text: String) -> Bool {
    unsafe text.utf8.withContiguousStorageIfAvailable(hasMarkupByte)
        ?? text.utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
}

/// Whether a byte is `<` or `&`. The loop has no branch, so that the compiler vectorises it.
private func hasMarkupByte(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var found: UInt8 = 0
    for index in 0..<bytes.count {
        // SAFETY: the index is below the number of bytes.
        let byte = unsafe bytes[index]
        found |= byte == UInt8(ascii: "<") ? 1 : 0
        found |= byte == UInt8(ascii: "&") ? 1 : 0
    }
    return found != 0
}

// MARK: - References

/// Returns a text with its references replaced by their characters, until none is left.
///
/// A reference is recognized at its `;`, by what the output then ends with. So a character that comes from a reference
/// may begin another one: `&amp;lt;`.
///
/// - Complexity: O(*n*) for *n* bytes: a byte is looked at once, and again within the few bytes of a reference.
private func withoutReferences(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "&")) else { return text }
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    for byte in text { append(byte, to: &output) }
    return output
}

private func append(_ byte: UInt8, to output: inout [UInt8]) {
    guard byte == UInt8(ascii: ";") else { return output.append(byte) }
    // Indexes and not slices: a slice that is still there would make the change below copy the whole output.
    var start = output.count - 1
    let first = max(0, output.count - CharacterEntities.maximumLength - 1)
    while start >= first, output[start] != UInt8(ascii: "&") { start -= 1 }
    guard start >= first, start + 1 < output.count,
        let scalar = CharacterEntities.character(output[(start + 1)...])
    else { return output.append(byte) }
    output.removeLast(output.count - start)
    for byte in String(Character(scalar)).utf8 { append(byte, to: &output) }
}
