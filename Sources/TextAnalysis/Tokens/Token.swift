/// A piece of a text that becomes a term, before the filters.
struct Token {
    /// The kind of a token. The filters depend on it.
    enum Kind {
        /// A word or a number by Unicode's rules.
        case word
        /// A word that a hyphen or an underscore binds to another. It is no stop word: `off` in `off-policy`.
        case part
        /// Words and the marks that bind them, such as `kNN-LM` and `nDCG@10`.
        case compound
        /// A name that a mark belongs to, or an abbreviation: `C++`, `i.i.d`.
        case name
        /// Two neighboring letters of a script without spaces between words, or the only letter of a run.
        case bigram
        /// An emoji or a flag.
        case symbol
        /// A mathematical expression, such as `O(n log n)`.
        case formula
    }

    /// Its bytes in the tokenized text.
    var range: Range<Int>
    /// The number of the word in the text. A compound has the number of its first word.
    var position: Int
    var kind: Kind
}
