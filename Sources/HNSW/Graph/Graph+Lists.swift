extension Graph {
    /// The levels on which a row has a list.
    private func levelsWithList(_ node: Int) -> ClosedRange<Int> { 0...Int(levels[node]) }

    /// Removes all links of a node.
    mutating func clearLists(of node: Int) {
        for level in levelsWithList(node) { setLinks(of: node, level: level, to: []) }
    }

    /// Replaces each link of a node, leaving out those to itself, repetitions, and nodes that are not on the level.
    mutating func replaceLinks(of node: Int, by replacement: (UInt32) -> UInt32?) {
        for level in levelsWithList(node) {
            let old = links(of: node, level: level)
            var new: [UInt32] = []
            for link in old.compactMap(replacement)
            where Int(link) != node && Int(levels[Int(link)]) >= level && !new.contains(link) {
                new.append(link)
            }
            if new != old { setLinks(of: node, level: level, to: new) }
        }
    }

    /// Writes the list of a node.
    mutating func setLinks(of node: Int, level: Int, to links: [UInt32]) {
        guard let place = place(of: node, level: level) else { return }
        let width = width(level)
        precondition(links.count <= width, "A list on level \(level) holds \(width) links, not \(links.count)")
        // SAFETY: the whole list lies inside its column.
        let list = unsafe (level == 0 ? base.mutableBase() : upper.mutableBase()) + place
        for i in 0..<width { unsafe list[i] = i < links.count ? links[i] : Self.none }
    }
}
