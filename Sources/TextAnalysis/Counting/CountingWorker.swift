/// What one thread gathers while terms are counted: the forms that it met, and how often each occurs in each document.
///
/// A form is a term and one word behind it, kept as the term, a zero byte and the word: in this order of bytes the forms
/// of a term stand together, and terms in ascending order. Forms are numbered as they appear, differently in each worker;
/// ``TermCounts`` gives them a common order in the end.
///
/// The way from bytes to forms is taken once per distinct chunk. A chunk that has been met costs one look into a hash
/// table and one increment per form.
struct CountingWorker: ~Copyable {
    /// The longest chunk that is kept, in bytes. Longer ones seldom recur.
    private static let maximumChunk = 64

    /// The most chunks that are kept: about 100 MB. Beyond, all are dropped and met anew.
    private static let maximumChunkCount = 1 << 20

    /// How many chunks go through the tables together.
    private static let batchSize = 64

    /// What a chunk is made of.
    private struct ChunkUse: BitwiseCopyable, Sendable {
        /// The only form, or where the forms begin in `formsOfChunks` if there is not just one.
        var first: UInt32 = 0
        var count: UInt32 = 0
        /// How often the chunk has occurred since it was met.
        var occurrences = 0

        /// Where the forms are if there is not just one.
        var range: Range<Int> { Int(first)..<Int(first) + Int(count) }
    }

    private var analyzer: ChunkAnalyzer
    private var chunks = Interner<ChunkUse>()
    private var batch = Buffer<Candidate>()
    private var formsOfChunks = Buffer<UInt32>()
    private var form: [UInt8] = []

    /// The distinct forms and how often each has occurred, chunks that are kept not included until ``finish()``.
    private var forms = Interner<Int>()

    /// The frequency of each form in the current document, zeros between documents.
    private var frequencies = Buffer<UInt32>()

    /// The forms of all documents: the form above 32 bits of frequency.
    private var rows = Buffer<UInt64>()

    /// The documents and where their forms begin in `rows`, in the order in which they came.
    private var documents = Buffer<WorkerResult.DocumentRow>()

    /// Whether the order of the forms is kept.
    private let keepsOrder: Bool

    /// The forms of all documents in the order of the texts, with ``TermSequences/gap`` where no form follows.
    private var sequences = Buffer<UInt32>()

    init(_ settings: AnalyzerSettings, keepsOrder: Bool) {
        analyzer = ChunkAnalyzer(settings)
        self.keepsOrder = keepsOrder
    }

    /// Counts the terms of one document.
    mutating func count(_ document: Int, texts: [String]) {
        let start = rows.count
        documents.append(WorkerResult.DocumentRow(document: document, start: start, sequenceStart: sequences.count))
        for text in texts {
            text.withUTF8Span { count($0) }
            leaveGap()
        }
        for index in start..<rows.count {
            let form = rows[index]
            rows[index] = form << 32 | UInt64(frequencies[Int(form)])
            frequencies[Int(form)] = 0
        }
    }

    /// What has been gathered.
    consuming func finish() -> WorkerResult {
        dropChunks()
        return WorkerResult(forms: forms, rows: rows, documents: documents, sequences: sequences)
    }

    /// Counts the forms of a text, a batch of chunks at a time.
    ///
    /// The tables of a large collection are larger than the caches, so the time goes into waiting for memory. Every step
    /// is done for the whole batch before the next, and no step waits for another's memory but its own.
    private mutating func count(_ text: Span<UInt8>) {
        var found = Chunks()
        var isAtEnd = false
        while !isAtEnd {
            batch.removeAll()
            var long: Range<Int>?
            while batch.count < Self.batchSize, long == nil {
                guard let range = found.next(in: text) else {
                    isAtEnd = true
                    break
                }
                if range.count <= Self.maximumChunk {
                    batch.append(Candidate(range, in: text))
                } else {
                    long = range
                }
            }
            countBatch(in: text)
            if let long { analyze(text.extracting(long)) }
            if chunks.count >= Self.maximumChunkCount { dropChunks() }
        }
    }

