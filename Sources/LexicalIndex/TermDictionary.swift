import MappedFiles

/// The terms of an index in ascending order of their bytes, found by bisection where they lie in the file.
struct TermDictionary: Sendable {
    private let text: MappedArray<UInt8>
    private let ends: MappedArray<UInt32>

    /// The number of terms.
    let count: Int

    init(_ file: SectionedFile, termCount: Int) throws(MappedFileError) {
        text = try file.array(Section.termText, of: UInt8.self)
        // A count that is too large for one more is too large for any file, and is refused as negative.
        ends = try file.array(Section.termEnds, of: UInt32.self, count: termCount &+ 1)
        count = termCount
    }

    /// The number of the term, or `nil` if there is no such term.
    ///
    /// - Complexity: O(log *n*) comparisons for *n* terms.
    func index(of term: [UInt8]) -> Int? {
        text.withSpan { text in
            ends.withSpan { ends in
                var (low, high) = (0, count)
                while low < high {
                    let middle = low + (high - low) / 2
                    switch compare(text, place(of: middle, in: ends, limit: text.count), with: term.span) {
                    case 0: return middle
                    case ..<0: low = middle + 1
                    default: high = middle
                    }
                }
                return nil
            }
        }
    }

    /// Where a term stands in the text: nowhere, if the file gives it a place outside.
    @inline(__always)
    private func place(of index: Int, in ends: Span<UInt32>, limit: Int) -> Range<Int> {
        let (start, end) = (Int(ends[index]), Int(ends[index + 1]))
        return start <= end && end <= limit ? start..<end : 0..<0
    }

    /// A negative number if the bytes at `place` stand in front of `term`, 0 if they are equal, else a positive number.
    @inline(__always)
    private func compare(_ text: Span<UInt8>, _ place: Range<Int>, with term: Span<UInt8>) -> Int {
        for offset in 0..<min(place.count, term.count) {
            let difference = Int(text[place.lowerBound + offset]) - Int(term[offset])
            if difference != 0 { return difference }
        }
        return place.count - term.count
    }
}
