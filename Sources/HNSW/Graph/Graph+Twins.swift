/// What the chain of twins holds for a row: the next row in the chain, and in the top bit whether this one is a twin
/// rather than a node.
enum Twin {
    static let none: UInt32 = 0x7FFF_FFFF
    static let flag: UInt32 = 0x8000_0000
}

extension Graph {
    /// Whether a row hangs on a node instead of being one.
    func isTwin(_ row: Int) -> Bool {
        twins.at(row).map { $0 & Twin.flag != 0 } ?? false
    }

    /// The row behind `row` in the chain of its node.
    func nextTwin(of row: Int) -> Int? {
        guard let entry = twins.at(row) else { return nil }
        let next = Int(entry & Twin.none)
        return next < count ? next : nil
    }

    /// Hangs a row without links on a node.
    mutating func hang(_ row: Int, on node: Int) {
        precondition(row != node && !isTwin(node) && !isTwin(row), "Row \(row) cannot be a twin of \(node)")
        if twins.count == 0 { twins.append(repeating: Twin.none, count: count) }
        twins.set(row, to: twins[node] | Twin.flag)
        twins.set(node, to: UInt32(row))
        levels.set(row, to: 0)
    }

    /// Calls `body` with a node and its twins until it returns `false`. A damaged chain ends at the latest after as many
    /// rows as there are.
    func forEachTwin(of node: Int, _ body: (Int) -> Bool) {
        var row = node
        for _ in 0..<max(count, 1) {
            guard body(row), let next = nextTwin(of: row) else { return }
            row = next
        }
    }
}
