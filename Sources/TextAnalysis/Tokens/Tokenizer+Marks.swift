extension Tokenizer {
    /// How a mark between two words binds them.
    enum Link {
        /// The parts are words of one expression: `kNN-LM`, `off-policy`, `train_loss`.
        case hyphenating
        /// The parts are words: `nDCG@10`, `github.com`.
        case compounding
        /// The parts are single letters of an abbreviation: `i.i.d`, `Q&A`.
        case abbreviating

        /// What the mark does, or `nil` if it separates.
        init?(_ mark: Range<Int>, between left: Range<Int>, and right: Range<Int>, in text: Span<UInt8>) {
            let letters = left.count == 1 && right.count == 1
            switch CodePoint(in: text, at: mark.lowerBound).value {
            case 0x2D, 0x2010, 0x2011, 0x2013, 0x2212, 0x5F:  // hyphens, en dash, minus sign, underscore
                self = .hyphenating
            case 0x40:  // @
                self = .compounding
            case 0x2E:  // full stop
                self = letters ? .abbreviating : .compounding
            case 0x26:  // ampersand
                guard left.count <= 4, right.count <= 4 else { return nil }
                self = letters ? .abbreviating : .compounding
            case 0x2F:  // stroke
                guard letters else { return nil }
                self = .abbreviating
            default:
                return nil
            }
            // Ranges, dates and scores: nobody asks for 2010-2015 as one.
            if Self.isNumber(left, in: text), Self.isNumber(right, in: text) { return nil }
        }

        private static func isNumber(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
            for offset in range where text[offset] > UInt8(ascii: "9") { return false }
            return true
        }
    }

    /// Which words that a mark binds are a name.
    ///
    /// Their parts are terms in any case. A term for the whole counts the same words twice, in texts and in queries.
    /// Only names are worth that: terms for all compounds cost .003 to .019 nDCG@10 on four collections, terms for
    /// names .003 at most. `Benchmarks/Results/2026-11-25-text-analysis.md` has the figures.
    enum Compound {
        /// Whether the words are a name: there is a digit (`GPT-4`, `GEB-1.3B`), or the last part is a letter in
        /// capitals or has capitals within (`kNN-LM`, `β-VAE`, `GPT-J`).
        static func isName(_ whole: Range<Int>, last: Range<Int>, in text: Span<UInt8>) -> Bool {
            for offset in whole where ASCII.isDigit(text[offset]) { return true }
            for offset in last where ASCII.isUppercase(text[offset]) {
                if offset > last.lowerBound || last.count == 1 { return true }
            }
            return false
        }
    }

    /// The marks that end a name.
    enum Suffix {
        /// The end of the name that a word and the marks behind it form, or `nil` if they form none.
        ///
        /// `#` and `++` follow one letter or a word: `C#`, `C++`, `chrF++`. `+` follows a word with a capital or a
        /// digit: `DeepLabv3+`. `*` follows a word in capitals without a `*` before it, which would be emphasis: `A*`.
        static func end(after word: Range<Int>, in text: Span<UInt8>) -> Int? {
            let start = word.upperBound
            guard start < text.count else { return nil }
            let mark = text[start]
            let end: Int
            switch mark {
            case UInt8(ascii: "+"):
                let isDouble = start + 1 < text.count && text[start + 1] == mark
                guard
                    isDouble || contains(word, in: text, where: ASCII.isUppercase)
                        || contains(word, in: text, where: ASCII.isDigit)
                            && contains(word, in: text, where: ASCII.isLetter)
                else { return nil }
                end = isDouble ? start + 2 : start + 1
            case UInt8(ascii: "#"):
                guard word.count == 1, ASCII.isUppercase(text[word.lowerBound]) else { return nil }
                end = start + 1
            case UInt8(ascii: "*"):
                let isOpened = word.lowerBound > 0 && text[word.lowerBound - 1] == mark
                guard !isOpened, !contains(word, in: text, where: { !ASCII.isUppercase($0) }) else { return nil }
                end = start + 1
            default:
                return nil
            }
            // `A+B` is a sum, `C++11` is not; a mark of the same kind behind it is a row of marks.
            guard end < text.count else { return end }
            let next = text[end]
            let isDouble = end - start == 2
            return next == mark || !isDouble && (ASCII.isWord(next) || next >= 0x80) ? nil : end
        }

        private static func contains(_ word: Range<Int>, in text: Span<UInt8>, where holds: (UInt8) -> Bool) -> Bool {
            for offset in word where holds(text[offset]) { return true }
            return false
        }
    }
}
