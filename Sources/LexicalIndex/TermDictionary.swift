import MappedFiles

/// The terms of an index in ascending order of their bytes, found by bisection where they lie in the file.
struct TermDictionary: Sendable {
    private let text: FrozenArray<UInt8>
    private let ends: FrozenArray<UInt32>

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
    func index(of term: String) -> Int? {
        var term = term
        // SAFETY: the bytes stay where they are while `withUTF8` runs, and a span cannot leave the closure.
        return term.withUTF8 { index(of: unsafe Span(_unsafeElements: $0)) }
    }

    /// The number of the term with these bytes, or `nil` if there is no such term.
    func index(of term: Span<UInt8>) -> Int? {
        text.withSpan { text in
            ends.withSpan { ends in
                let prefix = term.prefix(0..<term.count)
                var (low, high) = (0, count)
                while low < high {
                    let middle = low + (high - low) / 2
                    let place = place(of: middle, in: ends, limit: text.count)
                    let candidate = text.prefix(place)
                    // Beyond the prefix, and where zeros have made prefixes of different lengths equal, all bytes
                    // count.
                    let order =
                        candidate == prefix ? compare(text, place, with: term) : candidate < prefix ? -1 : 1
                    if order == 0 { return middle }
                    if order < 0 { low = middle + 1 } else { high = middle }
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
    private func compare(_ text: Span<UInt8>, _ place: Range<Int>, with term: Span<UInt8>) -> Int {
        for offset in 0..<min(place.count, term.count) {
            let difference = Int(text[place.lowerBound + offset]) - Int(term[offset])
            if difference != 0 { return difference }
        }
        return place.count - term.count
    }
}

extension Span<UInt8> {
    /// The first eight bytes at a place as a number that is ordered as they are, with zeros for those that are missing.
    @inline(__always)
    fileprivate func prefix(_ place: Range<Int>) -> UInt64 {
        guard place.lowerBound + 8 <= count else {
            return (0..<8).reduce(0) { prefix, offset in
                prefix << 8 | (offset < place.count ? UInt64(self[place.lowerBound + offset]) : 0)
            }
        }
        // SAFETY: the line above; bytes may be read as a number at any place.
        let bytes = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place.lowerBound, as: UInt64.self).byteSwapped
        return place.count >= 8 ? bytes : place.isEmpty ? 0 : bytes & (UInt64.max << UInt64(64 - 8 * place.count))
    }
}
