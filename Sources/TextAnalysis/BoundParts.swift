/// A part of a compound that means something only before the next part: `few` in `few-shot`, `e` in `e-mail`, `co` in
/// `co-training`. Alone it would find `few-body`, `e-commerce` and `co-occurrence`.
package struct BoundPart: Hashable, Sendable {
    /// The term of the part.
    package var part: String

    /// The term of the next part.
    package var next: String

    /// Whether the text joins the two by a hyphen. Otherwise they stand side by side, and the first is a stop word that
    /// is no term of the text.
    package var isWritten: Bool

    package init(part: String, next: String, isWritten: Bool) {
        self.part = part
        self.next = next
        self.isWritten = isWritten
    }
}

extension Analyzer {
    /// The parts of a question that are bound to the next word, or may be.
    ///
    /// A bound part is a stop word, a single letter, or a prefix such as `non`, before a hyphen. A stop word before a
    /// space may be meant as one: `off policy`. Whoever asks looks up whether texts have the two side by side.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - text: The same, analyzed. One of more than ``longestQuestion`` distinct terms has no bound parts.
    /// - Returns: The parts in the order of the question, each once.
    /// - Complexity: O(*n*) for *n* bytes, with one more analysis.
    package func boundParts(of question: String, analyzedAs text: AnalyzedText) -> [BoundPart] {
        guard let field = text.fields.first, text.frequencies.count <= Self.longestQuestion else { return [] }
        let bytes = Array(question.utf8)
        let terms = terms(of: question, language: field.language, keepingStopwords: true)
        let indexed = Set(field.terms.map(\.range))
        let stopwords = Stopwords.list(for: field.language)
        var parts: [BoundPart] = []
        for (first, second) in zip(terms, terms.dropFirst())
        where first.range.upperBound < second.range.lowerBound && indexed.contains(second.range) {
            let between = bytes[first.range.upperBound..<second.range.lowerBound]
            let isStopword = stopwords.contains(Array(first.surfaceForm.utf8))
            let isWritten = between.elementsEqual("-".utf8)
            let isBound =
                isWritten
                ? isStopword || first.surfaceForm.unicodeScalars.count == 1 || Self.prefixes.contains(first.surfaceForm)
                : isStopword && between.elementsEqual(" ".utf8) && !indexed.contains(first.range)
            let part = BoundPart(part: first.text, next: second.text, isWritten: isWritten)
            if isBound, !parts.contains(part) { parts.append(part) }
        }
        let written = Set(parts.lazy.filter(\.isWritten).map(\.part))
        return parts.filter { $0.isWritten || !written.contains($0.part) }
    }

    /// Words that English texts write before a hyphen and seldom alone.
    private static let prefixes: Set<String> = ["co", "de", "non", "pre", "re", "semi", "sub", "un"]
}
