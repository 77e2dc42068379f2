import MappedFiles
package import TextAnalysis

/// Strings in one run of UTF-8 bytes, in memory or in a mapped file.
///
///     offsets   0 │ 5 │ 9 │ … │ bytes.count      count + 1 numbers, ascending
///     bytes     query│bert│…                     string i is bytes[offsets[i] ..< offsets[i + 1]]
///
/// Offsets that come from a file are checked where they are used: a pair that does not lie inside the bytes reads as an
/// empty string.
package struct StringTable: Sendable {
    /// Where each string starts, and where the last one ends.
    let offsets: FrozenArray<UInt32>

    /// The strings, one after another.
    let bytes: FrozenArray<UInt8>

    /// The number of strings.
    package var count: Int { offsets.count - 1 }

    /// Takes the two parts of a table, as a file holds them; there is at least one offset.
    init(offsets: FrozenArray<UInt32>, bytes: FrozenArray<UInt8>) {
        precondition(offsets.count > 0, "a string table has one offset more than it has strings, this one has none")
        self.offsets = offsets
        self.bytes = bytes
    }

    /// Builds the table of strings given as UTF-8, or returns `nil` if they exceed 4 GiB.
    package init?<UTF8: Collection<UInt8>>(_ strings: some Sequence<UTF8>) {
        var offsets: [UInt32] = [0]
        var bytes: [UInt8] = []
        for string in strings {
            bytes.append(contentsOf: string)
            guard let end = UInt32(exactly: bytes.count) else { return nil }
            offsets.append(end)
        }
        self.init(offsets: FrozenArray(offsets), bytes: FrozenArray(bytes))
    }

    /// The string at an index. Bytes that are not UTF-8, which only a damaged file holds, read as U+FFFD.
    package subscript(index: Int) -> String {
        precondition(index >= 0 && index < count, "string \(index) of a table of \(count)")
        return offsets.withSpan { offsets in
            bytes.withSpan { bytes in
                String(copying: bytes, in: Self.range(of: index, offsets, in: bytes))
            }
        }
    }

    /// The bytes of the string at an index.
    func utf8(at index: Int) -> [UInt8] {
        offsets.withSpan { offsets in
            bytes.withSpan { bytes in Self.range(of: index, offsets, in: bytes).map { bytes[$0] } }
        }
    }

    /// The index of a string in a table whose strings ascend by bytes, found in O(log *count*) comparisons.
    package func index(of string: String) -> Int? {
        let key = Array(string.utf8)
        return offsets.withSpan { offsets in
            bytes.withSpan { bytes in
                let place = Self.lowerBound(of: key.span, from: 0, to: count, offsets, bytes)
                return place.isEqual ? place.index : nil
            }
        }
    }

    /// The index of each term of `terms` in a table whose strings ascend by bytes, as those of `terms` do.
    ///
    /// Each search starts where the one before it ended and doubles its step, so *m* strings cost
    /// O(*m* log(*count* / *m*)) comparisons: those of a merge when there are many, of binary searches when few.
    package func indices(of terms: TermTable) -> [Int?] {
        let keys = terms.utf8.span
        var result: [Int?] = []
        result.reserveCapacity(terms.count)
        var start = 0
        offsets.withSpan { offsets in
            bytes.withSpan { bytes in
                for term in 0..<terms.count {
                    let key = keys.extracting(terms.offsets[term]..<terms.offsets[term + 1])
                    var step = 1
                    var end = start
                    while end < count, Self.order(of: end, key, offsets, bytes) < 0 {
                        start = end + 1
                        end += step
                        step *= 2
                    }
                    let upper = min(end + 1, count)
                    let place = Self.lowerBound(of: key, from: start, to: upper, offsets, bytes)
                    result.append(place.isEqual ? place.index : nil)
                    start = place.index
                }
            }
        }
        return result
    }

    /// Whether the offsets ascend from 0 to the end of the bytes and the strings strictly ascend, if asked.
    func isWellFormed(strictlyAscending: Bool) -> Bool {
        offsets.withSpan { offsets in
            bytes.withSpan { bytes in
                guard offsets[0] == 0, Int(offsets[count]) == bytes.count else { return false }
                for index in 0..<count where offsets[index] > offsets[index + 1] { return false }
                guard strictlyAscending, count > 1 else { return true }
                for index in 1..<count {
                    let previous = bytes.extracting(Self.range(of: index - 1, offsets, in: bytes))
                    guard Self.order(of: index, previous, offsets, bytes) > 0 else { return false }
                }
                return true
            }
        }
    }
}

// MARK: - Reading through spans

extension StringTable {
    /// Where string `index` lies in `bytes`; empty if its offsets do not lie inside.
    static func range(of index: Int, _ offsets: Span<UInt32>, in bytes: Span<UInt8>) -> Range<Int> {
        let start = Int(offsets[index])
        let end = Int(offsets[index + 1])
        return start <= end && end <= bytes.count ? start..<end : 0..<0
    }

    /// Below 0 if string `index` comes before `key`, 0 if it equals it, above 0 if it comes after.
    private static func order(
        of index: Int, _ key: Span<UInt8>, _ offsets: Span<UInt32>, _ bytes: Span<UInt8>
    ) -> Int {
        let range = range(of: index, offsets, in: bytes)
        for position in 0..<min(range.count, key.count) {
            let difference = Int(bytes[range.lowerBound + position]) - Int(key[position])
            if difference != 0 { return difference }
        }
        return range.count - key.count
    }

    /// The first index in `start..<end` whose string does not come before `key`, or `end`.
    private static func lowerBound(
        of key: Span<UInt8>, from start: Int, to end: Int, _ offsets: Span<UInt32>, _ bytes: Span<UInt8>
    ) -> (index: Int, isEqual: Bool) {
        var start = start
        var end = end
        var isEqual = false
        while start < end {
            let middle = start + (end - start) / 2
            let order = order(of: middle, key, offsets, bytes)
            if order < 0 {
                start = middle + 1
            } else {
                end = middle
                isEqual = order == 0
            }
        }
        return (start, isEqual)
    }
}

extension String {
    /// The UTF-8 bytes in `range` as a string, what is not UTF-8 replaced by U+FFFD.
    init(copying bytes: Span<UInt8>, in range: Range<Int>) {
        self.init(decoding: range.map { bytes[$0] }, as: UTF8.self)
    }
}
