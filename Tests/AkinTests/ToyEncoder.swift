import Akin
import Papers
import Ranking
import Synchronization
import TextEncoding

/// An encoder of words by their hashes: texts that share words lie close together. All components are above 0, so that
/// all cosines are, as with many real encoders.
final class ToyEncoder: TextEncoder {
    let identity: EncoderIdentity
    /// Called with the number of texts that were encoded before each batch. What it throws is the encoder's error.
    private let beforeBatch: @Sendable (Int) throws -> Void
    private let count = Mutex(0)

    init(version: String = "1", beforeBatch: @escaping @Sendable (Int) throws -> Void = { _ in }) {
        identity = EncoderIdentity(name: "toy", version: version, dimensions: 48)
        self.beforeBatch = beforeBatch
    }

    /// The texts that were encoded.
    var encodedCount: Int { count.withLock { $0 } }

    func embeddings(of texts: [String], as role: TextRole) async throws -> [Embedding] {
        try beforeBatch(encodedCount)
        count.withLock { $0 += texts.count }
        return texts.map { embedding(of: $0) }
    }

    func embedding(of text: String) -> Embedding {
        var components = [Float](repeating: 1, count: identity.dimensions)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
            let hash = word.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
            components[Int(hash % UInt32(components.count))] += 1
        }
        return Embedding(components)
    }

    func embedding(of paper: Paper) -> Embedding { embedding(of: paper.title + "\n" + paper.abstract) }
}

extension SpaceName {
    /// The space of the toy encoder.
    static let toy: Self = "toy"
    /// Another space.
    static let other: Self = "other-1"
}
