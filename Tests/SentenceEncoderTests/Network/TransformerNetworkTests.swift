import EncoderTestSupport
import SentenceEncoder
import TestSupport
import Testing

@Suite("A network")
struct TransformerNetworkTests {
    private static let lengths = [1, 2, 5, 6, 7, 13, 16, 17, 31, 48, 49, 80]

    private func mean(_ rows: [[Double]]) -> [Double] {
        rows[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
    }

    @Test(arguments: EncoderKernelTable.available.indices, [Activation.gelu, .geluTanh, .relu])
    func `of floats equals the naive one within 1e-5`(table: Int, activation: Activation) throws {
        let weights = RandomWeights(shape: .tiny(activation: activation), seed: 1)
        let network = weights.network(.float32, kernels: EncoderKernelTable.available[table])
        let sequences = randomSequences(Self.lengths, shape: weights.shape, seed: 2)
        let found = try network.embeddings(
            of: sequences, pooling: .mean, dimensions: 60, normalizes: false, threads: 2)
        for (place, ids) in sequences.enumerated() {
            let expected = mean(NaiveNetwork(weights: weights).hidden(ids))
            let difference = zip(found[place * 60..<place * 60 + 60], expected).map { abs(Double($0) - $1) }.max() ?? 1
            #expect(difference < 1e-5, "a sequence of \(ids.count) tokens")
        }
    }

    @Test(arguments: EncoderKernelTable.available.indices)
    func `of codes has a cosine of at least .995 to the one of floats`(table: Int) throws {
        for shape in [NetworkShape.tiny(), .small] {
            let weights = RandomWeights(shape: shape, seed: 3)
            let kernels = EncoderKernelTable.available[table]
            let sequences = randomSequences(Self.lengths, shape: shape, seed: 4)
            let size = shape.hiddenSize
            let floats = try weights.network(.float32, kernels: kernels)
                .embeddings(of: sequences, pooling: .mean, dimensions: size, normalizes: true, threads: 1)
            let codes = try weights.network(.int8, kernels: kernels)
                .embeddings(of: sequences, pooling: .mean, dimensions: size, normalizes: true, threads: 1)
            for (place, ids) in sequences.enumerated() {
                let row = place * size..<(place + 1) * size
                #expect(cosine(floats[row], codes[row]) > 0.995, "a sequence of \(ids.count) tokens")
            }
        }
    }

    @Test(arguments: EncoderPrecision.allCases)
    func `gives the same bits in any company, order and number of threads`(precision: EncoderPrecision) throws {
        let weights = RandomWeights(shape: .small, seed: 5)
        let network = weights.network(precision)
        // More than a batch holds.
        let lengths = Self.lengths + [200, 199, 150, 100, 3, 77, 1, 1]
        let sequences = randomSequences(lengths, shape: .small, seed: 6)
        func embeddings(_ sequences: [[Int32]], threads: Int) throws -> [[Float]] {
            let rows = try network.embeddings(
                of: sequences, pooling: .mean, dimensions: 128, normalizes: true, threads: threads)
            return sequences.indices.map { Array(rows[$0 * 128..<($0 + 1) * 128]) }
        }
        let alone = try sequences.map { try embeddings([$0], threads: 1)[0] }
        for threads in [1, 2, 3, 8] {
            #expect(try embeddings(sequences, threads: threads) == alone)
            #expect(try embeddings(sequences.reversed(), threads: threads) == alone.reversed())
        }
    }

    @Test
    func `pools by the mean, the first token and the largest`() throws {
        let weights = RandomWeights(shape: .tiny(), seed: 7)
        let network = weights.network(.float32)
        let ids = randomSequences([9], shape: weights.shape, seed: 8)[0]
        let hidden = NaiveNetwork(weights: weights).hidden(ids)
        let expected: [(Pooling, [Double])] = [
            (.mean, mean(hidden)), (.cls, hidden[0]),
            (.max, hidden[0].indices.map { column in hidden.map { $0[column] }.max() ?? 0 }),
        ]
        for (pooling, vector) in expected {
            let found = try network.embeddings(
                of: [ids], pooling: pooling, dimensions: 60, normalizes: false, threads: 1)
            #expect(zip(found, vector).allSatisfy { abs(Double($0) - $1) < 1e-5 })
        }
    }

    @Test
    func `cuts embeddings before it scales them to length 1`() throws {
        let network = RandomWeights(shape: .tiny(), seed: 9).network(.float32)
        let sequences = randomSequences([9, 4], shape: network.shape, seed: 10)
        let whole = try network.embeddings(
            of: sequences, pooling: .mean, dimensions: 60, normalizes: false, threads: 1)
        let cut = try network.embeddings(of: sequences, pooling: .mean, dimensions: 7, normalizes: true, threads: 1)
        #expect(cut.count == 14)
        for place in 0..<2 {
            let row = cut[place * 7..<place * 7 + 7]
            #expect(abs(row.reduce(0) { $0 + Double($1) * Double($1) } - 1) < 1e-6)
            #expect(cosine(row, whole[place * 60..<place * 60 + 7]) > 1 - 1e-6)
        }
    }

    @Test(arguments: EncoderPrecision.allCases)
    func `gives no embedding for no sequence, and zeros for one without tokens`(precision: EncoderPrecision) throws {
        let network = RandomWeights(shape: .tiny(), seed: 11).network(precision)
        #expect(
            try network.embeddings(of: [], pooling: .mean, dimensions: 60, normalizes: true, threads: 2).isEmpty)
        for pooling in [Pooling.mean, .cls, .max] {
            let found = try network.embeddings(
                of: [[], [1]], pooling: pooling, dimensions: 60, normalizes: true, threads: 2)
            #expect(found[..<60].allSatisfy { $0 == 0 })
            #expect(found[60...].contains { $0 != 0 })
        }
    }

