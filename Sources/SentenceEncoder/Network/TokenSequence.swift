/// The tokens of a text, or of two texts that a cross-encoder compares, as ids with the special tokens among them.
package struct TokenSequence: Sendable, Hashable {
    /// The ids.
    package var ids: [Int32]
    /// Where the tokens of type 1 begin: at the end if there is one text.
    package var secondStart: Int

    /// Creates a sequence of one text.
    package init(_ ids: [Int32]) {
        self.ids = ids
        secondStart = ids.count
    }

    /// Creates a sequence of two texts, of which the tokens of the second begin at `secondStart`.
    package init(_ ids: [Int32], secondStart: Int) {
        precondition(secondStart >= 0 && secondStart <= ids.count, "a start at \(secondStart) of \(ids.count) tokens")
        self.ids = ids
        self.secondStart = secondStart
    }
}
