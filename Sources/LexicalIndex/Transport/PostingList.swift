import MappedFiles

/// The postings of one term as bytes, for a database that hands them to whoever ranks.
///
/// ```
///   for each document, by ascending keys
///   varint   key − key of the document before; the key itself for the first
///   varint   length · 2, and 1 more if the frequency is not 1
///   varint   frequency, if it is not 1
/// ```
///
/// A varint is a number in groups of 7 bits, the lowest first; all bytes but the last have their highest bit set. A
/// posting of an abstract takes 3.5 bytes. Lists of ascending keys that follow each other are a list.
package struct PostingList: Hashable, Sendable {
    /// A document with the term.
    package struct Posting: Hashable, Sendable {
        package var key: UInt32
        package var frequency: UInt32
        package var length: UInt32

        package init(key: UInt32, frequency: UInt32, length: UInt32) {
            self.key = key
            self.frequency = frequency
            self.length = length
        }
    }

    package private(set) var bytes: [UInt8] = []
    package private(set) var count = 0
    /// The key of the last posting.
    package private(set) var lastKey: UInt32

    /// A list without postings.
    ///
    /// - Parameter key: The last key of the list that it will be appended to; 0 if there is none.
    package init(after key: UInt32 = 0) { lastKey = key }

    /// Appends a posting.
    ///
    /// - Precondition: Its key is above those before it, and its frequency above 0.
    package mutating func append(_ posting: Posting) {
        precondition(
            (posting.key > lastKey || count == 0 && lastKey == 0) && posting.frequency > 0,
            "A posting of \(posting.key) cannot follow one of \(lastKey)")
        bytes.append(varint: UInt64(posting.key - lastKey))
        bytes.append(varint: UInt64(posting.length) << 1 | (posting.frequency == 1 ? 0 : 1))
        if posting.frequency != 1 { bytes.append(varint: UInt64(posting.frequency)) }
        lastKey = posting.key
        count += 1
    }

    /// Calls `body` with each posting of a list in bytes, until it returns `false`.
    ///
    /// - Returns: Whether the bytes are a list, as far as they were read.
    @inline(__always)
    static func forEach(
        in bytes: Span<UInt8>, _ body: (_ key: UInt32, _ frequency: UInt32, _ length: UInt32) -> Bool
    ) -> Bool {
        var place = 0
        var key: UInt32 = 0
        while place < bytes.count {
            guard let step = bytes.varint(at: &place), let lengthAndMark = bytes.varint(at: &place) else {
                return false
            }
            var frequency: UInt64 = 1
            if lengthAndMark & 1 == 1 {
                guard let read = bytes.varint(at: &place) else { return false }
                frequency = read
            }
            let (next, isTooLarge) = key.addingReportingOverflow(UInt32(truncatingIfNeeded: step))
            guard !isTooLarge, step <= UInt64(UInt32.max), lengthAndMark >> 1 <= UInt64(UInt32.max),
                frequency <= UInt64(UInt32.max)
            else { return false }
            key = next
            guard body(key, UInt32(frequency), UInt32(lengthAndMark >> 1)) else { return true }
        }
        return true
    }

    /// The postings of a list in bytes; `nil` if they are none.
    package static func postings(in bytes: [UInt8]) -> [Posting]? {
        var postings: [Posting] = []
        let isWhole = bytes.withSpan { bytes in
            forEach(in: bytes) { key, frequency, length in
                postings.append(Posting(key: key, frequency: frequency, length: length))
                return true
            }
        }
        return isWhole ? postings : nil
    }

    /// The first keys of a list in bytes; `nil` if they are none.
    package static func keys(in bytes: [UInt8], limit: Int = .max) -> [UInt32]? {
        var keys: [UInt32] = []
        guard limit > 0 else { return keys }
        let isWhole = bytes.withSpan { bytes in
            forEach(in: bytes) { key, _, _ in
                keys.append(key)
                return keys.count < limit
            }
        }
        return isWhole ? keys : nil
    }

    /// Those of some keys that a list in bytes has; `nil` if the bytes are none. The list is read up to the last of them.
    ///
    /// - Precondition: The keys ascend.
    package static func keys(among sought: [UInt32], in bytes: [UInt8]) -> [UInt32]? {
        var found: [UInt32] = []
        guard !sought.isEmpty else { return found }
        var place = 0
        let isWhole = bytes.withSpan { bytes in
            forEach(in: bytes) { key, _, _ in
                while sought[place] <= key {
                    if sought[place] == key { found.append(key) }
                    place += 1
                    if place == sought.count { return false }
                }
                return true
            }
        }
        return isWhole ? found : nil
    }
}

extension LexicalIndex {
    /// Calls `body` with each posting of a term, in the order of the keys.
    ///
    /// - Precondition: The index has a term of this number.
    package func forEachPosting(ofTermNumbered number: Int, _ body: (PostingList.Posting) -> Void) {
        for run in postings.runs(of: number) {
            let first = postings.block(ofRun: run) * blockSize
            let range = postings.range(ofRun: run)
            var rare: [Int: UInt32] = [:]
            postings.forEachRare(in: range) { rare[$0] = $1 }
            for place in range {
                let posting = postings.postings[place]
                let ordinal = first + posting.document
                guard let key = keys.at(ordinal), let length = lengths.at(ordinal) else { continue }
                let frequency = rare[place] ?? pairs.at(posting.pair)?.frequency ?? 0
                guard frequency > 0 else { continue }
                body(PostingList.Posting(key: UInt32(truncatingIfNeeded: key), frequency: frequency, length: length))
            }
        }
    }

    /// The number of terms of a document; `nil` if the index does not have it.
    package func length(of key: UInt64) -> UInt32? { ordinal(of: key).flatMap { lengths.at($0) } }
}
