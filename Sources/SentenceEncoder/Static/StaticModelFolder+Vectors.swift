extension StaticModelFolder {
    /// The vector of a text: the mean of those of its tokens, zero if it has none.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - count: The components to keep, the first ones.
    /// - Returns: `count` numbers.
    /// - Complexity: O(*n* + *tokens* · `count`) for *n* bytes.
    func vector(of text: String, dimensions count: Int) -> [Float] {
        let cut = text.unicodeScalars.prefix(scalarLimit)
        let tokens = tokenizer.inner(of: String(String.UnicodeScalarView(cut)), limit: tokenLimit)
            .filter { !skipsUnknown || $0 != tokenizer.vocabulary.unknown }
        var sum = [Float](repeating: 0, count: count)
        for token in tokens {
            let start = Int(token) * dimensions
            for axis in 0..<count { sum[axis] += vectors[start + axis] }
        }
        let length = normalizes ? sum.reduce(0) { $0 + $1 * $1 }.squareRoot() : Float(tokens.count)
        return length > 0 ? sum.map { $0 / length } : sum
    }
}
