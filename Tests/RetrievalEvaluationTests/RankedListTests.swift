import RetrievalEvaluation
import Testing

@Suite("Rankings")
struct RankingTests {
    @Test func `Equal scores are ordered by the smaller id`() {
        let ranking = RankedList(sorting: ["b": 1, "a": 1, "d": 0.5, "c": 2])
        #expect(ranking.documents == ["c", "a", "b", "d"])
        #expect(ranking.scores == [2, 1, 1, 0.5])
    }

    @Test func `Documents alone get falling scores`() {
        #expect(RankedList(["x", "y", "z"]).scores == [3, 2, 1])
        #expect(RankedList([]).scores.isEmpty)
    }

    @Test func `A prefix keeps documents and scores together`() {
        let ranking = RankedList(["x", "y", "z"], scores: [0.9, 0.9, -1])
        #expect(ranking.prefix(2) == RankedList(["x", "y"], scores: [0.9, 0.9]))
        #expect(ranking.prefix(7) == ranking)
        #expect(ranking.prefix(0).count == 0)
    }

    @Test func `A ranking with a document twice traps`() async {
        await #expect(processExitsWith: .failure) { _ = RankedList(["x", "y", "x"]) }
    }

    @Test func `A ranking with a rising score traps`() async {
        await #expect(processExitsWith: .failure) { _ = RankedList(["x", "y"], scores: [1, 2]) }
    }

    @Test func `A ranking with a score that is NaN traps`() async {
        await #expect(processExitsWith: .failure) { _ = RankedList(["x"], scores: [.nan]) }
    }
}
