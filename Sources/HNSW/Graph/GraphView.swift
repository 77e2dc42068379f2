/// The addresses of a graph's columns for the time of a walk.
///
/// Without it, searches on many threads would all count references to the same columns.
@unsafe
struct GraphView {
    let m: Int
    let m0: Int
    let count: Int
    let entryPoint: NodeID
    let maxLevel: Int
    let base: UnsafePointer<UInt32>
    private let baseCount: Int
    private let upperStarts: UnsafePointer<UInt32>
    private let upperStartCount: Int
    private let upper: UnsafePointer<UInt32>
    private let upperCount: Int

    /// SAFETY: valid as long as the graph lives and does not change.
    init(_ graph: borrowing Graph) {
        unsafe m = graph.m
        unsafe m0 = graph.m0
        unsafe count = graph.count
        unsafe entryPoint = graph.entryPoint
        unsafe maxLevel = graph.maxLevel
        unsafe base = graph.base.base
        unsafe baseCount = graph.base.count
        unsafe upperStarts = graph.upperStarts.base
        unsafe upperStartCount = graph.upperStarts.count
        unsafe upper = graph.upper.base
        unsafe upperCount = graph.upper.count
    }

    /// The width of the lists on a level.
    func width(_ level: Int) -> Int { unsafe level == 0 ? m0 : m }

    /// The address of a node's list; `nil` if a damaged file has none.
    ///
    /// SAFETY: the list has `width(level)` links, which may be any numbers.
    func list(of node: NodeID, level: Int) -> UnsafePointer<UInt32>? {
        let node = node.index
        guard level > 0 else {
            let place = unsafe node &* m0
            return unsafe place &+ m0 <= baseCount ? base + place : nil
        }
        guard unsafe node < upperStartCount, unsafe upperStarts[node] != NodeID.none.rawValue else { return nil }
        let place = unsafe (Int(upperStarts[node]) + level - 1) * m
        return unsafe place + m <= upperCount ? upper + place : nil
    }
}
