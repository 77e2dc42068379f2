/// Gives British and American English one spelling, so that `behaviour` finds `behavior`.
///
/// The form is mostly the American one: `optimise` becomes `optimize`, `colour` `color`, `centre` `center`, `anaemia`
/// `anemia`, `modelling` `modeling`. `dialog`, `catalog` and `analog` become `dialogue`, `catalogue` and `analogue`,
/// because the stemmer would make `analog` and `analogy` one.
///
/// Rules change whole families of words, and lists say which. A rule may miss a twin, and must not join two words of
/// different meaning. So `tyre`, `cheque`, `storey` and `kerb` stay, beside `tire`, `check`, `story` and `curb`. `disc`
/// is an acronym too, and `prolog` a language.
///
/// 1. A look at each letter and the two before it tells which rules can apply. For most words none can.
/// 2. Families of words with a fixed beginning are looked up by their first four letters.
/// 3. The rules that can apply are applied one after another, those of endings last.
package enum EnglishSpelling {
    /// The rules that a word may need, found by its letters.
    private struct Rules: OptionSet {
        let rawValue: UInt8

        static let our = Rules(rawValue: 1)
        static let ligature = Rules(rawValue: 2)
        static let doubled = Rules(rawValue: 4)
        static let re = Rules(rawValue: 8)
        static let ise = Rules(rawValue: 16)
        static let ogue = Rules(rawValue: 32)
        static let sulph = Rules(rawValue: 64)

        /// The rules for words with three letters in a row, given as the two before the last and the last.
        @inline(__always)
        init(pair: UInt16, then letter: UInt8) {
            switch letter {
            case UInt8(ascii: "e"):
                self = pair & 0xFF == 0x61 || pair & 0xFF == 0x6F ? .ligature : Self.beforeVowel(pair)  // ae, oe
            case UInt8(ascii: "i"): self = Self.beforeVowel(pair)
            case UInt8(ascii: "a"): self = pair == 0x6973 || pair == 0x7973 ? .ise : pair == 0x6C6C ? .doubled : []
            case UInt8(ascii: "o"): self = pair == 0x6C6C ? .doubled : []  // llo
            case UInt8(ascii: "r"): self = pair == 0x6F75 ? .our : []  // our
            case UInt8(ascii: "g"): self = pair & 0xFF == 0x6F ? .ogue : []  // og
            case UInt8(ascii: "p"): self = pair == 0x756C ? .sulph : []  // ulp
            default: self = []
            }
        }

        /// The rules for words with two letters before an e or an i.
        @inline(__always)
        private static func beforeVowel(_ pair: UInt16) -> Rules {
            switch pair {
            case 0x6C6C: .doubled  // ll
            case 0x6973, 0x7973: .ise  // is, ys
            case 0x7472, 0x6272, 0x7672, 0x6872, 0x6772: .re  // tr, br, vr, hr, gr
            default: []
            }
        }

        init(rawValue: UInt8) { self.rawValue = rawValue }
    }

    /// Replaces a case-folded word of English by its common spelling.
    package static func fold(_ word: inout [UInt8]) {
        guard word.count >= 4 else { return }
        var rules: Rules = []
        var pair: UInt16 = 0
        for byte in word {
            rules.formUnion(Rules(pair: pair, then: byte))
            pair = pair << 8 | UInt16(byte)
        }
        replaceBeginning(of: &word)
        guard !rules.isEmpty else { return }
        // What follows an apostrophe is no part of the word.
        if let end = word.lastIndex(of: UInt8(ascii: "'")) {
            let rest = Array(word[end...])
            word.removeSubrange(end...)
            apply(rules, to: &word)
            word += rest
        } else {
            apply(rules, to: &word)
        }
    }

    private static func apply(_ rules: Rules, to word: inout [UInt8]) {
        if rules.contains(.our) { replaceOur(in: &word) }
        if rules.contains(.ligature) { replaceLigature(in: &word) }
        if rules.contains(.sulph) { replaceSulph(in: &word) }
        if rules.contains(.doubled) { replaceDoubled(in: &word) }
        if rules.contains(.re) { replaceRe(in: &word) }
        if rules.contains(.ogue) { replaceOg(in: &word) }
        if rules.contains(.ise) { replaceIse(in: &word) }
    }
}

// MARK: - Beginnings

extension EnglishSpelling {
    /// A beginning of words, and what stands for it.
    struct Beginning {
        var british: [UInt8]
        var american: [UInt8]
        /// Whether anything may follow, and not only the ending of a plural or a possessive.
        var isOpen: Bool
    }

    private static func replaceBeginning(of word: inout [UInt8]) {
        let key = key(of: word)
        guard beginnings.mayContain(key), let candidates = beginnings.byKey[key] else { return }
        for candidate in candidates where word.starts(with: candidate.british) {
            let rest = word[candidate.british.count...]
            guard candidate.isOpen || Self.nounEndings.contains(where: { rest.elementsEqual($0) }) else { continue }
            word.replaceSubrange(..<candidate.british.count, with: candidate.american)
            return
        }
    }

    private static let nounEndings = ["", "s", "'s", "s'"].map { Array($0.utf8) }

    /// The first four letters of a word as a number.
    private static func key(of word: [UInt8]) -> UInt32 {
        UInt32(word[0]) << 24 | UInt32(word[1]) << 16 | UInt32(word[2]) << 8 | UInt32(word[3])
    }

    /// The beginnings by their first four letters.
    struct Beginnings {
        let byKey: [UInt32: [Beginning]]

        /// A bit for each value of the hash below: a small filter before the table.
        private let filter: [UInt64]

