/// The best *k* of the documents that it is shown: higher scores first, then lower ordinals.
///
/// It keeps up to 2 *k* documents. When these are full, it keeps the best *k* of them by quickselect (Hoare, 1961).
/// That takes a few steps a document; a heap takes O(log *k*).
struct TopHits {
    /// The score that a document must reach to be among the best; 0 until there are *k*. At an equal score the lower
    /// ordinal is better.
    private(set) var threshold: Float = 0

    private let k: Int
    private let capacity: Int

    /// Documents as numbers. A better document has a greater number: the bits of the score, which is above zero, over
    /// the inverted bits of the ordinal.
    private var documents: [UInt64] = []

    /// The least of the best *k* when they were last selected.
    private var floor: UInt64 = 0

    /// Creates a selection of the best `k` among at most `count` documents.
    init(_ k: Int, of count: Int) {
        self.k = min(k, count)
        // If none is wanted, none is good enough.
        if k == 0 { threshold = .infinity }
        capacity = 2 * self.k + 64
        documents.reserveCapacity(min(capacity, count))
    }

    /// Shows a document. Its score is above zero.
    mutating func insert(_ ordinal: Int, score: Float) {
        let document = UInt64(score.bitPattern) << 32 | UInt64(~UInt32(ordinal))
        guard document > floor else { return }
        documents.append(document)
        if documents.count == capacity { keepBest() }
    }

    /// The best documents, best first.
    consuming func sorted() -> [(ordinal: Int, score: Float)] {
        keepBest()
        return documents.sorted(by: >).map { document in
            (Int(~UInt32(truncatingIfNeeded: document)), Float(bitPattern: UInt32(document >> 32)))
        }
    }

    private mutating func keepBest() {
        guard documents.count > k else { return }
        guard k > 0 else { return documents.removeAll() }
        // The border between the best k and the rest lies in low...high. The range shrinks until it is the border.
        var (low, high) = (0, documents.count - 1)
        while low < high {
            let pivot = median(documents[low], documents[(low + high) / 2], documents[high])
            var (left, right) = (low, high)
            while left <= right {
                while documents[left] > pivot { left += 1 }
                while documents[right] < pivot { right -= 1 }
                if left <= right {
                    documents.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if k - 1 <= right {
                high = right
            } else if k - 1 >= left {
                low = left
            } else {
                break
            }
        }
        documents.removeLast(documents.count - k)
        floor = documents[k - 1]
        threshold = Float(bitPattern: UInt32(floor >> 32))
    }

    private func median(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 {
        max(min(a, b), min(max(a, b), c))
    }
}
