import TextEncoding

/// Embeddings as rows of eight components each time, so that products of rows run at the speed of the processor. The
/// last components of a row are zeros.
struct EmbeddingRows: Sendable {
    let rowCount: Int
    private let width: Int
    private var blocks: [SIMD8<Float>]

    /// Creates rows of embeddings of the same dimensions.
    init(_ embeddings: [Embedding]) {
        rowCount = embeddings.count
        width = ((embeddings.first?.dimensions ?? 0) + 7) / 8
        blocks = []
        blocks.reserveCapacity(rowCount * width)
        for embedding in embeddings {
            let components = embedding.components
            for start in stride(from: 0, to: width * 8, by: 8) {
                var block = SIMD8<Float>()
                for offset in 0..<min(8, components.count - start) { block[offset] = components[start + offset] }
                blocks.append(block)
            }
        }
    }

    /// Creates rows of zeros as wide as others.
    init(zeros rowCount: Int, like other: EmbeddingRows) {
        self.rowCount = rowCount
        width = other.width
        blocks = Array(repeating: SIMD8(), count: rowCount * width)
    }

    /// The product of a row with one of other rows.
    func product(of row: Int, with others: EmbeddingRows, _ other: Int) -> Float {
        var sum = SIMD8<Float>()
        let (start, otherStart) = (row * width, other * width)
        for place in 0..<width { sum += blocks[start + place] * others.blocks[otherStart + place] }
        return sum.sum()
    }

    /// The squared Euclidean distance of a row from one of other rows.
    func squaredDistance(of row: Int, from others: EmbeddingRows, _ other: Int) -> Float {
        var sum = SIMD8<Float>()
        let (start, otherStart) = (row * width, other * width)
        for place in 0..<width {
            let difference = blocks[start + place] - others.blocks[otherStart + place]
            sum += difference * difference
        }
        return sum.sum()
    }

    /// Replaces a row by one of other rows.
    mutating func copy(_ other: Int, of others: EmbeddingRows, to row: Int) {
        for place in 0..<width { blocks[row * width + place] = others.blocks[other * width + place] }
    }

    /// Moves a row toward one of other rows by a share of the way.
    mutating func move(_ row: Int, toward others: EmbeddingRows, _ other: Int, by share: Float) {
        for place in 0..<width {
            let difference = others.blocks[other * width + place] - blocks[row * width + place]
            blocks[row * width + place] += difference * share
        }
    }
}