        init(_ list: String) {
            var byKey: [UInt32: [Beginning]] = [:]
            var filter = [UInt64](repeating: 0, count: 64)
            for line in list.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard words.count == 2 else { continue }
                let isOpen = words[0].hasSuffix("*")
                let british = Array(words[0].utf8.filter { $0 != UInt8(ascii: "*") })
                let entry = Beginning(british: british, american: Array(words[1].utf8), isOpen: isOpen)
                let key = EnglishSpelling.key(of: british)
                byKey[key, default: []].append(entry)
                let bit = Self.hash(key)
                filter[bit >> 6] |= 1 << UInt64(bit & 63)
            }
            self.byKey = byKey
            self.filter = filter
        }

        func mayContain(_ key: UInt32) -> Bool {
            let bit = Self.hash(key)
            return filter[bit >> 6] >> UInt64(bit & 63) & 1 == 1
        }

        private static func hash(_ key: UInt32) -> Int { Int((key &* 0x9E37_79B1) >> 20) }
    }
}

// MARK: - Rules

extension EnglishSpelling {
    /// `colour`: the u goes behind the heads of words that have it.
    private static func replaceOur(in word: inout [UInt8]) {
        guard let place = range(of: our, in: word) else { return }
        let head = word[..<place.lowerBound]
        guard ourHeads.matches(head) else { return }
        word.remove(at: place.lowerBound + 1)
    }

    /// `anaemia`, `foetus`: the first letter of the ligature goes.
    private static func replaceLigature(in word: inout [UInt8]) {
        for part in ligatures {
            guard let place = range(of: part.british, in: word) else { continue }
            word.replaceSubrange(place, with: part.american)
        }
        // -aemia and -aemic
        if let place = range(of: aemi, in: word), place.lowerBound > 0 { word.remove(at: place.lowerBound) }
    }

    /// `sulphur` is `sulfur`.
    private static func replaceSulph(in word: inout [UInt8]) {
        guard let place = range(of: sulph, in: word) else { return }
        word.replaceSubrange(place, with: "sulf".utf8)
    }

    /// `modelling`: one l goes before the endings that double it.
    private static func replaceDoubled(in word: inout [UInt8]) {
        guard let place = range(of: doubledL, in: word) else { return }
        guard doubledEndings.contains(where: { isEnding($0, of: word, from: place.upperBound) }) else { return }
        guard doubledHeads.matches(word[...place.lowerBound]) else { return }
        word.remove(at: place.lowerBound)
    }

    /// `centre`, `centred`, `centring`: the e stands before the r.
    private static func replaceRe(in word: inout [UInt8]) {
        guard let place = word.lastIndex(of: UInt8(ascii: "r")), word.count - place <= 5 else { return }
        for ending in reEndings where isEnding(ending.british, of: word, from: place) {
            guard reHeads.matches(word[..<place]) else { return }
            word.replaceSubrange(place..., with: ending.american)
            return
        }
    }

    /// `catalog`: it gets the ending of `catalogue`, which the stemmer keeps away from `analogy`.
    private static func replaceOg(in word: inout [UInt8]) {
        guard let og = range(of: og, in: word), word.count - og.upperBound <= 4 else { return }
        let place = og.upperBound
        for ending in ogEndings where isEnding(ending.american, of: word, from: place) {
            guard ogHeads.matches(word[..<place]) else { return }
            word.replaceSubrange(place..., with: ending.british)
            return
        }
    }

    /// `optimise`, `analyse`: an s becomes a z before the endings of verbs.
    private static func replaceIse(in word: inout [UInt8]) {
        // The noun and the verb are alike in the plural. The noun is far more frequent.
        if isEnding(analyses, of: word, from: word.count - analyses.count) {
            word[word.count - 2] = UInt8(ascii: "i")
            return
        }
        var place = word.count - 2
        while place > 1, word[place] != UInt8(ascii: "s") || !isVowel(word[place - 1]) || !isVowel(word[place + 1]) {
            place -= 1
        }
        guard place > 1, iseEndings.contains(where: { isEnding($0, of: word, from: place + 1) }) else { return }
        let head = word[..<(place - 1)]
        switch word[place - 1] {
        case UInt8(ascii: "y"):
            guard head.last == UInt8(ascii: "l") else { return }
        case UInt8(ascii: "i"):
            guard isVerbHead(head) else { return }
        default: return
        }
        word[place] = UInt8(ascii: "z")
    }

    /// Whether what stands before -ise makes a verb with it that Americans write with a z.
    private static func isVerbHead(_ head: ArraySlice<UInt8>) -> Bool {
        guard head.count >= 3, let last = head.last else { return false }
        switch last {
        // raise, Weise, noise, bruise, likewise
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "o"), UInt8(ascii: "u"), UInt8(ascii: "w"):
            return false
        default:
            return !iseExceptions.matches(head) && head.contains(where: isVowel)
        }
    }
}

// MARK: - Bytes

extension EnglishSpelling {
    /// The place of the last occurrence of letters in a word.
    private static func range(of letters: [UInt8], in word: [UInt8]) -> Range<Int>? {
        guard word.count >= letters.count else { return nil }
        for start in stride(from: word.count - letters.count, through: 0, by: -1)
        where word[start...].starts(with: letters) {
            return start..<start + letters.count
        }
        return nil
    }

    /// Whether a word goes on with an ending, and ends with it, from a place on.
    @inline(__always)
    private static func isEnding(_ ending: [UInt8], of word: [UInt8], from place: Int) -> Bool {
        guard place >= 0, word.count - place == ending.count else { return false }
        for index in ending.indices where word[place + index] != ending[index] { return false }
        return true
    }

    @inline(__always)
    private static func isVowel(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
            UInt8(ascii: "y"):
            true
        default: false
        }
    }
}
