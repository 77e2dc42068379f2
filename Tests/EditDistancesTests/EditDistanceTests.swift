import EditDistances
import TestSupport
import Testing

@Suite("The edit distance")
struct EditDistanceTests {
    @Test
    func `the bounded edit distance equals that of the whole table`() {
        var generator = SeededGenerator(seed: 3)
        for round in 0..<20_000 {
            let words = (0..<2).map { _ in
                (0..<Int.random(in: 0...8, using: &generator)).map { _ in UInt32.random(in: 0...3, using: &generator) }
            }
            let expected = alignmentDistance(words[0], words[1])
            var measure = EditDistance(to: words[0])
            for bound in 1...3 {
                let distance = measure.distance(to: words[1], atMost: bound)
                #expect(distance == (expected <= bound ? expected : nil), "round \(round): \(words), bound \(bound)")
            }
        }
    }

    @Test
    func `an edit distance can be used for many words in turn`() {
        var generator = SeededGenerator(seed: 4)
        let word = (0..<6).map { _ in UInt32.random(in: 0...2, using: &generator) }
        var measure = EditDistance(to: word)
        for round in 0..<20_000 {
            let other = (0..<Int.random(in: 0...9, using: &generator)).map { _ in
                UInt32.random(in: 0...2, using: &generator)
            }
            let expected = alignmentDistance(word, other)
            #expect(
                measure.distance(to: other, atMost: 2) == (expected <= 2 ? expected : nil), "round \(round): \(other)")
        }
    }

    @Test(arguments: [(0, nil), (2, nil), (3, 1), (5, 1), (6, 2), (30, 2)] as [(Int, Int?)])
    func `a word of 3 to 5 letters may differ at one place, a longer one at two, a shorter one at none`(
        letterCount: Int, bound: Int?
    ) {
        #expect(EditDistance.bound(letterCount: letterCount) == bound)
    }
}