    /// Counts the forms of the chunks in `batch`.
    private mutating func countBatch(in text: Span<UInt8>) {
        for index in 0..<batch.count { batch[index].slot = chunks.firstSlot(for: batch[index].key) }
        for index in 0..<batch.count { batch[index].head = chunks.head(behind: batch[index].slot) }
        for index in 0..<batch.count {
            let candidate = batch[index]
            let (chunk, isNew) = chunks.id(of: candidate.range, in: text, key: candidate.key, initial: ChunkUse())
            if isNew { learn(chunk, text.extracting(candidate.range)) }
            batch[index].chunk = chunk
        }
        for index in 0..<batch.count {
            let chunk = batch[index].chunk
            chunks[chunk].occurrences += 1
            let use = chunks[chunk]
            if use.count == 1 {
                add(Int(use.first))
            } else {
                for index in use.range { add(Int(formsOfChunks[index])) }
                if use.count == 0 { leaveGap() }
            }
        }
    }

    /// A chunk on its way through the tables.
    private struct Candidate: BitwiseCopyable {
        var start: Int
        var end: Int
        var key: InternerKey
        var slot: UInt64 = 0
        var head: UInt64 = 0
        var chunk = 0

        var range: Range<Int> { start..<end }

        @inline(__always)
        init(_ range: Range<Int>, in text: Span<UInt8>) {
            (start, end) = (range.lowerBound, range.upperBound)
            key = InternerKey(range, in: text)
        }
    }

    /// Counts a form for the current document.
    @inline(__always)
    private mutating func add(_ form: Int) {
        let frequency = frequencies[form]
        frequencies[form] = frequency + 1
        // A branch on whether the form is new to the document would be mispredicted half of the time.
        rows.append(UInt64(form), keeping: frequency == 0)
        if keepsOrder { sequences.append(UInt32(form)) }
    }

    /// Notes that the last form and the next are no neighbours. Gaps in a row are one.
    private mutating func leaveGap() {
        guard keepsOrder, sequences.count > 0, sequences[sequences.count - 1] != TermSequences.gap else { return }
        sequences.append(TermSequences.gap)
    }

    /// Finds the forms of a new chunk.
    private mutating func learn(_ number: Int, _ chunk: Span<UInt8>) {
        let start = formsOfChunks.count
        analyzer.start(chunk, position: 0)
        while analyzer.moveToNextTerm(in: chunk) { formsOfChunks.append(UInt32(currentForm())) }
        let count = formsOfChunks.count - start
        chunks[number] = ChunkUse(first: count == 1 ? formsOfChunks[start] : UInt32(start), count: UInt32(count))
    }

    /// Counts the forms of a chunk that is not kept.
    private mutating func analyze(_ chunk: Span<UInt8>) {
        analyzer.start(chunk, position: 0)
        while analyzer.moveToNextTerm(in: chunk) {
            let form = currentForm()
            forms[form] += 1
            add(form)
        }
    }

    /// The number of the form that the analyzer has come to.
    private mutating func currentForm() -> Int {
        var bytes: [UInt8] = []
        swap(&bytes, &form)
        bytes.removeAll(keepingCapacity: true)
        bytes += analyzer.term
        bytes.append(0)
        bytes += analyzer.surface
        let key = InternerKey(bytes.indices, in: bytes.span)
        let (id, isNew) = forms.id(of: bytes.indices, in: bytes.span, key: key, initial: 0)
        swap(&bytes, &form)
        if isNew { frequencies.append(0) }
        return id
    }

    /// Adds the occurrences of the chunks to those of their forms and forgets the chunks.
    private mutating func dropChunks() {
        for chunk in 0..<chunks.count {
            let use = chunks[chunk]
            if use.count == 1 {
                forms[Int(use.first)] += use.occurrences
            } else {
                for index in use.range { forms[Int(formsOfChunks[index])] += use.occurrences }
            }
        }
        chunks.removeAll()
        formsOfChunks.removeAll()
    }
}
