import Papers

/// The text of a document of XML or HTML in UTF-8.
enum MarkupEncoding {
    /// The text of some bytes, with references to characters resolved if they are to be. A byte that means nothing
    /// becomes U+FFFD.
    static func text(_ bytes: ArraySlice<UInt8>, resolvingReferences: Bool) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard resolvingReferences, bytes.contains(UInt8(ascii: "&")) else { return text }
        return MarkupEncoding.resolvingReferences(text)
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
