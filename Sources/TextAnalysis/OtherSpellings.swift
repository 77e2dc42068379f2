extension Analyzer {
    /// The words of a text joined to their neighbors and at their hyphens: `data set` and `dataset`, `over-smoothing`
    /// and `oversmoothing`.
    ///
    /// Most of them are words that nobody writes. Whoever asks looks them up in an index.
    ///
    /// - Parameters:
    ///   - text: A question. A text of more than ``longestQuestion`` distinct terms has no other spellings.
    ///   - languages: The languages of the index's texts, besides that of the question.
    /// - Returns: For a term of the text the forms of its word that are written otherwise. A form is one term, or two
    ///   that follow each other.
    /// - Complexity: O(*n* · *l*) for *n* letters of the text and *l* languages.
    package func joinedSpellings(
        of text: AnalyzedText, languages: some Sequence<Language>
    ) -> [String: [[String]]] {
        forms(of: Self.joinedSpellings(of: text), in: text, languages)
    }

    /// The words of some terms parted at each letter: `oversmoothing` and `over-smoothing`, `GPT4` and `GPT-4`.
    ///
    /// - Parameters:
    ///   - terms: The terms of the text whose words are parted.
    ///   - text: A question, as ``joinedSpellings(of:languages:)`` takes it.
    ///   - languages: The languages of the index's texts, besides that of the question.
    /// - Returns: The forms, as ``joinedSpellings(of:languages:)`` returns them.
    /// - Complexity: O(*n* · *l*) for *n* letters of the words and *l* languages, with one analysis of two short words
    ///   a letter.
    package func partedSpellings(
        of terms: Set<String>, in text: AnalyzedText, languages: some Sequence<Language>
    ) -> [String: [[String]]] {
        forms(of: Self.partedSpellings(of: terms, in: text), in: text, languages)
    }

    private func forms(
        of spellings: [Spelling], in text: AnalyzedText, _ languages: some Sequence<Language>
    ) -> [String: [[String]]] {
        guard text.frequencies.count <= Self.longestQuestion, !spellings.isEmpty else { return [:] }
        var forms: [String: [[String]]] = [:]
        for language in Set(languages).union(text.fields.map(\.language)).sorted(by: { $0.rawValue < $1.rawValue }) {
            for (owners, form) in self.forms(of: spellings, language) {
                for owner in owners where form != [owner] && forms[owner]?.contains(form) != true {
                    forms[owner, default: []].append(form)
                }
            }
        }
        return forms
    }

    /// A word that a question may mean, and the terms of the question that it stands for.
    private typealias Spelling = (word: String, owners: [String])

    /// The words of a text parted at each letter.
    private static func partedSpellings(of terms: Set<String>, in text: AnalyzedText) -> [Spelling] {
        var seen: Set<String> = []
        return text.fields.flatMap(\.terms)
            .filter { terms.contains($0.text) && seen.insert($0.surfaceForm).inserted }
            .flatMap { term in partedForms(of: term.surfaceForm).map { ($0, [term.text]) } }
    }

    /// The words of a text joined at their hyphens, and joined with their neighbors.
    private static func joinedSpellings(of text: AnalyzedText) -> [Spelling] {
        var spellings: [Spelling] = []
        var seen: Set<String> = []
        for field in text.fields {
            for term in field.terms
            where term.surfaceForm.contains("-") && seen.insert(term.surfaceForm).inserted {
                // In small letters a compound is its words alone.
                spellings.append((term.surfaceForm, [term.text]))
                spellings.append((term.surfaceForm.filter { $0 != "-" }, [term.text]))
            }
            // A compound is no neighbor of its own parts.
            for (first, second) in field.neighbors where !first.range.overlaps(second.range) {
                spellings.append((first.surfaceForm + second.surfaceForm, [first.text, second.text]))
            }
        }
        return spellings
    }

    /// What spellings become: one term, or the two words of a compound, or its term.
    private func forms(of spellings: [Spelling], _ language: Language) -> [(owners: [String], form: [String])] {
        // Each spelling is a chunk of its own, and one analysis serves all of them.
        var indices: [Int] = []
        var joined = ""
        for (index, spelling) in spellings.enumerated() {
            joined += spelling.word + " "
            indices += repeatElement(index, count: joined.utf8.count - indices.count)
        }
        var terms = [[String]](repeating: [], count: spellings.count)
        for term in self.terms(of: joined, language: language) {
            terms[indices[term.range.lowerBound]].append(term.text)
        }
        return zip(spellings, terms).flatMap { spelling, terms -> [(owners: [String], form: [String])] in
            switch terms.count {
            case 1, 2: [(spelling.owners, terms)]
            // The words of a compound stand behind the compound.
            case 3: [(spelling.owners, [terms[0]]), (spelling.owners, Array(terms[1...]))]
            default: []
            }
        }
    }

    /// The most distinct terms of a text that has other spellings: a question, and not an abstract.
    public static var longestQuestion: Int { 32 }

    /// A word with a hyphen between each two of its letters in turn.
    private static func partedForms(of word: String) -> [String] {
        let letters = Array(word.unicodeScalars)
        guard letters.count >= shortestPartedWord, letters.count <= longestPartedWord,
            letters.allSatisfy({ $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "." })
        else { return [] }
        return (1..<letters.count).map { place in
            String(String.UnicodeScalarView(letters[..<place])) + "-"
                + String(String.UnicodeScalarView(letters[place...]))
        }
    }

    private static let shortestPartedWord = 4
    private static let longestPartedWord = 30
}
