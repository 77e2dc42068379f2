/// The memory in which the results of a search are gathered and ranked, kept from one search to the next.
///
/// A search leaves its results in ``neighbors``, from where they are copied to the caller, so that a search into the
/// caller's own memory allocates nothing once its scratch has grown.
final class RankingScratch {
    /// The results, nearest first.
    var neighbors: [Neighbor] = []

    /// The candidates of a walk that may be found, by the distances that the walk has for them.
    var estimates: [UInt64] = []

    /// Those that were compared by floats, by their exact distances.
    var ranked: [UInt64] = []

    /// The rows that a scan of codes leaves in doubt, by the least that their distances may be.
    var survivors = CandidateHeap()

    /// The `k` nearest rows, and the `k` smallest bounds on distances, of a scan.
    var nearest = TopK()
    var bounds = TopK()

    /// The rows to look at, where they are not all.
    var rows: [UInt32] = []

    /// What is known of the codes of a block of rows that do not lie side by side.
    var residuals: [Float] = []
    var norms: [Float] = []
}

extension [Neighbor] {
    /// Brings results of equal distance, which stand side by side, into the order of their keys, and leaves the first
    /// `k`.
    ///
    /// - Complexity: O(*n* log *n*), in place, which the library's sort is not.
    mutating func finish(k: Int) {
        var start = 0
        while start < count {
            var end = start + 1
            while end < count, self[end].distance == self[start].distance { end += 1 }
            if end > start + 1 { sortByKey(start..<end) }
            start = end
        }
        if count > k { removeLast(count - k) }
    }

    /// Sorts a part of the array by its keys: a heap sort.
    private mutating func sortByKey(_ range: Range<Int>) {
        let first = range.lowerBound
        func siftDown(_ start: Int, below end: Int, _ neighbors: inout [Neighbor]) {
            var parent = start
            while true {
                var child = 2 * parent + 1
                guard child < end else { return }
                if child + 1 < end, neighbors[first + child].key < neighbors[first + child + 1].key { child += 1 }
                guard neighbors[first + parent].key < neighbors[first + child].key else { return }
                neighbors.swapAt(first + parent, first + child)
                parent = child
            }
        }
        for start in stride(from: range.count / 2 - 1, through: 0, by: -1) {
            siftDown(start, below: range.count, &self)
        }
        for end in stride(from: range.count - 1, to: 0, by: -1) {
            swapAt(first, first + end)
            siftDown(0, below: end, &self)
        }
    }
}
