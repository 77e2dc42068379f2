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
    /// The weights of a small network, 10 MB of codes, are read once for each batch, in about 1 % of the time that the
    /// products of 512 tokens take. With 256 tokens or 1,024 the network was no faster.
    private static let tokensPerBatch = 512

    /// Divides sequences of the given lengths into batches for a number of threads.
    init(lengths: [Int], threads: Int) {
        let total = lengths.reduce(0, +)
        let limit = min(Self.tokensPerBatch, (total + threads - 1) / threads)
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
