import Foundation
import Papers

/// The citation keys of an export.
///
/// A paper keeps its own key. Another gets one of the family name of its first author, the year and the first word of
/// its title that says something: `vaswani2017attention`. If a key is taken, a letter follows: `a`, `b`, … So the key of
/// a paper changes with the other papers only where keys collide.
struct CitationKeys {
    /// The keys so far, in lower case, because BibTeX takes keys that differ in case for the same.
    private var used: Set<String> = []

    /// Returns a key that no paper before has.
    mutating func key(for paper: Paper) -> String {
        let own = CitationKeys.valid(paper.citationKey ?? "")
        let key = own.isEmpty ? CitationKeys.made(for: paper) : own
        if used.insert(key.lowercased()).inserted { return key }
        var number = 0
        while true {
            let candidate = key + CitationKeys.letters(number)
            if used.insert(candidate.lowercased()).inserted { return candidate }
            number += 1
        }
    }

    /// `a`, `b`, …, `z`, `aa`, `ab`, …
    private static func letters(_ number: Int) -> String {
        var rest = number
        var letters = ""
        while true {
            letters = String(Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(rest % 26)))) + letters
            rest = rest / 26 - 1
            if rest < 0 { return letters }
        }
    }

    /// A key without the signs that end one in BibTeX.
    static func valid(_ key: String) -> String {
        key.filter { !$0.isWhitespace && !"{}(),%#\"'=~\\@".contains($0) }
    }

    private static func made(for paper: Paper) -> String {
        let family = paper.authors.first.map { word(NameParts($0).family) } ?? ""
        let words = paper.title.split { !$0.isLetter && !$0.isNumber }.map { word(String($0)) }
        let title = words.first { $0.count > 2 && !fillers.contains($0) } ?? words.first { !$0.isEmpty } ?? ""
        let year = paper.year.map(String.init) ?? ""
        let key = family + year + title
        if key.contains(where: \.isLetter) { return key }
        // Names and titles in other scripts: some digits of the title's hash tell papers apart.
        return "paper\(year)" + String(stableHash(paper.id) & 0xFFFF, radix: 16)
    }

    /// The letters and digits of ASCII in a word, in lower case.
    private static func word(_ text: String) -> String {
        var word = ""
        for scalar in text.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars {
            if scalar.isASCII {
                if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                    word.unicodeScalars.append(scalar)
                }
            } else if let plain = plainLetters[scalar] {
                word += plain
            }
        }
        return word
    }

    /// Letters that are no base letter with an accent.
    private static let plainLetters: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    ]

    private static let fillers: Set<String> = [
        "the", "and", "for", "from", "with", "are", "can", "how", "what", "why", "when", "does", "not", "you",
        "towards", "toward", "via", "using", "its", "into", "about", "over", "der", "die", "das", "les", "des", "une",
        "los", "las",
    ]
}
