import Foundation

/// The accents of TeX, as combining characters of Unicode.
enum TeXAccents {
    /// The accents whose command is a sign: `\"o`.
    static let signs: [Character: Unicode.Scalar] = [
        "`": "\u{300}", "'": "\u{301}", "^": "\u{302}", "~": "\u{303}", "=": "\u{304}", ".": "\u{307}",
        "\"": "\u{308}",
    ]

    /// The accents whose command is a name: `\v{c}`.
    static let named: [String: Unicode.Scalar] = [
        "u": "\u{306}", "r": "\u{30A}", "H": "\u{30B}", "v": "\u{30C}", "d": "\u{323}", "c": "\u{327}",
        "k": "\u{328}", "b": "\u{331}", "t": "\u{361}", "G": "\u{30F}", "U": "\u{30E}", "f": "\u{311}",
        "h": "\u{309}", "ocirc": "\u{30A}", "grave": "\u{300}", "acute": "\u{301}", "hat": "\u{302}",
        "tilde": "\u{303}", "bar": "\u{304}", "breve": "\u{306}", "dot": "\u{307}", "ddot": "\u{308}",
        "mathring": "\u{30A}", "check": "\u{30C}", "capitalacute": "\u{301}", "capitalgrave": "\u{300}",
        "capitalcaron": "\u{30C}", "capitaldieresis": "\u{308}", "capitaltilde": "\u{303}",
        "capitalcedilla": "\u{327}", "textcircled": "\u{20DD}", "textcommabelow": "\u{326}", "cb": "\u{326}",
        "overline": "\u{305}", "underline": "\u{332}", "vec": "\u{20D7}", "widehat": "\u{302}", "widetilde": "\u{303}",
        "dddot": "\u{20DB}", "underbar": "\u{332}",
    ]

    /// Returns a character with a mark.
    static func compose(_ base: Character, _ mark: Unicode.Scalar) -> String {
        // The dot of an i goes where an accent comes.
        let plain: Character = base == "ı" ? "i" : base == "ȷ" ? "j" : base
        if mark == "\u{307}", base == "i" { return "i" }
        return (String(plain) + String(Character(mark))).precomposedStringWithCanonicalMapping
    }
}

/// Characters above and below the line.
enum TeXScripts {
    /// The text above the line, if all of it has such a form.
    static func raised(_ text: String, orElse other: (String) -> String) -> String {
        form(of: text, above) ?? other(text)
    }

    /// The text below the line, if all of it has such a form.
    static func lowered(_ text: String, orElse other: (String) -> String) -> String {
        form(of: text, below) ?? other(text)
    }

    private static func form(of text: String, _ forms: [Character: Character]) -> String? {
        guard !text.isEmpty, text.contains(where: \.isNumber) || text == "+" || text == "-" || text == "n" else {
            return nil
        }
        var result = ""
        for character in text {
            guard let form = forms[character] else { return nil }
            result.append(form)
        }
        return result
    }

    private static let above = Dictionary(
        uniqueKeysWithValues: zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"))
    private static let below = Dictionary(
        uniqueKeysWithValues: zip("0123456789+-−=()n", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ"))
}
