import ArraySpans
import ParallelLoops

/// The terms of each document of a collection in the order in which they stand in its texts.
///
/// ```
///   terms     3 17 gap 4 4 gap 9 …       the ids of terms, one document after another
///   offsets   0 6 …                      document i is terms[offsets[i]..<offsets[i + 1]]
/// ```
///
/// Two ids side by side are terms that follow each other. Where a stop word, a lone mark or the end of a text comes in
/// between there is a ``gap``.
public struct TermSequences: Sendable {
    /// Stands between terms that do not follow each other.
    public static let gap = UInt32.max

    /// The ids of all documents' terms, and gaps.
    public let terms: [UInt32]

    /// Where each document begins in ``terms``, and where the last one ends.
    public let offsets: [Int]

    /// Creates sequences of the ids of each document's terms.
    package init(_ documents: [[UInt32]]) {
        terms = Array(documents.joined())
        offsets = documents.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    }

    /// Replaces the forms of workers by the numbers of their terms.
    ///
    /// - Parameters:
    ///   - places: For each document where its forms are.
    ///   - workers: The workers.
    ///   - numbering: The numbers of their forms' terms.
    ///   - threads: The most threads to use.
    init(_ places: [DocumentPlace], of workers: [WorkerResult], _ numbering: TermNumbering, threads: Int) {
        var offsets = [0]
        offsets.reserveCapacity(places.count + 1)
        var end = 0
        for place in places {
            end += workers[Int(place.worker)].sequence(Int(place.row)).count
            offsets.append(end)
        }
        let starts = offsets
        terms = .writtenConcurrently(count: end) { terms in
            concurrentChunks(of: places.count, threads: threads, chunk: 256) { _, documents in
                for document in documents {
                    let place = places[document]
                    let worker = workers[Int(place.worker)]
                    let termNumbers = numbering.numbers[Int(place.worker)]
                    terms.withElements(in: starts[document]..<starts[document + 1]) { terms in
                        worker.withSequences { forms in
                            let numbers = termNumbers.span
                            let forms = forms.extracting(worker.sequence(Int(place.row)))
                            for index in forms.indices { terms[index] = numbers[Int(forms[index])] }
                        }
                    }
                }
            }
        }
        self.offsets = offsets
    }
}
