/// What a token is at the start: the sum of the vectors of its word, its position and its type, normalized.
struct EmbeddingTables: Sendable {
    private let words: WordTable
    private let positions: [Float]
    private let types: [Float]
    private let normalization: LayerNormalization
    private let width: Int

    init(words: WordTable, positions: [Float], types: [Float], normalization: LayerNormalization, width: Int) {
        self.words = words
        self.positions = positions
        self.types = types
        self.normalization = normalization
        self.width = width
    }

    /// Writes the rows of a sequence.
    ///
    /// - Parameters:
    ///   - sequence: The sequence. Its tokens have an embedding, and so do their positions.
    ///   - buffer: Receives a row for each token.
    ///   - first: The row of the first token.
    ///   - table: The kernels.
    func write(
        _ sequence: TokenSequence, into buffer: RowBuffer, from first: Int, with table: EncoderKernelTable
    ) {
        for (position, id) in sequence.ids.enumerated() {
            let type = position < sequence.secondStart ? 0 : 1
            buffer.withRow(first + position) { row in
                words.write(Int(id), into: &row)
                for column in 0..<width {
                    row[column] += positions[position * width + column] + types[type * width + column]
                }
            }
        }
        normalization.normalize(buffer, rows: first..<first + sequence.ids.count, adding: nil, with: table)
    }
}

/// The vectors of words: half of the weights of a small network.
///
/// Codes have a scale for each word. They take a quarter of the memory of floats.
enum WordTable: Sendable {
    case floats([Float])
    case codes(SymmetricCodes)

    /// Keeps or encodes rows of `width` floats.
    init(_ values: [Float], width: Int, precision: EncoderPrecision) {
        self =
            switch precision {
            case .float32: .floats(values)
            case .int8: .codes(SymmetricCodes(encoding: values, width: width))
            }
    }

    /// Writes the vector of a word.
    func write(_ word: Int, into row: inout MutableSpan<Float>) {
        let first = word * row.count
        switch self {
        case .floats(let values):
            for column in 0..<row.count { row[column] = values[first + column] }
        case .codes(let encoded):
            let scale = encoded.scales[word]
            for column in 0..<row.count { row[column] = Float(encoded.codes[first + column]) * scale }
        }
    }
}
