import Foundation

// MARK: - The matching form of a text

extension Paper {
    /// The matching form of the title; see ``matchingForm(of:)``.
    public var normalizedTitle: String {
        Paper.matchingForm(of: title)
    }

    /// Returns the form in which titles, names and venues are compared: words in lower case, with one space between
    /// them.
    ///
    /// 1. Unicode's compatibility composition (NFKC) unites ligatures, full-width letters and composed accents with
    ///    their plain forms.
    /// 2. Case folding takes the lower case of each character, its upper case and its lower case again, in full
    ///    mappings. So `ß` and `ẞ` become `ss`, and a final `ς` becomes `σ`.
    /// 3. Apostrophes, `$`, `{`, `}` and invisible format characters are removed. `Let’s` becomes `lets`, and
    ///    `{D}eep $k$NN` becomes `deep knn`.
    /// 4. All other punctuation, white space and control characters separate words, and so do the ASCII signs `^ _ | ~
    ///    < > =` and the back quote. `+` and `#` do not, because `C`, `C++` and `C#` are different things. Signs
    ///    outside ASCII, such as `∞`, do not either.
    ///
    ///     Paper.matchingForm(of: "InfLLM-V2:  Dense–Sparse")  // "infllm v2 dense sparse"
    ///
    /// The matching form of a matching form is itself.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    public static func matchingForm(of text: String) -> String {
        if let bytes = plainMatchingForm(of: text) { return String(decoding: bytes, as: UTF8.self) }
        var words = WordsBuilder()
        for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars { words.append(scalar) }
        return words.text.precomposedStringWithCompatibilityMapping
    }

    /// Returns the bytes of the matching form of a text in ASCII, typographic dashes and quotation marks; `nil` for any
    /// other text.
    ///
    /// - Complexity: O(*n*) for *n* bytes, some ten times as fast as for other texts.
    package static func plainMatchingForm(of text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { bytes -> [UInt8]? in
            var words = WordsBuilder()
            words.reserveCapacity(bytes.count)
            var place = 0
            // SAFETY: `place` is below the number of bytes wherever one is read.
            while place < bytes.count {
                let byte = unsafe bytes[place]
                if byte < 0x80 {
                    words.append(byte)
                    place += 1
                    continue
                }
                guard byte == 0xE2, place + 2 < bytes.count, unsafe bytes[place + 1] == 0x80 else { return nil }
                switch unsafe bytes[place + 2] {
                // Apostrophes, and characters that are not seen.
                case 0x98, 0x99, 0x9B, 0x8B...0x8F: break
                // Spaces, dashes, quotation marks, daggers, dots.
                case 0x80...0x8A, 0x90...0x96, 0x9A, 0x9C...0x9F, 0xA0...0xA9: words.append(UInt8(ascii: " "))
                default: return nil
                }
                place += 3
            }
            return words.bytes
        }
    }

    /// Returns the matching form of what stands before the first colon of a title, or `nil` if nothing does.
    ///
    /// People call `InfLLM: Training-Free …` by this name: `infllm`.
    public static func normalizedShortTitle(of title: String) -> String? {
        guard let colon = title.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let short = matchingForm(of: String(title[..<colon]))
        return short.isEmpty ? nil : short
    }
}

// MARK: - The key of an author

extension Paper {
    /// The key of the first author, or an empty text if the paper has no author; see ``normalizedAuthor(of:)``.
    public var firstAuthorKey: String {
        Paper.normalizedAuthor(of: authors.first ?? "")
    }

    /// Returns the key of an author: the last word of the family name and the initial of the first given name, in lower
    /// case and without accents.
    ///
    /// Sources write the same person as `Ashish Vaswani`, `A. Vaswani`, `Vaswani, Ashish` and `Vaswani A`. All of these
    /// have the key `vaswani a`. Particles and suffixes (`van`, `Jr.`, `III`) are left out. The key of a single word is
    /// that word.
    ///
    /// The key distinguishes papers with the same title. It does not distinguish people.
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

    /// Returns a name in the form that a search for an author compares: the matching form, without accents.
    package static func searchableName(_ name: String) -> String {
        matchingForm(of: withoutAccents(name))
    }

    private static func isSuffix(_ word: Substring) -> Bool {
        word.utf8.count <= 3 && ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"].contains(word.lowercased())
    }

    /// Whether a word consists of initials, as bibliographies write them after a family name: `JA`.
    private static func isInitials(_ word: Substring) -> Bool {
        word.utf8.count <= 3 && word.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    private static func withoutAccents(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        let marked = text.decomposedStringWithCompatibilityMapping.unicodeScalars
        return String(String.UnicodeScalarView(marked.filter { $0.properties.generalCategory != .nonspacingMark }))
    }
}

/// Builds words in lower case with one space between them.
private struct WordsBuilder {
    private(set) var bytes: [UInt8] = []
    private var owesSpace = false

    var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

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
