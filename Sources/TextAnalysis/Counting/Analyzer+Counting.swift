extension Analyzer {
    /// Counts the terms of a collection of documents, and analyzes each field once.
    ///
    /// ```swift
    /// let counts = analyzer.countTerms(documentCount: papers.count, threads: 2) { index in
    ///     [TextField(papers[index].title, weight: 3), TextField(papers[index].abstract)]
    /// }
    /// ```
    ///
    /// The result depends on the documents and the settings, not on the number of threads. A field of weight *w* gives
    /// the counts and the order of a text that stands there *w* times.
    ///
    /// - Parameters:
    ///   - documentCount: The number of documents. 0 gives counts without documents and terms.
    ///   - threads: The most threads to use, at least 1. Each keeps tables of the words that it met: 100 to 200 bytes
    ///     for every distinct one, and 4 bytes for every occurrence of a term.
    ///   - keepsOrder: Whether the order of the terms is kept too, as ``TermCounts/sequences``: 8 more bytes for every
    ///     stop word or row of them, and 4 for every occurrence of a term.
    ///   - fields: The fields of a document, whose terms are counted together. It is called once for each document,
    ///     from several threads and in any order. A string that is not stored as UTF-8 is copied.
    /// - Returns: The terms in ascending byte order and their counts in each document, ``TermCounts/documentCount``
    ///   rows.
    /// - Complexity: O(*n*) for *n* bytes of text, and O(*v* log *v*) comparisons for *v* distinct words.
    public func countTerms(
        documentCount: Int,
        threads: Int,
        keepsOrder: Bool = false,
        fields: @Sendable (_ document: Int) -> [TextField]
    ) -> TermCounts {
        var counter = TermCounter(self, threads: threads, keepsOrder: keepsOrder)
        counter.count(documentCount, fields: fields)
        return counter.finish()
    }
}

extension Analyzer {
    /// Counts the terms of a collection of documents whose texts all weigh 1; otherwise as
    /// ``countTerms(documentCount:threads:keepsOrder:fields:)``.
    public func countTerms(
        documentCount: Int,
        threads: Int,
        keepsOrder: Bool = false,
        texts: @Sendable (_ document: Int) -> [String]
    ) -> TermCounts {
        countTerms(documentCount: documentCount, threads: threads, keepsOrder: keepsOrder) { document in
            texts(document).map { TextField($0) }
        }
    }
}
