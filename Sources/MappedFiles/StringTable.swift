import ArraySpans
import Bisection

/// Strings in one run of UTF-8 bytes, in memory or in a mapped file.
///
///     offsets   0 │ 5 │ 9 │ … │ bytes.count      count + 1 numbers, ascending
///     bytes     query│bert│…                     string i is bytes[offsets[i] ..< offsets[i + 1]]
///
/// A table whose strings ascend by their bytes finds a string by bisection, straight in the file.
///
/// Offsets that come from a file are checked where they are used. A range that does not lie in the bytes reads as an
/// empty string.
package struct StringTable: Sendable {
    /// Where each string starts, and where the last one ends.
    package let offsets: FrozenArray<UInt32>

    /// The strings, one after another.
    package let bytes: FrozenArray<UInt8>

    /// The number of strings.
    package var count: Int { offsets.count - 1 }

    /// Creates a table of its two parts.
    ///
    /// - Precondition: `offsets` is not empty.
    package init(offsets: FrozenArray<UInt32>, bytes: FrozenArray<UInt8>) {
        precondition(offsets.count > 0, "a string table has one offset more than it has strings, this one has none")
        self.offsets = offsets
        self.bytes = bytes
    }

    /// Creates the table of strings given as UTF-8. Returns `nil` if they exceed 4 GiB.
    @inlinable
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

    /// Reads the table of `count` strings that two sections of a file hold.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - offsets: The section with the offsets.
    ///   - bytes: The section with the bytes.
    ///   - count: The number of strings. It may come from a file, but not be negative.
    /// - Throws: `missingSection`, or `damagedSection` if there are not `count` + 1 offsets.
    package init(_ file: SectionedFile, offsets: String, bytes: String, count: Int) throws(MappedFileError) {
        precondition(count >= 0, "a string table cannot have \(count) strings")
        self.bytes = try file.array(bytes, of: UInt8.self)
        // A count that is too large for one more is too large for any file. It wraps to a negative number, which the
        // file refuses.
        self.offsets = try file.array(offsets, of: UInt32.self, count: count &+ 1)
    }

    /// The string at an index. Bytes that are not UTF-8, which only a damaged file holds, read as U+FFFD.
    ///
    /// - Precondition: `index` is in `0..<count`.
    package subscript(index: Int) -> String {
        precondition(index >= 0 && index < count, "string \(index) of a table of \(count)")
        return offsets.withSpan { offsets in
            bytes.withSpan { bytes in
                let string = bytes.extracting(Self.range(of: index, offsets, in: bytes))
                // SAFETY: the bytes stay where they are while `body` runs, and the string is a copy of them.
                return unsafe string.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
            }
        }
    }

    /// The bytes of the string at an index.
    ///
    /// - Precondition: `index` is in `0..<count`.
    package func utf8(at index: Int) -> [UInt8] {
        offsets.withSpan { offsets in
            bytes.withSpan { bytes in Self.range(of: index, offsets, in: bytes).map { bytes[$0] } }
        }
    }

    /// Where the string at an index lies in `bytes`; empty if its offsets do not lie inside.
    @inlinable
    package static func range(of index: Int, _ offsets: Span<UInt32>, in bytes: Span<UInt8>) -> Range<Int> {
        let start = Int(offsets[index])
        let end = Int(offsets[index + 1])
        return start <= end && end <= bytes.count ? start..<end : 0..<0
    }
}

// MARK: - Finding

extension StringTable {
    /// The index of a string in a table whose strings ascend by their bytes, or `nil` if it is not there.
    ///
    /// - Complexity: O(log *count*) comparisons.
    package func index(of string: String) -> Int? {
        var string = string
        // SAFETY: the bytes stay where they are while `withUTF8` runs, and a span cannot leave the closure.
        return string.withUTF8 { index(of: unsafe Span(_unsafeElements: $0)) }
    }

    /// The index of the string with these bytes in a table whose strings ascend by their bytes, or `nil` if it is not
    /// there.
    ///
    /// - Complexity: O(log *count*) comparisons.
    package func index(of key: Span<UInt8>) -> Int? {
        offsets.withSpan { offsets in
            bytes.withSpan { bytes in
                let prefix = key.prefix(0..<key.count)
                let place = (0..<count).partitioningIndex { Self.order(of: $0, key, prefix, offsets, bytes) >= 0 }
                return place < count && Self.order(of: place, key, prefix, offsets, bytes) == 0 ? place : nil
            }
        }
    }

