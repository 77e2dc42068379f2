import VectorKernels

/// A node and its distance in one integer that sorts by distance, then by node.
///
/// ```
/// ┌──────────────────────────────┬──────────────┬──────────┐
/// │ distance, as an integer of   │ node         │ expanded │
/// │ the same order: 32 bits      │ 31 bits      │ 1 bit    │
/// └──────────────────────────────┴──────────────┴──────────┘
/// ```
///
/// The kernels write it. The lowest bit belongs to the walk.
struct Candidate: Comparable {
    let bits: UInt64

    init(bits: UInt64) {
        self.bits = bits
    }

    init(distance: Float, node: NodeID) {
        bits = UInt64(Self.ordered(distance)) << 32 | UInt64(node.rawValue) << 1
    }

    /// The node.
    var node: NodeID { NodeID(rawValue: UInt32(truncatingIfNeeded: bits) >> 1) }

    /// The distance.
    var distance: Float { Self.distance(ordered: orderedDistance) }

    /// The distance as an integer of the same order.
    var orderedDistance: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }

    static func < (a: Candidate, b: Candidate) -> Bool { a.bits < b.bits }

    /// An integer of the same order as the float.
    static func ordered(_ distance: Float) -> UInt32 {
        let bits = distance.bitPattern
        return bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
    }

    /// The float that ``ordered(_:)`` turns into an integer.
    static func distance(ordered: UInt32) -> Float {
        Float(bitPattern: ordered >> 31 == 1 ? ordered ^ 0x8000_0000 : ~ordered)
    }
}

/// The best candidates that a walk has seen, at most `capacity`, ascending. The walk marks those that it has expanded.
///
/// Malkov & Yashunin keep two queues, candidates *C* and results *W*. A walk never expands a candidate that is not
/// among the best `ef`, so *C* is the unmarked part of *W*. One sorted array does for both. A cursor stands at or
/// before the first unmarked candidate, so taking the next one is cheap.
@unsafe
struct CandidateQueue {
    private let bits: UnsafeMutablePointer<UInt64>
    private let capacity: Int
    private let spare: Int
    private(set) var count: Int
    private var cursor = 0

    /// Takes over the first `count` candidates in memory. A merge leaves up to `spare` candidates too many, for
    /// ``spill(into:)``; by default it drops them.
    ///
    /// SAFETY: there must be `count` ascending candidates, and room for `capacity` and `spare`, at least 1.
    init(memory: UnsafeMutablePointer<UInt64>, capacity: Int, spare: Int = 0, count: Int = 0) {
        unsafe bits = unsafe memory
        unsafe self.capacity = capacity
        unsafe self.spare = spare
        unsafe self.count = count
    }

    /// The bits that a new candidate must be below.
    var limit: UInt64 { unsafe count < capacity ? UInt64.max : bits[count - 1] }

    /// Whether it holds as many candidates as it keeps.
    var isFull: Bool { unsafe count == capacity }

    /// The candidate at `index`.
    subscript(index: Int) -> Candidate { unsafe Candidate(bits: bits[index] & ~1) }

    /// Whether the farther half of the candidates are near-duplicates of each other: their distances differ, but by
    /// less than a 256th of what all distances differ by. In vectors without near-duplicates it is a tenth or more.
    ///
    /// A group of near-duplicates that is larger than the queue fills it, and hides nearer candidates behind the group.
    var endsInNearDuplicates: Bool {
        guard unsafe isFull, unsafe count >= 16 else { return false }
        let first = unsafe self[0].distance
        let middle = unsafe self[count / 2].distance
        let last = unsafe self[count - 1].distance
        return last > middle && last - middle < (last - first) / 256
    }

    /// Marks the nearest unmarked candidate and returns its node.
    mutating func next() -> NodeID? {
        while unsafe cursor < count {
            let candidate = unsafe bits[cursor]
            if candidate & 1 == 0 {
                unsafe bits[cursor] = candidate | 1
                unsafe cursor += 1
                return Candidate(bits: candidate).node
            }
            unsafe cursor += 1
        }
        return nil
    }

    /// The node that ``next()`` would return.
    var upcoming: NodeID? {
        var place = unsafe cursor
        while unsafe place < count {
            let candidate = unsafe bits[place]
            if candidate & 1 == 0 { return Candidate(bits: candidate).node }
            place += 1
        }
        return nil
    }

    /// Inserts candidates, and drops the farthest if there are too many.
    ///
    /// SAFETY: there must be `added` candidates at the address.
    mutating func merge(_ candidates: UnsafePointer<UInt64>, count added: Int, by rows: RowComparator) {
        let lowest = unsafe rows.merge(candidates, count: added, into: bits, count: &count, capacity: capacity + spare)
        unsafe cursor = min(cursor, lowest)
    }

    /// Moves the candidates that are too many into a heap, with their marks.
    mutating func spill(into heap: inout CandidateHeap) {
        while unsafe count > capacity {
            unsafe count -= 1
            heap.append(Candidate(bits: unsafe bits[count]))
        }
    }

    /// Inserts a candidate, and drops the farthest if there are too many.
    mutating func insert(_ candidate: Candidate, by rows: RowComparator) {
        unsafe withUnsafePointer(to: candidate.bits) { unsafe merge($0, count: 1, by: rows) }
    }
}
