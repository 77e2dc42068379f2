/// Returns a text without its markup: tags of JATS, HTML and MathML are removed, and references such as `&amp;` become
/// their characters.
///
/// A tag that divides blocks becomes a space, any other nothing: `H<sub>2</sub>O` becomes `H2O`. The text of formulas
/// stays, without its second notation (`annotation`). A heading that says `Abstract` is dropped. Text that was escaped
/// several times (`&amp;amp;`) is read to the end. What only looks like markup stays: `x < y`, `AT&T`, `<unk>`,
/// `List<int>`.
///
/// The plain text of a plain text is itself.
///
/// - Complexity: O(*n*) for *n* bytes. A text without `<` and `&` is returned after one pass over its bytes.
func plainText(_ text: String) -> String {
    guard mayHaveMarkup(text) else { return text }
    var reader = MarkupReader()
    reader.output.reserveCapacity(text.utf8.count)
    for byte in text.utf8 { reader.append(byte) }
    return reader.hasMarkup ? String(decoding: reader.output, as: UTF8.self) : text
}

/// Returns texts without their markup; see ``plainText(_:)``.
func plainTexts(_ texts: [String]) -> [String] {
    texts.contains(where: mayHaveMarkup) ? texts.map(plainText) : texts
}

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

/// Reads a text byte by byte and keeps what is no markup.
///
/// A reference is recognized at its `;` and a tag at its `>`, by what the output then ends with. What the reader knows
/// depends on its output alone. So its output, read again, stays as it is, even where removed markup lets other markup
/// come together. A byte is looked at again only where it is removed, or once, or within the few bytes of a reference;
/// this keeps the reader linear.
private struct MarkupReader {
    /// The text without markup, so far.
    var output: [UInt8] = []

    /// Whether anything was removed.
    private(set) var hasMarkup = false

    /// Where each `<` stands in the output.
    private var openings: [Int] = []

    /// The openings before this one have a `>` after them that ends no tag. None of them begins a tag any more.
    private var firstLiveOpening = 0

    /// Where the open heading and the open annotation began.
    private var heading: Place?
    private var annotation: Place?

    /// A place in the output, and what was known there.
    private struct Place {
        let length: Int
        let openingCount: Int
        let firstLiveOpening: Int
    }

    mutating func append(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "<"):
            openings.append(output.count)
            output.append(byte)
        case UInt8(ascii: ">"):
            if !endTag() {
                firstLiveOpening = openings.count
                output.append(byte)
            }
        case UInt8(ascii: ";"):
            if !endReference() { output.append(byte) }
        default:
            output.append(byte)
        }
    }

    // MARK: - References

    /// Replaces the reference that the output ends with. Returns whether there is one.
    private mutating func endReference() -> Bool {
        // Indexes and not slices: a slice that is still there would make the change below copy the whole output.
        var start = output.count - 1
        let first = max(0, output.count - CharacterEntities.maximumLength - 1)
        while start >= first, output[start] != UInt8(ascii: "&") { start -= 1 }
        guard start >= first, start + 1 < output.count,
            let scalar = CharacterEntities.character(output[(start + 1)...])
        else { return false }
        hasMarkup = true
        output.removeLast(output.count - start)
        forgetPlaces(beyond: start)
        for byte in String(Character(scalar)).utf8 { append(byte) }
        return true
    }

    // MARK: - Tags

    /// Removes the tag that the output ends with. Returns whether there is one.
    private mutating func endTag() -> Bool {
        guard openings.count > firstLiveOpening, let start = openings.last,
            let tag = MarkupTag(output[(start + 1)...])
        else { return false }
        hasMarkup = true
        remove(from: Place(length: start, openingCount: openings.count - 1, firstLiveOpening: firstLiveOpening))
        switch tag.kind {
        case .inline: break
        case .block: output.append(0x20)
        case .heading:
            if tag.isClosing { endHeading() }
            output.append(0x20)
            heading = tag.isClosing ? nil : here
        case .annotation:
            if tag.isClosing, let annotation { remove(from: annotation) }
            annotation = tag.isClosing ? nil : here
        }
        return true
    }

    private var here: Place {
        Place(length: output.count, openingCount: openings.count, firstLiveOpening: firstLiveOpening)
    }

    /// Drops a heading that only names the abstract.
    private mutating func endHeading() {
        guard let heading, output.count - heading.length <= 24 else { return }
        let words = tidied(String(decoding: output[heading.length...], as: UTF8.self)).lowercased()
        guard ["abstract", "abstract:", "abstract.", "summary", "summary:"].contains(words) else { return }
        remove(from: heading)
    }

    /// Takes the output and what is known of it back to a place.
    private mutating func remove(from place: Place) {
        output.removeLast(output.count - place.length)
        openings.removeLast(openings.count - place.openingCount)
        firstLiveOpening = place.firstLiveOpening
        forgetPlaces(beyond: place.length)
    }

    private mutating func forgetPlaces(beyond length: Int) {
        if let open = heading, open.length > length { heading = nil }
        if let open = annotation, open.length > length { annotation = nil }
    }
}
