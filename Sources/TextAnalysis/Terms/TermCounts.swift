/// How often each term occurs in each document of a collection: a sparse matrix of counts, row by row.
///
/// The terms of document *i* are `termIDs[documentOffsets[i]..<documentOffsets[i + 1]]`, ascending, each once; their
/// frequencies stand at the same positions of ``frequencies``.
public struct TermCounts: Sendable {
    /// The terms that occur, each in at least one document.
    public let terms: TermTable

    /// Where each document begins in ``termIDs`` and ``frequencies``, and where the last one ends:
    /// ``documentCount`` + 1 offsets, the first of them 0.
    public let documentOffsets: [Int]

    /// The terms of all documents, one document after another, ascending within each.
    public let termIDs: [TermID]

    /// How often each term of ``termIDs`` occurs in its document, at least 1.
    public let frequencies: [UInt32]

    /// The terms of each document in the order of its texts, if it was kept.
    public let sequences: TermSequences?

    /// The number of documents with a text of each language, for the languages that occur.
    ///
    /// It counts texts that are not empty. Words of another script in a text do not change its language.
    public let languages: [Language: Int]

    /// Creates counts from their parts.
    package init(
        terms: TermTable, documentOffsets: [Int], termIDs: [TermID], frequencies: [UInt32],
        sequences: TermSequences? = nil, languages: [Language: Int] = [:]
    ) {
        precondition(
            documentOffsets.first == 0 && documentOffsets.last == termIDs.count && termIDs.count == frequencies.count,
            "counts of \(termIDs.count) ids, \(frequencies.count) frequencies and offsets up to "
                + "\(documentOffsets.last ?? 0) do not fit together"
        )
        self.terms = terms
        self.documentOffsets = documentOffsets
        self.termIDs = termIDs
        self.frequencies = frequencies
        self.sequences = sequences
        self.languages = languages
    }

    /// The same counts without the order of the terms, which takes as much memory as they.
    package var withoutOrder: TermCounts {
        TermCounts(
            terms: terms, documentOffsets: documentOffsets, termIDs: termIDs, frequencies: frequencies,
            languages: languages)
    }

    /// Counts the terms of documents that were taken apart elsewhere.
    ///
    /// - Parameter documents: The terms of each document, in any order; each is its own surface form.
    /// - Complexity: O(*n* log *n*) comparisons for *n* terms in all.
    public init(documents: [[String]]) {
        let terms = TermTable(documents.joined())
        let sequences = documents.map { $0.compactMap(terms.id(of:)).map(\.rawValue) }
        var offsets = [0]
        var ids: [TermID] = []
        var frequencies: [UInt32] = []
        for document in documents {
            for id in document.compactMap(terms.id(of:)).sorted() {
                if ids.count > offsets[offsets.count - 1], ids[ids.count - 1] == id {
                    frequencies[frequencies.count - 1] += 1
                } else {
                    ids.append(id)
                    frequencies.append(1)
                }
            }
            offsets.append(ids.count)
        }
        self.init(
            terms: terms, documentOffsets: offsets, termIDs: ids, frequencies: frequencies,
            sequences: TermSequences(sequences)
        )
    }
}

// MARK: - Read

extension TermCounts {
    /// The number of documents.
    public var documentCount: Int { documentOffsets.count - 1 }

    /// The number of terms of a document, repetitions included.
    ///
    /// - Precondition: `document` is below ``documentCount``.
    public func length(of document: Int) -> Int {
        frequencies[documentOffsets[document]..<documentOffsets[document + 1]].reduce(0) { $0 + Int($1) }
    }

    /// In how many documents each term occurs, by ``TermID``.
    ///
    /// - Complexity: O(*nnz*) for *nnz* pairs of document and term.
    public func documentFrequencies() -> [Int] {
        var result = [Int](repeating: 0, count: terms.count)
        for id in termIDs { result[Int(id.rawValue)] += 1 }
        return result
    }
}
