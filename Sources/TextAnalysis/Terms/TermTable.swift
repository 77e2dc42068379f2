import Bisection

/// The distinct terms of a collection, numbered in ascending byte order.
///
/// Beside each term stands its surface form, the word to show to people: of all case-folded words that became the term,
/// the one that occurred most often; among equals the smaller in byte order. `network` and `networks` share the term
/// `network`, and the surface form is whichever of the two the collection prefers.
///
/// ```
///   utf8      agentattentbertgpt-4…            the terms, one after another
///   offsets   0    5     11  15   20 …         term i is utf8[offsets[i]..<offsets[i + 1]]
/// ```
///
/// The surface forms are stored in the same way.
public struct TermTable: Sendable {
    /// The UTF-8 of all terms in ascending byte order, one after another.
    package let utf8: [UInt8]

    /// Where each term begins in ``utf8``, and where the last one ends: `count` + 1 offsets.
    package let offsets: [Int]

    /// The UTF-8 of all surface forms, in the order of the terms.
    package let surfaceUTF8: [UInt8]

    /// Where each surface form begins in ``surfaceUTF8``, and where the last one ends: `count` + 1 offsets.
    package let surfaceOffsets: [Int]

    /// Creates a table from its parts, whose terms are distinct and in ascending order.
    init(utf8: [UInt8], offsets: [Int], surfaceUTF8: [UInt8], surfaceOffsets: [Int]) {
        precondition(
            !offsets.isEmpty && offsets.count == surfaceOffsets.count && offsets.last == utf8.count
                && surfaceOffsets.last == surfaceUTF8.count,
            "a term table of \(offsets.count) offsets and \(surfaceOffsets.count) surface offsets does not fit together"
        )
        self.utf8 = utf8
        self.offsets = offsets
        self.surfaceUTF8 = surfaceUTF8
        self.surfaceOffsets = surfaceOffsets
    }

    /// Creates a table of the distinct terms among `terms`, each its own surface form.
    ///
    /// - Parameter terms: Terms in any order, repeated or not.
    /// - Complexity: O(*n* log *n*) comparisons.
    public init(_ terms: some Sequence<String>) {
        var utf8: [UInt8] = []
        var offsets = [0]
        // Strings are compared by their bytes: those that are canonically equivalent are different terms.
        var previous: String?
        for term in terms.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            if let previous, previous.utf8.elementsEqual(term.utf8) { continue }
            utf8.append(contentsOf: term.utf8)
            offsets.append(utf8.count)
            previous = term
        }
        self.init(utf8: utf8, offsets: offsets, surfaceUTF8: utf8, surfaceOffsets: offsets)
    }
}

// MARK: - Read

extension TermTable {
    /// The number of terms.
    public var count: Int { offsets.count - 1 }

    /// Whether there is no term.
    public var isEmpty: Bool { count == 0 }

    /// The term of an id.
    ///
    /// - Precondition: `id` is below ``count``.
    public subscript(id: TermID) -> String {
        String(decoding: utf8[offsets[Int(id.rawValue)]..<offsets[Int(id.rawValue) + 1]], as: UTF8.self)
    }

    /// The word to show for a term: the most frequent of the case-folded words that became it.
    ///
    /// - Precondition: `id` is below ``count``.
    public func surfaceForm(of id: TermID) -> String {
        let start = surfaceOffsets[Int(id.rawValue)]
        return String(decoding: surfaceUTF8[start..<surfaceOffsets[Int(id.rawValue) + 1]], as: UTF8.self)
    }

    /// The id of a term, or `nil` if the table does not hold it.
    ///
    /// - Complexity: O(log *n*) comparisons of terms.
    public func id(of term: String) -> TermID? {
        let place = (0..<count).partitioningIndex { index in
            !utf8[offsets[index]..<offsets[index + 1]].lexicographicallyPrecedes(term.utf8)
        }
        guard place < count, utf8[offsets[place]..<offsets[place + 1]].elementsEqual(term.utf8) else { return nil }
        return TermID(rawValue: UInt32(place))
    }
}
