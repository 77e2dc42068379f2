import ArraySpans

/// What one thread gathers while terms are counted: the forms that it met, and those of each document in order.
///
/// A form is a term and one word behind it, kept as the term, a zero byte and the word: in this order of bytes the
/// forms of a term stand together, and terms in ascending order. Forms are numbered as they appear, differently in each
/// worker; ``TermCounts`` gives them a common order in the end.
///
/// The way from bytes to forms is taken once per distinct chunk. A chunk that has been met costs one look into a hash
/// table and one number written for each of its forms. The forms of a chunk depend on the language of its text, so each
/// language has a table.
struct CountingWorker: ~Copyable {
    /// The number of a gap: the words on its two sides are not neighbors.
    static let gap: UInt32 = 0

    /// The most chunks that are kept: some 70 MB. Beyond, all are dropped and met anew.
    private static let maximumChunkCount = 1 << 20

    /// How many chunks are found before they are looked up.
    private static let batchSize = 64

    /// The chunks that were met in texts of one language.
    private struct Memory: ~Copyable {
        var chunks = ChunkTable()

        /// The forms of the chunks that have several.
        var formsOfChunks = Buffer<UInt32>()
    }

    /// The place of a language's memory while texts of others are counted.
    private final class Shelf {
        var memory = Memory()
    }

    private let textAnalyzer: Analyzer
    private var analyzer: ChunkAnalyzer
    private var batch = Buffer<Candidate>()

    /// The memory for the current language.
    private var memory = Memory()

    /// The language of the current text.
    private var language: Language

    /// The memories of the languages that were met. That of the current one is empty.
    private var shelves: [Language: Shelf] = [:]

    /// The number of documents with a text of each language.
    private var languages: [Language: Int] = [:]

    /// The distinct forms. That of number ``gap`` is empty.
    private var forms = Interner()

    /// How often each form has occurred.
    private var occurrences = Buffer<UInt64>()

    /// The forms of all documents in the order of the texts; ``gap`` where no form follows, if the order is kept.
    private var sequences = Buffer<UInt32>()

    /// The last form of the current text.
    private var last = gap

    /// The documents and where their forms begin in `sequences`, in the order in which they came.
    private var documents = Buffer<WorkerResult.DocumentRow>()

    /// All bits if the order of the forms is kept, else none.
    private let orderMask: UInt32

    // Kept for the next of their kind.
    private var form: [UInt8] = []
    private var word = Buffer<UInt8>()

    init(_ textAnalyzer: Analyzer, keepsOrder: Bool) {
        self.textAnalyzer = textAnalyzer
        language = textAnalyzer.settings.language
        analyzer = ChunkAnalyzer(textAnalyzer.settings)
        orderMask = keepsOrder ? .max : 0
        _ = forms.id(of: Span())
        occurrences.append(0)
    }

    /// Counts the terms of one document.
    mutating func count(_ document: Int, fields: [TextField]) {
        let start = sequences.count
        documents.append(WorkerResult.DocumentRow(document: document, start: start))
        let fieldLanguages = textAnalyzer.languages(of: fields)
        countLanguages(of: fields, fieldLanguages)
        for (field, language) in zip(fields, fieldLanguages) where field.weight > 0 {
            if language != self.language { change(to: language) }
            let first = sequences.count
            field.text.withUTF8Span { count($0) }
            append(Self.gap)
            repeatForms(first..<sequences.count, times: field.weight - 1)
        }
        for index in start..<sequences.count { occurrences[Int(sequences[index])] += 1 }
    }

    /// What has been gathered.
    consuming func finish() -> WorkerResult {
        WorkerResult(
            forms: forms, occurrences: occurrences, documents: documents, sequences: sequences, languages: languages)
    }

    private mutating func countLanguages(of fields: [TextField], _ fieldLanguages: [Language]) {
        for index in fields.indices where !fields[index].text.isEmpty {
            let language = fieldLanguages[index]
            let isFirst = !(0..<index).contains { !fields[$0].text.isEmpty && fieldLanguages[$0] == language }
            if isFirst { languages[language, default: 0] += 1 }
        }
    }

    /// Exchanges the memory for that of another language.
    private mutating func change(to other: Language) {
        let shelf = shelves[language] ?? Shelf()
        shelves[language] = shelf
        swap(&memory, &shelf.memory)
        let next = shelves[other] ?? Shelf()
        shelves[other] = next
        swap(&memory, &next.memory)
        language = other
        analyzer.startText(other)
    }
}

// MARK: - Count

