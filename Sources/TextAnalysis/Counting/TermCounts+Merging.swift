import ArraySpans
import ParallelLoops

extension TermCounts {
    /// Counts equal terms of each document; see ``CountedRows``.
    init(_ merged: MergedForms, keepsOrder: Bool, threads: Int) {
        let rows = CountedRows(merged.sequences, termCount: merged.terms.count, threads: threads)
        self.init(
            terms: merged.terms, documentOffsets: rows.offsets, termIDs: rows.ids, frequencies: rows.frequencies,
            sequences: keepsOrder ? merged.sequences : nil, languages: merged.languages
        )
    }
}

/// The results of several workers, put together.
struct MergedForms {
    let terms: TermTable

    /// The terms of each document in the order in which they were counted.
    let sequences: TermSequences

    /// The number of documents with a text of each language.
    let languages: [Language: Int]

    /// Puts the results of workers together.
    ///
    /// 1. The forms of all workers are sorted (``FormOrder``); equal ones and those of one term stand together.
    /// 2. One pass over them numbers the terms, adds up how often each word occurred, and picks the surface form.
    /// 3. Each document's forms are replaced by the numbers of their terms.
    init(_ workers: [WorkerResult], documentCount: Int, threads: Int) {
        let numbering = TermNumbering(FormOrder(workers, threads: threads), of: workers)
        // The documents of all workers: where each finds its forms.
        var places = [DocumentPlace](repeating: DocumentPlace(worker: 0, row: 0), count: documentCount)
        for (number, worker) in workers.enumerated() {
            for row in 0..<worker.documentCount {
                places[worker.document(row)] = DocumentPlace(worker: UInt32(number), row: UInt32(row))
            }
        }
        terms = numbering.terms
        sequences = TermSequences(places, of: workers, numbering, threads: threads)
        languages = workers.reduce(into: [:]) { $0.merge($1.languages, uniquingKeysWith: +) }
    }
}

/// Where the forms of a document are: the worker, and the document's place among those of the worker.
struct DocumentPlace: BitwiseCopyable, Sendable {
    var worker: UInt32
    var row: UInt32
}

/// The terms behind the forms of all workers.
struct TermNumbering: Sendable {
    let terms: TermTable

    /// For each worker and form the number of its term, and ``TermSequences/gap`` for ``CountingWorker/gap``.
    let numbers: [[UInt32]]

    init(_ order: FormOrder, of workers: [WorkerResult]) {
        var numbers = workers.map { [UInt32](repeating: TermSequences.gap, count: $0.formCount) }
        var utf8: [UInt8] = []
        var offsets = [0]
        var surfaceUTF8: [UInt8] = []
        var surfaceOffsets = [0]
        var best = 0
        var index = 0
        while index < order.references.count {
            let first = order.references[index]
            // All workers' occurrences of this form, which are next to each other.
            var occurrences = 0
            var end = index
            while end < order.references.count, end == index || Self.areEqual(first, order.references[end], workers) {
                occurrences += workers[Int(order.references[end].worker)].occurrences(of: order.references[end].form)
                end += 1
            }
            workers[Int(first.worker)].withForm(first.form) { form in
                let length = Self.termLength(form)
                let term = form.extracting(..<length)
                let surface = form.extracting((length + 1)...)
                let isNew =
                    offsets.count == 1
                    || !utf8.span.extracting(offsets[offsets.count - 2]...).equals(term)
                if isNew {
                    utf8.append(contentsOf: term)
                    offsets.append(utf8.count)
                    surfaceOffsets.append(surfaceUTF8.count)
                    best = 0
                }
                // Words come in ascending order, so the first of equals stays.
                if occurrences > best {
                    best = occurrences
                    surfaceUTF8.removeSubrange(surfaceOffsets[surfaceOffsets.count - 2]...)
                    surfaceUTF8.append(contentsOf: surface)
                    surfaceOffsets[surfaceOffsets.count - 1] = surfaceUTF8.count
                }
            }
            for reference in order.references[index..<end] {
                numbers[Int(reference.worker)][Int(reference.form)] = UInt32(offsets.count - 2)
            }
            index = end
        }
        terms = TermTable(utf8: utf8, offsets: offsets, surfaceUTF8: surfaceUTF8, surfaceOffsets: surfaceOffsets)
        self.numbers = numbers
    }

    private static func areEqual(
        _ left: FormOrder.Reference,
        _ right: FormOrder.Reference,
        _ workers: [WorkerResult]
    ) -> Bool {
        guard left.order == right.order else { return false }
        return workers[Int(left.worker)].withForm(left.form) { left in
            workers[Int(right.worker)].withForm(right.form) { left.equals($0) }
        }
    }

    private static func termLength(_ form: Span<UInt8>) -> Int {
        var length = 0
        while form[length] != 0 { length += 1 }
        return length
    }
}

extension [UInt8] {
    /// Appends the bytes of a span.
    fileprivate mutating func append(contentsOf bytes: Span<UInt8>) {
        for index in bytes.indices { append(bytes[index]) }
    }
}
