/// Two terms, the first right before the second.
package struct TermPair: Hashable, Sendable {
    /// The first term, as the index's analyzer makes it.
    package var first: String

    /// The term behind it.
    package var second: String

    /// Creates a pair.
    package init(first: String, second: String) {
        self.first = first
        self.second = second
    }
}

/// What can be counted in a document: a term, or two terms that follow each other.
package enum LexicalFeature: Hashable, Sendable {
    /// A term.
    case term(String)

    /// Two adjacent terms, in their order.
    case pair(TermPair)

    /// The terms that it is made of.
    package var terms: [String] {
        switch self {
        case .term(let term): [term]
        case .pair(let pair): [pair.first, pair.second]
        }
    }
}