extension CountingWorker {
    /// Counts the forms of a text, a batch of chunks at a time.
    ///
    /// The table of a large collection is larger than the caches, so the time goes into waiting for memory. So the
    /// entries of a whole batch are prefetched before the first is used.
    private mutating func count(_ text: Span<UInt8>) {
        var scanner = ChunkScanner()
        var isAtEnd = false
        while !isAtEnd {
            batch.removeAll()
            isAtEnd = !scanner.next(Self.batchSize, in: text, to: &batch)
            for index in 0..<batch.count { batch[index].head = memory.chunks.firstHead(for: batch[index].key) }
            for index in 0..<batch.count {
                let candidate = batch[index]
                if candidate.range.count <= ChunkTable.maximumLength {
                    append(
                        memory.chunks.forms(of: candidate.range, in: text, key: candidate.key)
                            ?? learn(candidate.range, in: text, key: candidate.key))
                } else {
                    analyze(text.extracting(candidate.range))
                }
            }
        }
    }

    @inline(__always)
    private mutating func append(_ forms: ChunkTable.Forms) {
        if forms.count == 1 {
            append(forms.first)
        } else {
            for index in 0..<Int(forms.count) { append(memory.formsOfChunks[Int(forms.first) + index]) }
        }
    }

    /// Appends a form, or a gap unless there is one already or the order does not matter.
    @inline(__always)
    private mutating func append(_ form: UInt32) {
        // Every third word is a stop word, so a branch on that would be mispredicted often.
        sequences.append(form, keeping: form | last & orderMask != Self.gap)
        last = form
    }

    /// Appends a field's forms again. They end in a gap if the order is kept, and so does each repetition.
    private mutating func repeatForms(_ forms: Range<Int>, times: Int) {
        for _ in 0..<times {
            for index in forms { sequences.append(sequences[index]) }
        }
    }

    /// Counts the forms of a chunk that is not kept.
    private mutating func analyze(_ chunk: Span<UInt8>) {
        analyzer.start(chunk, position: 0)
        while analyzer.moveToNextTerm(in: chunk) { append(currentForm()) }
    }
}

// MARK: - Learn

extension CountingWorker {
    /// Finds the forms of a new chunk and keeps them.
    @inline(never)
    private mutating func learn(_ range: Range<Int>, in text: Span<UInt8>, key: InternerKey) -> ChunkTable.Forms {
        if memory.chunks.count >= Self.maximumChunkCount {
            memory.chunks.removeAll()
            memory.formsOfChunks.removeAll()
        }
        var word = Buffer<UInt8>()
        swap(&word, &self.word)
        defer { swap(&word, &self.word) }
        let forms: ChunkTable.Forms
        if TokenFilter.copyPlainWord(range, in: text, to: &word) {
            forms = ChunkTable.Forms(first: form(of: word), count: 1)
            // A word in lower case has been kept as such.
            if memory.chunks.forms(of: range, in: text, key: key) != nil { return forms }
        } else {
            forms = analyzedForms(of: text.extracting(range), &word)
        }
        memory.chunks.insert(range, in: text, key: key, forms)
        return forms
    }

    /// The forms of a chunk that is not a plain word, found by the analyzer.
    private mutating func analyzedForms(of chunk: Span<UInt8>, _ word: inout Buffer<UInt8>) -> ChunkTable.Forms {
        let start = memory.formsOfChunks.count
        analyzer.start(chunk, position: 0)
        while analyzer.moveToNextToken(in: chunk) {
            if analyzer.copyPlainWord(in: chunk, to: &word) {
                var form = form(of: word)
                // A stop word is none in a compound.
                if form == Self.gap, analyzer.isPart, analyzer.makeTerm(in: chunk) { form = currentForm() }
                if form != Self.gap { memory.formsOfChunks.append(form) }
            } else if analyzer.makeTerm(in: chunk) {
                memory.formsOfChunks.append(currentForm())
            }
        }
        let count = memory.formsOfChunks.count - start
        guard count <= 1 else { return ChunkTable.Forms(first: UInt32(start), count: UInt16(count)) }
        let only = count == 0 ? Self.gap : memory.formsOfChunks[start]
        memory.formsOfChunks.removeLast(count)
        return ChunkTable.Forms(first: only, count: 1)
    }

    /// The form of a word of ASCII letters and digits in lower case, ``gap`` if it is left out, as that of a chunk.
    private mutating func form(of word: borrowing Buffer<UInt8>) -> UInt32 {
        word.withElements { word in
            let key = InternerKey(0..<word.count, in: word)
            if let known = memory.chunks.forms(of: 0..<word.count, in: word, key: key) { return known.first }
            let form = analyzer.makeTerm(ofWord: word) ? currentForm() : Self.gap
            memory.chunks.insert(0..<word.count, in: word, key: key, ChunkTable.Forms(first: form, count: 1))
            return form
        }
    }

    /// The number of the form that the analyzer has come to.
    private mutating func currentForm() -> UInt32 {
        var bytes: [UInt8] = []
        swap(&bytes, &form)
        bytes.removeAll(keepingCapacity: true)
        bytes += analyzer.term
        bytes.append(0)
        bytes += analyzer.surface
        let (id, isNew) = forms.id(of: bytes.span)
        swap(&bytes, &form)
        if isNew { occurrences.append(0) }
        return UInt32(id)
    }
}
