/// The links between the rows of an index: a hierarchy of graphs after Malkov & Yashunin.
///
/// Level 0 holds every node, level *l* those whose level is at least *l*. A list of links has a fixed width, `m0` on level
/// 0 and `m` above, and ends at ``none``, which is no row: so one comparison per link, which a hop makes anyway for links
/// out of a damaged file, also finds the end of the list, and with the default `m` a list on level 0 is two cache lines.
///
/// ```
/// base         node 0: m0 links │ node 1: m0 links │ …
/// upperStarts  node 0: block    │ node 1: none     │ …        none for a node of level 0
/// upper        block b: m links of level 1 │ block b + 1: m links of level 2 │ …
/// ```
///
/// Of rows with the same bits, the first is a node; the others are its *twins*, hang on it in a chain, and have no links.
struct Graph: Sendable {
    /// The links of a new node, and the width of the lists above level 0.
    let m: Int

    /// The width of the lists on level 0.
    let m0: Int

    /// The level of each row; 0 for twins.
    var levels = Column<UInt8>()

    var base = Column<UInt32>()
    var upperStarts = Column<UInt32>()
    var upper = Column<UInt32>()

    /// For each row, the next in its chain of twins; empty as long as there are no twins.
    var twins = Column<UInt32>()

    /// A node of the highest level, where walks begin; ``none`` in an empty graph.
    var entryPoint = Graph.none

    /// No row.
    static let none = UInt32.max

    /// The highest level that there can be.
    static let maximumLevel = 31

    init(m: Int, m0: Int) {
        self.m = m
        self.m0 = m0
    }

    /// The rows that the graph knows of, as nodes or as twins.
    var count: Int { levels.count }

    /// The level of the entry point, −1 in an empty graph.
    var maxLevel: Int { levels.at(Int(entryPoint)).map(Int.init) ?? -1 }

    /// The width of the lists on a level.
    func width(_ level: Int) -> Int { level == 0 ? m0 : m }

    /// The place of a node's list in `base` or `upper`, or `nil` if a damaged file has none.
    func place(of node: Int, level: Int) -> Int? {
        if level == 0 {
            let place = node * m0
            return place + m0 <= base.count ? place : nil
        }
        guard let start = upperStarts.at(node), start != Self.none else { return nil }
        let place = (Int(start) + level - 1) * m
        return place + m <= upper.count ? place : nil
    }

    /// The links of a node.
    func links(of node: Int, level: Int) -> [UInt32] {
        guard let place = place(of: node, level: level) else { return [] }
        let column = level == 0 ? base : upper
        var links: [UInt32] = []
        column.withSpan(of: place..<place + width(level)) { list in
            for i in 0..<list.count {
                if list[i] == Self.none { return }
                links.append(list[i])
            }
        }
        return links
    }

    // MARK: - Changing

    /// Adds rows without links.
    mutating func append(levels new: [Int]) {
        let blocks = new.reduce(0, +)
        var block = upper.count / m
        base.append(repeating: Self.none, count: new.count * m0)
        upper.append(repeating: Self.none, count: blocks * m)
        for level in new {
            levels.append(repeating: UInt8(level))
            upperStarts.append(repeating: level > 0 ? UInt32(block) : Self.none)
            block += level
        }
        if twins.count > 0 { twins.append(repeating: Twin.none, count: new.count) }
    }

    /// The bytes of all columns.
    var byteCount: Int {
        levels.byteCount + base.byteCount + upperStarts.byteCount + upper.byteCount + twins.byteCount
    }
}
