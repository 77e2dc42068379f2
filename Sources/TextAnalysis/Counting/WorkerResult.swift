/// What a worker has gathered, for many threads to read.
final class WorkerResult: Sendable {
    private let forms: Interner
    private let occurrences: Buffer<UInt64>
    private let documents: Buffer<DocumentRow>
    private let sequences: Buffer<UInt32>

    /// The number of documents with a text of each language.
    let languages: [Language: Int]

    /// A document, and where its forms begin in the sequences.
    struct DocumentRow: BitwiseCopyable, Sendable {
        var document: Int
        var start: Int
    }

    /// Takes over the tables of a ``CountingWorker``, as they are described there.
    init(
        forms: consuming Interner,
        occurrences: consuming Buffer<UInt64>,
        documents: consuming Buffer<DocumentRow>,
        sequences: consuming Buffer<UInt32>,
        languages: [Language: Int]
    ) {
        self.forms = forms
        self.occurrences = occurrences
        self.documents = documents
        self.sequences = sequences
        self.languages = languages
    }
}

// MARK: - Read

extension WorkerResult {
    /// The number of distinct forms, the empty one of ``CountingWorker/gap`` included.
    var formCount: Int { forms.count }

    /// The number of documents.
    var documentCount: Int { documents.count }

    /// Calls `body` with the bytes of a form: the term, a zero, the word.
    @inline(__always)
    func withForm<Result>(_ form: UInt32, _ body: (Span<UInt8>) -> Result) -> Result {
        forms.withBytes(of: Int(form), body)
    }

    /// How often a form has occurred.
    func occurrences(of form: UInt32) -> Int { Int(occurrences[Int(form)]) }

    /// The number of one of the documents, in the order in which they came.
    func document(_ index: Int) -> Int { documents[index].document }

    /// Where the forms of one of the documents stand in the sequences.
    func sequence(_ index: Int) -> Range<Int> {
        let end = index + 1 < documents.count ? documents[index + 1].start : sequences.count
        return documents[index].start..<end
    }

    /// Calls `body` with the forms of all documents in the order of their texts.
    func withSequences<Result>(_ body: (Span<UInt32>) -> Result) -> Result { sequences.withElements(body) }

    /// The forms in ascending order of their bytes, as those of the worker of a number.
    func sortedReferences(worker number: Int) -> [FormOrder.Reference] {
        var references = (Int(CountingWorker.gap) + 1..<forms.count).map { form in
            FormOrder.Reference(order: forms.order(of: form), worker: UInt32(number), form: UInt32(form))
        }
        references.sort { left, right in
            guard left.order == right.order else { return left.order < right.order }
            return withForm(left.form) { left in withForm(right.form) { right in left.precedes(right) } }
        }
        return references
    }
}
