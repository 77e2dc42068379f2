extension Analyzer {
    /// The other ways to write the words of a text, joined or parted: `oversmoothing` and `over-smoothing`, `data set`
    /// and `dataset`, `GPT4` and `GPT-4`.
    ///
    /// Most of them are words that nobody writes. Whoever asks looks them up in an index.
    ///
    /// - Parameter text: A question. A text of more than ``longestQuestion`` distinct terms has no other spellings.
    /// - Returns: For a term of the text the forms of its word that are written otherwise. A form is one term, or two
    ///   that follow each other.
    /// - Complexity: O(*n*) for *n* letters of the text, with one analysis of two short words a letter.
    public func otherSpellings(of text: AnalyzedText) -> [String: [[String]]] {
        guard text.frequencies.count <= Self.longestQuestion else { return [:] }
        var forms: [String: [[String]]] = [:]
        func add(_ form: [String], to term: String) {
            guard form != [term], forms[term]?.contains(form) != true else { return }
            forms[term, default: []].append(form)
        }
        var spellings: [(word: String, owners: [String])] = []
        for field in text.fields {
            for term in field.terms where !forms.keys.contains(term.text) {
                spellings += Self.partedForms(of: term.surfaceForm).map { ($0, [term.text]) }
                if term.surfaceForm.contains("-") {
                    spellings.append((term.surfaceForm.filter { $0 != "-" }, [term.text]))
                }
            }
            for (first, second) in field.neighbors {
                spellings.append((first.surfaceForm + second.surfaceForm, [first.text, second.text]))
            }
        }
        // Each spelling is a chunk of its own, and one analysis serves all of them.
        var ends: [Int] = []
        var joined = ""
        for spelling in spellings {
            joined += spelling.word
            ends.append(joined.utf8.count)
            joined += " "
        }
        var index = 0
        var terms: [Term] = []
        func finish() {
            // The words of a compound stand behind the compound, if that is a term.
            let words = terms.count > 2 ? Array(terms.dropFirst()) : terms
            for owner in spellings[index].owners {
                if terms.count == 3 { add([terms[0].text], to: owner) }
                if words.count == 1 || words.count == 2 { add(words.map(\.text), to: owner) }
            }
            terms.removeAll()
        }
        for term in self.terms(of: joined) {
            while term.range.lowerBound >= ends[index] {
                finish()
                index += 1
            }
            terms.append(term)
        }
        if !terms.isEmpty { finish() }
        return forms
    }

    /// The most distinct terms of a text that has other spellings: a question, and not an abstract.
    public static var longestQuestion: Int { 32 }

    /// A word with a hyphen between each two of its letters in turn.
    private static func partedForms(of word: String) -> [String] {
        let letters = Array(word.unicodeScalars)
        guard letters.count >= shortestPartedWord, letters.count <= longestPartedWord,
            letters.allSatisfy({ $0.properties.isAlphabetic || ("0"..."9").contains($0) })
        else { return [] }
        return (1..<letters.count).map { place in
            String(String.UnicodeScalarView(letters[..<place])) + "-"
                + String(String.UnicodeScalarView(letters[place...]))
        }
    }

    private static let shortestPartedWord = 4
    private static let longestPartedWord = 30
}
