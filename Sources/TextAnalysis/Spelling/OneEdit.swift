extension String {
    /// The words that differ from this one at one place: two neighboring letters exchanged, a letter taken out, put in
    /// or replaced. Most of them are words that nobody writes.
    ///
    /// These are the mistakes that four of five misspelled words have. F. J. Damerau, A technique for computer
    /// detection and correction of spelling errors, Communications of the ACM 7 (1964),
    /// <https://doi.org/10.1145/363958.363994>.
    ///
    /// Letters are put in from the alphabet of the word's script: Latin, Greek or Cyrillic. A word of another script
    /// only loses letters or exchanges them.
    ///
    /// - Returns: The words, each once and without this one, in the order of the kinds above.
    /// - Complexity: O(*n*² · *a*) for *n* letters and an alphabet of *a*.
    package var wordsOneEditAway: [String] {
        let letters = Array(unicodeScalars)
        let alphabet = Self.alphabet(of: letters)
        var words: [String] = []
        var edited = letters
        // Of edits that give the same word only the first is made.
        for place in letters.indices.dropLast() where letters[place] != letters[place + 1] {
            edited.swapAt(place, place + 1)
            words.append(Self.word(edited))
            edited.swapAt(place, place + 1)
        }
        for place in letters.indices where place == 0 || letters[place - 1] != letters[place] {
            edited.remove(at: place)
            if !edited.isEmpty { words.append(Self.word(edited)) }
            edited.insert(letters[place], at: place)
        }
        for place in 0...letters.count {
            edited.insert("a", at: place)
            for letter in alphabet where place == 0 || letters[place - 1] != letter {
                edited[place] = letter
                words.append(Self.word(edited))
            }
            edited.remove(at: place)
        }
        for place in letters.indices {
            for letter in alphabet where letter != letters[place] {
                edited[place] = letter
                words.append(Self.word(edited))
            }
            edited[place] = letters[place]
        }
        return words
    }

    private static func word(_ letters: [Unicode.Scalar]) -> String {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(letters.count)
        for letter in letters { utf8 += letter.utf8 }
        return String(decoding: utf8, as: UTF8.self)
    }

    /// The letters of the script that most letters of a word have.
    private static func alphabet(of word: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let alphabets = ["a"..."z", "α"..."ω", "а"..."я"] as [ClosedRange<Unicode.Scalar>]
        let counts = alphabets.map { alphabet in word.count { alphabet.contains($0) } }
        guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else { return [] }
        return (alphabets[index].lowerBound.value...alphabets[index].upperBound.value).compactMap(Unicode.Scalar.init)
    }
}
