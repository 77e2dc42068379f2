/// Divides a text into tokens: Unicode's words, tailored to papers.
///
/// Unicode's default rules (``WordSegments``) say where words end. The tokenizer changes them in these cases:
///
/// - Words that a mark binds are separate words: `fine-tuning`, `train_loss`, `github.com`. If together they are a
///   name, the compound is a token beside its parts: `kNN-LM`, `GPT-4`, `β-VAE`, `nDCG@10` (``Compound``). Words that
///   a hyphen or an underscore binds are no stop words.
/// - Single letters with a stop, a stroke or an ampersand between them are one name: `i.i.d`, `I/O`, `Q&A`.
/// - Marks that belong to a name stay: `C++`, `C#`, `A*`, `DeepLabv3+`.
/// - Stops and commas stay in numbers (`1.3B`, `10,000`). Colons and semicolons separate words everywhere.
/// - Subscript digits join the word before them (`CO₂`, `H₂O`), superscript digits a single letter (`L²`).
/// - Runs of letters of scripts without spaces between words become overlapping pairs: `自然言語` becomes `自然`, `然言`,
///   `言語`.
/// - An order of growth is one token: `O(n log n)`.
/// - Emoji and flags are tokens. All other signs only separate words.
///
/// It is a value that moves through one text. Every call receives the text.
struct Tokenizer {
    /// The formulas of the text that become one token each, in order, with a space on either side.
    let formulas: [Range<Int>]

    private(set) var place: Place
    private var position: Int

    /// Where the tokenizer stands.
    struct Place {
        var offset = 0
        /// The end of the Unicode segment that `offset` is in, or `offset` at a boundary.
        var segmentEnd = 0
        /// How many formulas have been passed.
        var formula = 0
    }

    /// The number of the next word.
    var nextPosition: Int { position }

    /// The most parts of a compound that becomes a token of its own.
    private static let maximumParts = 6

    /// About the most tokens of one call. A long run comes in several portions.
    private static let portion = 256

    init(formulas: [Range<Int>] = [], position: Int = 0) {
        self.formulas = formulas
        self.position = position
        place = Place()
    }

    /// Appends the tokens of the next word, compound, formula or run to `tokens`; returns false at the end of the text.
    mutating func next(in text: Span<UInt8>, into tokens: inout [Token]) -> Bool {
        while let piece = place.nextPiece(in: text, formulas: formulas) {
            switch piece.kind {
            case .mark:
                continue
            case .formula:
                tokens.append(Token(range: piece.range, position: position, kind: .formula))
                position += 1
            case .symbol:
                tokens.append(Token(range: piece.range, position: position, kind: .symbol))
                position += 1
            case .unspaced:
                appendRun(from: piece.range, in: text, to: &tokens)
            case .word:
                if piece.range.upperBound < text.count,
                    let end = Formula.orderOfGrowthEnd(bracket: piece.range.upperBound, in: text)
                {
                    let range = piece.range.lowerBound..<end
                    tokens.append(Token(range: range, position: position, kind: .formula))
                    position += 1
                    place.offset = end
                    place.segmentEnd = end
                } else {
                    appendCompound(from: piece.range, in: text, to: &tokens)
                }
            }
            return true
        }
        return false
    }

    /// Appends the pairs of a run of unspaced letters, or its only letter.
    private mutating func appendRun(from first: Range<Int>, in text: Span<UInt8>, to tokens: inout [Token]) {
        var last = first
        var count = 0
        while true {
            let before = place
            guard let piece = place.nextPiece(in: text, formulas: formulas), piece.kind == .unspaced,
                piece.range.lowerBound == last.upperBound
            else {
                place = before
                if count == 0 {
                    tokens.append(Token(range: first, position: position, kind: .bigram))
                    position += 1
                }
                return
            }
            guard count < Self.portion else {
                // At least two letters are left. The first of them was the second of the last pair.
                place.offset = last.lowerBound
                place.segmentEnd = last.lowerBound
                return
            }
            let range = last.lowerBound..<piece.range.upperBound
            tokens.append(Token(range: range, position: position, kind: .bigram))
            position += 1
            count += 1
            last = piece.range
        }
    }

    /// Appends a word, or the words of a compound and the compound.
    private mutating func appendCompound(from first: Range<Int>, in text: Span<UInt8>, to tokens: inout [Token]) {
        let start = tokens.count
        tokens.append(Token(range: first, position: position, kind: .word))
        var abbreviation = true
        while tokens.count - start < Self.portion {
            let before = place
            guard let mark = place.nextPiece(in: text, formulas: formulas), mark.kind == .mark,
                mark.range.lowerBound == tokens[tokens.count - 1].range.upperBound,
                let word = place.nextPiece(in: text, formulas: formulas), word.kind == .word,
                word.range.lowerBound == mark.range.upperBound,
                let link = Link(mark.range, between: tokens[tokens.count - 1].range, and: word.range, in: text)
            else {
                place = before
                break
            }
            abbreviation = abbreviation && link == .abbreviating
            let position = position + tokens.count - start
            if link == .hyphenating { tokens[tokens.count - 1].kind = .part }
            tokens.append(Token(range: word.range, position: position, kind: link == .hyphenating ? .part : .word))
        }
        let parts = tokens.count - start
        let whole = first.lowerBound..<tokens[tokens.count - 1].range.upperBound
        let compound = Token(range: whole, position: position, kind: abbreviation ? .name : .compound)
        if parts == 1 {
            appendSuffix(to: first, in: text, to: &tokens)
            position += 1
        } else if abbreviation {
            tokens.replaceSubrange(start..., with: [compound])
            position += 1
        } else {
            if parts <= Self.maximumParts, Compound.isName(whole, last: tokens[tokens.count - 1].range, in: text) {
                tokens.insert(compound, at: start)
            }
            position += parts
        }
    }

    /// Replaces a word by a name that ends with a mark, or adds the name, if there is one.
    private mutating func appendSuffix(to word: Range<Int>, in text: Span<UInt8>, to tokens: inout [Token]) {
        guard let end = Suffix.end(after: word, in: text) else { return }
        let name = Token(range: word.lowerBound..<end, position: position, kind: .name)
        if word.count == 1 {
            tokens[tokens.count - 1] = name
        } else {
            tokens.insert(name, at: tokens.count - 1)
        }
        place.offset = end
        place.segmentEnd = end
    }
}
