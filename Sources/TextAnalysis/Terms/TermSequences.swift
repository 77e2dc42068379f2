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
    ///   - places: For each document its worker and its place there.
    ///   - workers: The workers.
    ///   - numbering: The numbers of their forms' terms.
    init(_ places: [(worker: UInt32, row: UInt32)], of workers: [WorkerResult], _ numbering: TermNumbering) {
        var terms: [UInt32] = []
        var offsets = [0]
        terms.reserveCapacity(workers.reduce(0) { $0 + $1.withSequences { $0.count } })
        offsets.reserveCapacity(places.count + 1)
        for place in places {
            let worker = workers[Int(place.worker)]
            let numbers = numbering.numbers[Int(place.worker)]
            worker.withSequences { forms in
                for index in worker.sequence(Int(place.row)) {
                    let form = forms[index]
                    terms.append(form == Self.gap ? Self.gap : numbers[Int(form)])
                }
            }
            offsets.append(terms.count)
        }
        self.terms = terms
        self.offsets = offsets
    }
}