    @Test
    func `gives pairs the logits of the naive one`() throws {
        let weights = RandomWeights(shape: .tiny(), seed: 12)
        let network = weights.network(.float32)
        #expect(network.hasClassifier)
        let pairs = randomSequences([2, 9, 31, 80], shape: weights.shape, seed: 13).map {
            TokenSequence($0, secondStart: $0.count / 2)
        }
        let found = try network.logits(of: pairs, threads: 2)
        for (pair, logit) in zip(pairs, found) {
            let expected = NaiveNetwork(weights: weights).logit(pair.ids, secondStart: pair.secondStart)
            #expect(abs(Double(logit) - expected) < 1e-5)
        }
    }

    @Test
    func `takes the names of old files`() throws {
        let sequences = randomSequences([5], shape: .tiny(), seed: 14)
        let found = try [false, true].map { oldNames in
            try RandomWeights(shape: .tiny(), seed: 15, oldNames: oldNames).network(.float32)
                .embeddings(of: sequences, pooling: .cls, dimensions: 60, normalizes: true, threads: 1)
        }
        #expect(found[0] == found[1])
    }

    @Test
    func `passes the error of its source on`() {
        struct Missing: Error, Equatable {
            let name: String
        }
        let weights = RandomWeights(shape: .tiny(), seed: 16)
        let missing = "encoder.layer.1.output.dense.bias"
        #expect(throws: Missing(name: missing)) {
            _ = try TransformerNetwork(
                shape: weights.shape, precision: .int8, has: { weights.values[$0] != nil },
                weights: { name, _ throws(Missing) in
                    guard name != missing else { throw Missing(name: name) }
                    return weights.values[name] ?? []
                })
        }
    }

    @Test
    func `stops when its task is cancelled`() async {
        let network = RandomWeights(shape: .tiny(), seed: 17).network(.int8)
        let sequences = randomSequences([9], shape: network.shape, seed: 18)
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try network.embeddings(of: sequences, pooling: .cls, dimensions: 60, normalizes: true, threads: 2)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test
    func `takes weights of zeros and a constant row`() throws {
        let weights = RandomWeights(shape: .tiny(), seed: 19)
        let network = TransformerNetwork(
            shape: weights.shape, precision: .int8, has: { weights.values[$0] != nil },
            weights: { name, shape in [Float](repeating: 0, count: shape.reduce(1, *)) })
        let found = try network.embeddings(
            of: [[1, 2, 3]], pooling: .mean, dimensions: 60, normalizes: true, threads: 1)
        #expect(found.allSatisfy { $0 == 0 })
    }

    @Test
    func `of a shape with a flaw is refused in words`() {
        #expect(NetworkShape.tiny().flaw == nil)
        var shape = NetworkShape.tiny()
        shape.headCount = 7
        #expect(shape.flaw == "its 7 heads do not divide a hidden size of 60")
        shape = .tiny()
        shape.layerCount = 0
        #expect(shape.flaw == "its number of layers is 0, and must be 1 to 1000")
        shape = .tiny()
        shape.normEpsilon = .nan
        #expect(shape.flaw != nil)
    }
}
