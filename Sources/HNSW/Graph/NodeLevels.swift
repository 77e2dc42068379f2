/// Draws the levels of nodes: at least *l* with probability *m*⁻ˡ, which is the paper's ⌊−ln(unif(0..1)) · *mL*⌋ with
/// *mL* = 1 / ln *m*.
///
/// The draw is a hash of seed and key, so a node's level depends on nothing that happened before; and it compares whole
/// numbers, so it does not depend on a library's logarithm either.
struct NodeLevels: Sendable {
    /// A hash below `bounds[l − 1]` has at least level *l*.
    private let bounds: [UInt64]
    private let seed: UInt64

    init(m: Int, seed: UInt64) {
        self.seed = seed
        var bounds: [UInt64] = []
        var bound = UInt64.max / UInt64(m)
        while bound > 0, bounds.count < Graph.maximumLevel {
            bounds.append(bound)
            bound /= UInt64(m)
        }
        self.bounds = bounds
    }

    /// The level of a key's node.
    func level(of key: UInt64) -> Int {
        let hash = KeyTable.hash(KeyTable.hash(key) ^ seed)
        return bounds.prefix { hash < $0 }.count
    }
}
