import Foundation

// MARK: - What comparisons see of a title

extension Paper {
    /// The title as comparisons see it; see ``matchingForm(of:)``.
    public var normalizedTitle: String {
        Paper.matchingForm(of: title)
    }

    /// A title as comparisons see it: words in lower case, one space between them.
    ///
    /// 1. Unicode's compatibility composition (NFKC), so that ligatures, full-width letters and composed accents are one.
    /// 2. Case folding: every character's lower case, its upper case and its lower case again, in full mappings, so that
    ///    `ß` and `ẞ` are `ss` and a final `ς` is `σ`.
    /// 3. Apostrophes, `$`, `{`, `}` and invisible format characters vanish: `Let’s` is `lets`, `{D}eep $k$NN` is
    ///    `deep knn`.
    /// 4. All other punctuation, white space and control characters, and the ASCII signs `^ _ | ~ < > =` and the back
    ///    quote, part words. `+` and `#` do not, because `C`, `C++` and `C#` are different things; nor do signs outside
    ///    ASCII, such as `∞`.
    ///
    ///     Paper.matchingForm(of: "InfLLM-V2:  Dense–Sparse")  // "infllm v2 dense sparse"
    ///
    /// Two titles are the same where this is the same and not empty. Normalising twice changes nothing more.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    public static func matchingForm(of text: String) -> String {
        var words = WordsBuilder()
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            for byte in text.utf8 { words.append(byte) }
            return words.text
        }
        for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars { words.append(scalar) }
        return words.text.precomposedStringWithCompatibilityMapping
    }

    /// The part of a title before its first colon, normalised, or `nil` where there is none: `InfLLM: Training-Free …`
    /// is known as `infllm`.
    public static func normalizedShortTitle(of title: String) -> String? {
        guard let colon = title.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let short = matchingForm(of: String(title[..<colon]))
        return short.isEmpty ? nil : short
    }
}

// MARK: - What comparisons see of an author

extension Paper {
    /// The first author as comparisons see it, empty where the paper has none; see ``normalizedAuthor(of:)``.
    public var firstAuthorKey: String {
        Paper.normalizedAuthor(of: authors.first ?? "")
    }

    /// An author's name as comparisons see it: the last word of the family name and the initial of the first given
    /// name, in lower case and without accents.
    ///
    /// Sources write one person as `Ashish Vaswani`, `A. Vaswani`, `Vaswani, Ashish` and `Vaswani A`; all of these
    /// are `vaswani a`. Particles and suffixes (`van`, `Jr.`, `III`) do not count. A name of one word is that word.
    ///
    /// It is meant to tell apart papers of one title, not people.
    public static func normalizedAuthor(of name: String) -> String {
        guard !name.isEmpty else { return "" }
        let comma = UInt8(ascii: ",")
        var parts = tidied(name).utf8.split(separator: comma).map { part in
            part.split(separator: UInt8(ascii: " ")).map { Substring($0) }
        }
        parts.removeAll { $0.isEmpty || $0.allSatisfy(isSuffix) }
        guard var family = parts.first else { return matchingForm(of: name) }
        var given = parts.dropFirst().first ?? []
        if given.isEmpty, family.count > 1 {
            while family.count > 2, let last = family.last, isSuffix(last) { family.removeLast() }
            if let last = family.last, isInitials(last), !family.dropLast().allSatisfy({ $0 == $0.uppercased() }) {
                given = [family.removeLast()]  // Vaswani A
            } else {
                given = [family.removeFirst()]  // Ashish Vaswani
            }
        }
        let words = matchingForm(of: withoutAccents(family.joined(separator: " ")))
        let initials = matchingForm(of: withoutAccents(given.joined(separator: " ")))
        guard let surname = words.split(separator: " ").last else { return initials }
        guard let initial = initials.first else { return String(surname) }
        return "\(surname) \(initial)"
    }

    /// A name in lower case and without accents, one space between words: what a search for an author compares.
    package static func searchableName(_ name: String) -> String {
        matchingForm(of: withoutAccents(name))
    }

    private static func isSuffix(_ word: Substring) -> Bool {
        word.utf8.count <= 3 && ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"].contains(word.lowercased())
    }

    /// Whether a word is initials run together, as bibliographies write them after a family name.
    private static func isInitials(_ word: Substring) -> Bool {
        word.utf8.count <= 3 && word.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    private static func withoutAccents(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        let marked = text.decomposedStringWithCompatibilityMapping.unicodeScalars
        return String(String.UnicodeScalarView(marked.filter { $0.properties.generalCategory != .nonspacingMark }))
    }
}

/// Words in lower case, one space between them.
private struct WordsBuilder {
    private var bytes: [UInt8] = []
    private var owesSpace = false

    var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// Appends a character of ASCII.
    mutating func append(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"),
            UInt8(ascii: "#"):
            put(byte)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
            put(byte | 0x20)
        case UInt8(ascii: "'"), UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            break
        default:
            owesSpace = true
        }
    }

    mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.isASCII { return append(UInt8(truncatingIfNeeded: scalar.value)) }
        switch scalar.properties.generalCategory {
        case .format:
            break
        case .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .dashPunctuation,
            .connectorPunctuation, .otherPunctuation:
            if !["\u{2018}", "\u{2019}", "\u{201B}", "\u{2032}"].contains(scalar) { owesSpace = true }
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control:
            owesSpace = true
        default:
            for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                for upper in lower.properties.uppercaseMapping.unicodeScalars {
                    for byte in upper.properties.lowercaseMapping.utf8 { put(byte) }
                }
            }
        }
    }

    private mutating func put(_ byte: UInt8) {
        if owesSpace, !bytes.isEmpty { bytes.append(0x20) }
        owesSpace = false
        bytes.append(byte)
    }
}
