/// The batches in which sequences go through the network, each on one thread.
///
/// Sequences of a batch stand one after another, without padding. Batches bound the memory of a thread, and let many
/// sequences share each read of the weights. Long sequences come first, so that the threads end at about the same time.
struct SequenceBatches {
    /// The places of the sequences of each batch.
    private(set) var batches: [[Int]] = []

    /// The most tokens of a batch.
    private(set) var tokenLimit = 0

    /// The tokens of a batch, if no sequence is longer.
    ///
    /// Weights are read once for each batch, and more tokens share each read; but their activations should stay in the
    /// caches. A network of six layers and 384 components took the same processor time with 256 tokens, 3 % more with
    /// 1,024 and 5 % more with 2,048.
    private static let tokensPerBatch = 512

    /// Divides sequences of the given lengths into batches for a number of threads.
    init(lengths: [Int], threads: Int) {
        let total = lengths.reduce(0, +)
        let limit = min(Self.tokensPerBatch, total / threads + (total % threads > 0 ? 1 : 0))
        let order = lengths.indices.sorted { (lengths[$0], $1) > (lengths[$1], $0) }
        var tokens = 0
        for place in order {
            if batches.isEmpty || tokens + lengths[place] > limit {
                batches.append([])
                tokens = 0
            }
            batches[batches.count - 1].append(place)
            tokens += lengths[place]
            tokenLimit = max(tokenLimit, tokens)
        }
    }
}
