import Testing
import TextEncoding

@Suite("Embeddings")
struct EmbeddingTests {
    @Test
    func `the cosine does not depend on lengths, and is 0 with a vector that points nowhere`() {
        let vector = Embedding([1, 2, 2])
        #expect(vector.cosine(with: Embedding([10, 20, 20])) == 1)
        #expect(vector.cosine(with: Embedding([-1, -2, -2])) == -1)
        #expect(abs(vector.cosine(with: Embedding([1, 0, 0])) - 1.0 / 3) < 1e-7)
        #expect(vector.cosine(with: Embedding([0, 0, 0])) == 0)
        #expect(Embedding([0, 0]).isZero && !vector.isZero && vector.dimensions == 3)
    }

    @Test
    func `tiny and huge components neither vanish nor overflow`() {
        for scale in [Float(1e-30), 1e30] {
            #expect(Embedding([scale, 0]).cosine(with: Embedding([scale, scale])) == Float(0.5).squareRoot())
        }
    }
}
