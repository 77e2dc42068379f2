import Foundation
import Papers

/// The encoding of a document of XML or HTML. In all of them the bytes of `<`, `>` and `&` mean these signs.
enum MarkupEncoding: Equatable {
    case utf8
    case other(String.Encoding)

    /// The encoding that a document declares in its first bytes: `<?xml version="1.0" encoding="ISO-8859-1"?>`,
    /// `<meta charset="…">` or `<meta … content="text/html; charset=…">`.
    ///
    /// - Returns: UTF-8 if none is declared, and `nil` if the declared one is not known.
    static func declared(in head: [UInt8]) -> MarkupEncoding? {
        let start = String(decoding: head.prefix(1 << 12), as: UTF8.self).lowercased()
        var name: Substring?
        if start.drop(while: \.isWhitespace).hasPrefix("<?xml") {
            let declaration = start.prefix(upTo: start.range(of: "?>")?.lowerBound ?? start.endIndex)
            name = declaration.range(of: "encoding").map { declaration[$0.upperBound...] }
        } else if let meta = start.range(of: "<meta"), let mark = start[meta.upperBound...].range(of: "charset") {
            name = start[mark.upperBound...]
        }
        let word = name?.drop { " =\"'\n\t".contains($0) }.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
        guard let word, !word.isEmpty else { return .utf8 }
        if ["utf-8", "utf8", "us-ascii", "ascii"].contains(word) { return .utf8 }
        return encodings[String(word)].map { .other($0) }
    }

    /// The name that a document declares for an encoding, and the encoding. ISO 8859-1 is read as Windows-1252, as in
    /// HTML, because many a document that declares the former is in the latter.
    private static let encodings: [String: String.Encoding] = [
        "iso-8859-1": .windowsCP1252, "iso8859-1": .windowsCP1252, "latin1": .windowsCP1252, "latin-1": .windowsCP1252,
        "windows-1252": .windowsCP1252, "cp1252": .windowsCP1252, "iso-8859-2": .isoLatin2,
        "windows-1250": .windowsCP1250, "windows-1251": .windowsCP1251, "windows-1253": .windowsCP1253,
        "windows-1254": .windowsCP1254, "iso-8859-9": .windowsCP1254, "shift_jis": .shiftJIS, "shift-jis": .shiftJIS,
        "euc-jp": .japaneseEUC, "macintosh": .macOSRoman,
    ]

    /// The text of some bytes, with references to characters resolved if they are to be. A byte that means nothing
    /// becomes U+FFFD.
    func text(_ bytes: ArraySlice<UInt8>, resolvingReferences: Bool) -> String {
        let text =
            switch self {
            case .utf8: String(decoding: bytes, as: UTF8.self)
            case .other(let encoding): decoded(bytes, encoding)
            }
        guard resolvingReferences, bytes.contains(UInt8(ascii: "&")) else { return text }
        return MarkupEncoding.resolvingReferences(text)
    }

    private func decoded(_ bytes: ArraySlice<UInt8>, _ encoding: String.Encoding) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        return String(data: Data(bytes), encoding: encoding) ?? String(decoding: bytes, as: UTF8.self)
    }

    /// A text with its references to characters resolved once. What is no reference stays.
    static func resolvingReferences(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "&") {
                let window = bytes[(index + 1)...].prefix(CharacterEntities.maximumLength + 1)
                if let end = window.firstIndex(of: UInt8(ascii: ";")) {
                    if let scalar = CharacterEntities.character(bytes[(index + 1)..<end]) {
                        result += String(Character(scalar)).utf8
                        index = end + 1
                        continue
                    }
                }
            }
            result.append(bytes[index])
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }
}
