import RetrievalEvaluation
import Testing

@Suite("Recall of approximate neighbours")
struct NeighborRecallTests {
    @Test func `The share of the true neighbours that were found counts, in any order`() {
        #expect(recall(of: [3, 9, 1, 2], against: [1, 2, 3, 4], at: 4) == 0.75)
        #expect(recall(of: [3, 9, 1, 2], against: [1, 2, 3, 4], at: 2) == 0)
        #expect(recall(of: [1, 2], against: [1, 2, 3, 4], at: 4) == 0.5)
    }

    @Test func `Recall divides by the true neighbours where these are fewer than k`() {
        #expect(recall(of: [5, 6], against: [6, 5], at: 10) == 1)
        #expect(recall(of: [Int](), against: [], at: 10) == 1)
    }

    @Test func `Mean neighbour recall is over queries`() {
        #expect(meanRecall(of: [["a"], ["b"]], against: [["a"], ["c"]], at: 1) == 0.5)
        #expect(meanRecall(of: [[String]](), against: [], at: 1) == 1)
    }
}
