/// A part of a BibTeX file, cut into entries.
///
/// It holds the bytes once. Entries and fields are places in them, so that a large file takes little more memory than
/// its bytes.
struct BibTeXSegment: Sendable {
    /// The bytes of the part.
    var bytes: [UInt8] = []

    /// The entries, without those that define macros or are comments.
    var entries: [Entry] = []

    /// The fields of all entries, one after another.
    var fields: [Field] = []

    /// The macros that `@string` defines, by their names in lower case.
    var macros: [String: [Macro]] = [:]

    /// The contents of `@comment`, which may hold groups.
    var comments: [Range<Int>] = []

    /// The entries that could not be read.
    var skipped: [Problem] = []

    /// Places are 32 bits: a segment is shorter than 2 GB.
    struct Place: Sendable {
        let start: Int32
        let end: Int32

        init(_ range: Range<Int>) {
            (start, end) = (Int32(range.lowerBound), Int32(range.upperBound))
        }

        var range: Range<Int> { Int(start)..<Int(end) }
    }

    /// An entry: `@type{key, field = value, …}`.
    struct Entry: Sendable {
        let type: Place
        /// Empty if the entry has no key.
        let key: Place
        /// Its fields in ``BibTeXSegment/fields``.
        let fields: Range<Int>
        /// The line of the file on which it begins.
        let line: Int
        /// Where it begins.
        let start: Int
    }

    /// A field of an entry. The value stands as in the file, with its braces or quotation marks.
    struct Field: Sendable {
        let name: Place
        let value: Place
    }

    /// A definition of a macro.
    struct Macro: Sendable {
        /// Where it stands. It counts for the entries behind it.
        let place: Int
        let value: [UInt8]
    }

    /// An entry that was skipped.
    struct Problem: Sendable {
        let code: Code
        let line: Int
        let reason: String

        enum Code: Sendable {
            case broken
            case tooLong
        }
    }
}

// MARK: - Texts

extension BibTeXSegment {
    /// The name of a type, a field or a macro, in lower case.
    func name(_ place: Place) -> String {
        String(decoding: bytes[place.range], as: UTF8.self).lowercased()
    }

    /// The key of an entry as it stands.
    func key(of entry: Entry) -> String {
        String(decoding: bytes[entry.key.range], as: UTF8.self)
    }

    /// The value of a field: its parts joined, macros in place, without the outer braces or quotation marks and without
    /// white space at its ends.
    func value(of field: Field) -> ArraySlice<UInt8> {
        var expansion = Self.longestExpansion
        return value(of: field, &expansion)
    }

    /// How many bytes macros may add to an entry or to another macro: 64 KB, which is far beyond any name. Macros of
    /// macros may double with each line.
    static let longestExpansion = 1 << 16

    /// The value of a field, as far as its macros add no more bytes than are left. What is left is negative afterwards
    /// if they would add more.
    func value(of field: Field, _ expansion: inout Int) -> ArraySlice<UInt8> {
        let range = field.value.range
        guard let first = range.first else { return [] }
        if bytes[first] == UInt8(ascii: "{"), isGroup(range) {
            return BibTeXSyntax.trimmed(bytes[(first + 1)..<(range.upperBound - 1)])
        }
        return BibTeXSyntax.trimmed(joinedParts(in: range, &expansion)[...])
    }

    private func isGroup(_ range: Range<Int>) -> Bool {
        [false, true].contains { heedsEscapes in
            BibTeXSyntax.endOfGroup(
                bytes, from: range.lowerBound, before: range.upperBound, heedsEscapes: heedsEscapes)
                == range.upperBound
        }
    }

    /// The parts of a value, between `#`, joined; see ``value(of:_:)``.
    func joinedParts(in range: Range<Int>, _ expansion: inout Int) -> [UInt8] {
        var value: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            switch bytes[index] {
            case UInt8(ascii: "{"):
                let end = BibTeXSyntax.endOfGroup(bytes, from: index, before: range.upperBound) ?? range.upperBound + 1
                value += bytes[(index + 1)..<max(index + 1, end - 1)]
                index = end
            case UInt8(ascii: "\""):
                let end = BibTeXSyntax.endOfQuotation(bytes, from: index, before: range.upperBound)
                value += bytes[(index + 1)..<max(index + 1, (end ?? range.upperBound + 1) - 1)]
                index = end ?? range.upperBound
            case UInt8(ascii: "#"), 0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D: index += 1
            default:
                var end = index
                while end < range.upperBound, bytes[end] != UInt8(ascii: "#"), bytes[end] != UInt8(ascii: "{"),
                    bytes[end] != UInt8(ascii: "\"")
                {
                    end += 1
                }
                let word = BibTeXSyntax.trimmed(bytes[index..<end])
                if let macro = macro(word, at: range.lowerBound) {
                    expansion -= expansion < 0 ? 0 : macro.count
                    if expansion >= 0 { value += macro }
                } else {
                    value += word
                }
                index = end
            }
        }
        return value
    }

    /// The value of a macro where it is used: that of the last definition before, or of the first one behind.
    private func macro(_ name: ArraySlice<UInt8>, at place: Int) -> [UInt8]? {
        guard !macros.isEmpty, let definitions = macros[String(decoding: name, as: UTF8.self).lowercased()] else {
            return nil
        }
        // Definitions stand in the order of the file.
        var (low, high) = (0, definitions.count)
        while low < high {
            let middle = (low + high) / 2
            if definitions[middle].place < place { low = middle + 1 } else { high = middle }
        }
        return definitions.isEmpty ? nil : definitions[max(0, low - 1)].value
    }
}
