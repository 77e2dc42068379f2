/// How a text is taken apart into words.
struct WordPieceRules: Hashable, Sendable {
    /// Whether control characters are removed, and U+FFFD with them.
    var cleans = true

    /// Whether each Chinese character is a word.
    var isolatesIdeographs = true

    /// Whether accents and other marks are removed.
    var stripsMarks = true

    /// Whether letters become lowercase.
    var lowercases = true

    /// Whether the whole text becomes lowercase before anything else.
    var lowercasesFirst = false

    /// What becomes of an ASCII byte.
    enum ASCIIAction: UInt8 {
        /// It is a letter of a word.
        case letter
        /// It is a letter of a word, in lowercase.
        case capital
        /// It ends a word.
        case separator
        /// It is a word of its own.
        case punctuation
        /// It is as if it were not there.
        case dropped
    }

    /// What becomes of each ASCII byte. ASCII neither decomposes nor has marks, so the byte alone decides.
    var asciiActions: [ASCIIAction] {
        (UInt32(0)..<0x80).map { byte in
            let properties = ScalarProperties(byte)
            return if cleans && properties.isDropped {
                .dropped
            } else if properties.isSeparator {
                .separator
            } else if properties.isPunctuation {
                .punctuation
            } else {
                lowercases && properties.lowercases ? .capital : .letter
            }
        }
    }
}
