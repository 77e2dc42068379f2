import Foundation

/// A WordPiece tokenizer written straight from the rules, a whole text at a time: the slow twin of `WordPieceTokenizer`.
///
/// It asks the system about characters. So it is right for those that every version of Unicode knows in the same way.
struct NaiveTokenizer {
    /// The switches of `BertNormalizer`.
    struct Rules {
        var cleans = true
        var isolatesIdeographs = true
        var stripsMarks = true
        var lowercases = true
    }

    var rules = Rules()
    let addedTokens: [String]

    /// The ids by the code points of tokens. As strings, different spellings of one letter would be equal.
    private let ids: [[Unicode.Scalar]: Int32]

    init(vocabulary: [String], addedTokens: [String]) {
        self.addedTokens = addedTokens
        ids = Dictionary(vocabulary.enumerated().map { (Array($1.unicodeScalars), Int32($0)) }) { _, last in last }
    }

    private func id(_ token: String) -> Int32 { ids[Array(token.unicodeScalars)] ?? -1 }

    /// The tokens of a text without any around it.
    func tokens(of text: String) -> [Int32] {
        var tokens: [Int32] = []
        var piece: [Unicode.Scalar] = []
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.first {
            let added = addedTokens.filter { rest.starts(with: $0.unicodeScalars) }.max { $0.count < $1.count }
            if let added {
                tokens += self.tokens(ofPiece: piece) + [id(added)]
                piece = []
                rest = rest.dropFirst(added.unicodeScalars.count)
            } else {
                piece.append(scalar)
                rest = rest.dropFirst()
            }
        }
        return tokens + self.tokens(ofPiece: piece)
    }

    private func tokens(ofPiece piece: [Unicode.Scalar]) -> [Int32] {
        var scalars = piece
        if rules.cleans {
            scalars = scalars.filter { !isDropped($0) }.map { $0.properties.isWhitespace ? " " : $0 }
        }
        if rules.isolatesIdeographs {
            scalars = scalars.flatMap { isIdeograph($0) ? [" ", $0, " "] : [$0] }
        }
        if rules.stripsMarks {
            scalars = decomposed(scalars).filter { $0.properties.generalCategory != .nonspacingMark }
        }
        if rules.lowercases { scalars = scalars.flatMap { Array($0.properties.lowercaseMapping.unicodeScalars) } }
        return scalars.split(whereSeparator: \.properties.isWhitespace).flatMap { part in
            words(Array(part)).flatMap(tokens(ofWord:))
        }
    }

    /// Normalization form D: what characters decompose to, and the marks between two others in the order of their
    /// classes.
    private func decomposed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let parts = scalars.flatMap { Array(String($0).decomposedStringWithCanonicalMapping.unicodeScalars) }
        var ordered: [Unicode.Scalar] = []
        for part in parts {
            let combiningClass = part.properties.canonicalCombiningClass
            var place = ordered.count
            while combiningClass != .notReordered, place > 0,
                ordered[place - 1].properties.canonicalCombiningClass > combiningClass
            {
                place -= 1
            }
            ordered.insert(part, at: place)
        }
        return ordered
    }

    /// The words between white space: punctuation stands alone.
    private func words(_ part: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        var words: [[Unicode.Scalar]] = [[]]
        for scalar in part {
            if isPunctuation(scalar) {
                words += [[scalar], []]
            } else {
                words[words.count - 1].append(scalar)
            }
        }
        return words.filter { !$0.isEmpty }
    }

    /// The longest token that is left at each place, from the longest to the shortest.
    private func tokens(ofWord word: [Unicode.Scalar]) -> [Int32] {
        guard word.count <= 100 else { return [id("[UNK]")] }
        var tokens: [Int32] = []
        var start = 0
        while start < word.count {
            let mark: [Unicode.Scalar] = start > 0 ? ["#", "#"] : []
            let end = (start + 1...word.count).last { ids[mark + word[start..<$0]] != nil }
            guard let end, let id = ids[mark + word[start..<end]] else { return [id("[UNK]")] }
            tokens.append(id)
            start = end
        }
        return tokens
    }

    private func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        if ["\t", "\n", "\r"].contains(scalar) { return false }
        if scalar == "\u{FFFD}" { return true }
        return [.control, .format, .privateUse].contains(scalar.properties.generalCategory)
    }

    private func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2F800...0x2FA1F: true
        default: false
        }
    }

    private func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII, ("!"..."~").contains(scalar), !scalar.properties.isAlphabetic {
            return scalar.properties.numericType == nil
        }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }
}