    /// The indices of the strings that begin with some bytes, in a table whose strings ascend by their bytes.
    ///
    /// - Complexity: O(log *count*) comparisons.
    package func indices(beginningWith start: [UInt8]) -> Range<Int> {
        let start = start.span
        return offsets.withSpan { offsets in
            bytes.withSpan { bytes in
                let prefix = start.prefix(0..<start.count)
                let first = (0..<count).partitioningIndex { Self.order(of: $0, start, prefix, offsets, bytes) >= 0 }
                let end = (first..<count).partitioningIndex { index in
                    let string = bytes.extracting(Self.range(of: index, offsets, in: bytes))
                    return string.count < start.count || start.indices.contains { string[$0] != start[$0] }
                }
                return first..<end
            }
        }
    }

    /// The index of each of some ascending strings in a table whose strings ascend by their bytes.
    ///
    /// Each search starts where the one before it ended and doubles its step. So many strings cost what a merge costs,
    /// and few what bisections cost.
    ///
    /// - Parameters:
    ///   - keys: The UTF-8 of the strings, one after another.
    ///   - keyOffsets: Where each string starts in `keys`, and where the last one ends.
    /// - Returns: An index for each string, `nil` for one that is not there.
    /// - Complexity: O(*m* log(*count* / *m*)) comparisons for *m* strings.
    package func indices(ofAscending keys: Span<UInt8>, offsets keyOffsets: Span<Int>) -> [Int?] {
        var result: [Int?] = []
        result.reserveCapacity(keyOffsets.count - 1)
        var start = 0
        offsets.withSpan { offsets in
            bytes.withSpan { bytes in
                for index in 0..<keyOffsets.count - 1 {
                    let key = keys.extracting(keyOffsets[index]..<keyOffsets[index + 1])
                    let prefix = key.prefix(0..<key.count)
                    start = (start..<count).partitioningIndexNearStart {
                        Self.order(of: $0, key, prefix, offsets, bytes) >= 0
                    }
                    let isFound = start < count && Self.order(of: start, key, prefix, offsets, bytes) == 0
                    result.append(isFound ? start : nil)
                }
            }
        }
        return result
    }

    /// Below 0 if the string at an index comes before `key`, 0 if it equals it, above 0 if it comes after.
    ///
    /// It compares the first eight bytes as numbers. All bytes count where these are equal, also because the zeros
    /// that fill them up make some strings of different lengths equal.
    @inline(__always)
    private static func order(
        of index: Int, _ key: Span<UInt8>, _ prefix: UInt64, _ offsets: Span<UInt32>, _ bytes: Span<UInt8>
    ) -> Int {
        let range = range(of: index, offsets, in: bytes)
        let first = bytes.prefix(range)
        if first != prefix { return first < prefix ? -1 : 1 }
        for position in 0..<min(range.count, key.count) {
            let difference = Int(bytes[range.lowerBound + position]) - Int(key[position])
            if difference != 0 { return difference }
        }
        return range.count - key.count
    }
}

extension Span<UInt8> {
    /// The first eight bytes of a range as a number that is ordered as they are. Zeros stand for those that are
    /// missing.
    @inline(__always)
    fileprivate func prefix(_ range: Range<Int>) -> UInt64 {
        guard range.lowerBound + 8 <= count else {
            return (0..<8).reduce(0) { prefix, offset in
                prefix << 8 | (offset < range.count ? UInt64(self[range.lowerBound + offset]) : 0)
            }
        }
        // SAFETY: the eight bytes lie in the span, as the guard says. Bytes may be read as a number at any place.
        let number = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self).byteSwapped
        return range.count >= 8 ? number : range.isEmpty ? 0 : number & (UInt64.max << UInt64(64 - 8 * range.count))
    }
}

// MARK: - Checking

extension StringTable {
    /// Whether the first offset is 0 and the last one the end of the bytes.
    ///
    /// - Complexity: O(1).
    package var spansItsBytes: Bool { offsets[0] == 0 && Int(offsets[count]) == bytes.count }

    /// Whether the offsets ascend from 0 to the end of the bytes and, if asked, whether the strings strictly ascend.
    ///
    /// - Complexity: O(*bytes*).
    package func isWellFormed(strictlyAscending: Bool) -> Bool {
        guard spansItsBytes else { return false }
        return offsets.withSpan { offsets in
            bytes.withSpan { bytes in
                for index in 0..<count where offsets[index] > offsets[index + 1] { return false }
                guard strictlyAscending, count > 1 else { return true }
                for index in 1..<count {
                    let previous = bytes.extracting(Self.range(of: index - 1, offsets, in: bytes))
                    let prefix = previous.prefix(0..<previous.count)
                    guard Self.order(of: index, previous, prefix, offsets, bytes) > 0 else { return false }
                }
                return true
            }
        }
    }
}
