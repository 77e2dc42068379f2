import VectorKernels

/// The best nodes that a walk has seen, at most `capacity`, ascending, with a mark on those it has gone on from.
///
/// Malkov & Yashunin keep two queues, candidates *C* and results *W*. A candidate that is not among the best `ef` is never
/// looked at again, so *C* is the part of *W* without the mark: one sorted array does for both, and a cursor that stands
/// on its first unmarked element makes taking the next candidate free.
@unsafe
struct Beam {
    private let bits: UnsafeMutablePointer<UInt64>
    private let capacity: Int
    private(set) var count = 0
    private var cursor = 0

    /// SAFETY: there must be room for `capacity` elements, at least 1.
    init(memory: UnsafeMutablePointer<UInt64>, capacity: Int) {
        unsafe bits = unsafe memory
        unsafe self.capacity = capacity
    }

    /// What a new candidate must be below.
    var limit: UInt64 { unsafe count < capacity ? UInt64.max : bits[count - 1] }

    /// The candidate at `index`.
    subscript(index: Int) -> Candidate { unsafe Candidate(bits: bits[index] & ~1) }

    /// Takes the nearest candidate that was not taken before.
    mutating func next() -> Int? {
        while unsafe cursor < count {
            let candidate = unsafe bits[cursor]
            if candidate & 1 == 0 {
                unsafe bits[cursor] = candidate | 1
                unsafe cursor += 1
                return Int((candidate & 0xFFFF_FFFF) >> 1)
            }
            unsafe cursor += 1
        }
        return nil
    }

    /// The candidate that ``next()`` would take, which is not taken.
    var upcoming: Int? {
        var place = unsafe cursor
        while unsafe place < count {
            let candidate = unsafe bits[place]
            if candidate & 1 == 0 { return Int((candidate & 0xFFFF_FFFF) >> 1) }
            place += 1
        }
        return nil
    }

    /// Puts candidates in their places, and drops the last where there are too many.
    ///
    /// SAFETY: there must be `added` candidates at the address.
    mutating func merge(_ candidates: UnsafePointer<UInt64>, count added: Int, by rows: RowComparator) {
        let lowest = unsafe rows.merge(candidates, count: added, into: bits, count: &count, capacity: capacity)
        unsafe cursor = min(cursor, lowest)
    }

    /// Puts a candidate in its place, and drops the last if there are too many.
    mutating func insert(_ candidate: UInt64, by rows: RowComparator) {
        unsafe withUnsafePointer(to: candidate) { unsafe merge($0, count: 1, by: rows) }
    }
}
