/// Reads a text once, byte by byte, and appends the tokens of its words.
///
/// 1. Added tokens are found in the text as it is written. The text between two of them is on its own.
/// 2. Control characters are dropped. White space ends a word. A Chinese character is a word.
/// 3. Characters are decomposed (Unicode normalization form D), and marks are dropped.
/// 4. Letters become lowercase.
/// 5. Punctuation is a word of its own.
/// 6. The word goes to the vocabulary.
///
/// The rules can switch off steps 2 to 4. Steps 2 to 5 look at one code point at a time. Only the marks that stay have to
/// wait for each other, because form D orders them.
struct WordScanner {
    private let vocabulary: WordPieceVocabulary
    private let rules: WordPieceRules
    private let asciiActions: [WordPieceRules.ASCIIAction]

    /// The tokens so far.
    private(set) var tokens: [Int32] = []

    /// The letters of the word that is being read. Those beyond the longest word are counted only.
    private var word: [UInt8] = []
    private var letterCount = 0

    /// The marks that stay and stand behind the last letter, in the order of the text.
    private var marks: [(combiningClass: UInt8, codePoint: UInt32)] = []

    init(_ tokenizer: WordPieceTokenizer) {
        vocabulary = tokenizer.vocabulary
        rules = tokenizer.rules
        asciiActions = tokenizer.asciiActions
    }

    /// Reads a text until it ends or there are `limit` tokens. It may return a few more.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    mutating func scan(_ text: Span<UInt8>, limit: Int) {
        var offset = 0
        while offset < text.count, tokens.count < limit {
            let byte = text[offset]
            if let token = vocabulary.addedTokens.token(in: text, at: offset) {
                endWord()
                tokens.append(token.id)
                offset += token.byteCount
            } else if byte < 0x80 {
                add(ascii: byte)
                offset += 1
            } else {
                let scalar = DecodedScalar(in: text, at: offset)
                add(scalar.codePoint)
                offset += scalar.byteCount
            }
        }
        endWord()
    }
}

// MARK: - Code points of the text

extension WordScanner {
    private mutating func add(ascii byte: UInt8) {
        let action = asciiActions[Int(byte)]
        if action == .dropped { return }
        if !marks.isEmpty { placeMarks() }
        switch action {
        case .letter: append(ascii: byte)
        case .capital: append(ascii: byte | 0x20)
        case .separator: endWord()
        case .punctuation:
            endWord()
            append(ascii: byte)
            endWord()
        case .dropped: break
        }
    }

    private mutating func append(ascii byte: UInt8) {
        letterCount += 1
        if letterCount <= vocabulary.longestWord { word.append(byte) }
    }

    private mutating func add(_ codePoint: UInt32) {
        let properties = ScalarProperties(codePoint)
        if rules.cleans, properties.isDropped { return }
        if properties.isSeparator {
            endWord()
        } else if rules.isolatesIdeographs, properties.isIdeograph {
            endWord()
            decompose(codePoint, properties)
            endWord()
        } else {
            decompose(codePoint, properties)
        }
    }

    /// Takes a code point apart as far as it goes, if marks are to be dropped.
    private mutating func decompose(_ codePoint: UInt32, _ properties: ScalarProperties) {
        guard rules.stripsMarks else { return place(codePoint, properties) }
        if properties.decomposes, let parts = ScalarMapping(decomposing: codePoint) {
            decompose(parts.first, ScalarProperties(parts.first))
            if let second = parts.second { order(second, ScalarProperties(second)) }
        } else {
            order(codePoint, properties)
        }
    }

    /// Drops a mark, or puts it in the order of its class.
    private mutating func order(_ codePoint: UInt32, _ properties: ScalarProperties) {
        if properties.combiningClass == 0 {
            placeMarks()
            if !properties.isMark { place(codePoint, properties) }
        } else if !properties.isMark {
            marks.append((properties.combiningClass, codePoint))
        }
    }

    /// Places the marks that waited, in the order of their classes; equals stay as they were.
    private mutating func placeMarks() {
        guard !marks.isEmpty else { return }
        let inOrder = marks.indices.sorted {
            (marks[$0].combiningClass, $0) < (marks[$1].combiningClass, $1)
        }.map { marks[$0].codePoint }
        marks.removeAll(keepingCapacity: true)
        for codePoint in inOrder { place(codePoint, ScalarProperties(codePoint)) }
    }
}

// MARK: - Letters of a word

extension WordScanner {
    /// Adds a code point in lowercase.
    private mutating func place(_ codePoint: UInt32, _ properties: ScalarProperties) {
        if rules.lowercases, properties.lowercases, let lowercase = ScalarMapping(lowercasing: codePoint) {
            append(lowercase.first, ScalarProperties(lowercase.first))
            if let second = lowercase.second { append(second, ScalarProperties(second)) }
        } else {
            append(codePoint, properties)
        }
    }

    /// Adds a code point to the word, or makes a word of it.
    private mutating func append(_ codePoint: UInt32, _ properties: ScalarProperties) {
        if properties.isPunctuation { finishWord() }
        letterCount += 1
        if letterCount <= vocabulary.longestWord { word.append(codePoint: codePoint) }
        if properties.isPunctuation { finishWord() }
    }

    /// Ends the word with the marks that belong to it.
    private mutating func endWord() {
        placeMarks()
        finishWord()
    }

    private mutating func finishWord() {
        guard letterCount > 0 else { return }
        if letterCount > vocabulary.longestWord {
            tokens.append(vocabulary.unknown)
        } else {
            vocabulary.appendTokens(of: word, to: &tokens)
        }
        word.removeAll(keepingCapacity: true)
        letterCount = 0
    }
}
