import Akin

/// What the colors of a map stand for.
package enum MapColoring: String, CaseIterable, Codable, Sendable {
    case topic
    case year
    case collection
    case tag

    /// The group of a paper; `nil` for a paper of none.
    ///
    /// Of several collections or tags the first counts.
    func group(of point: PaperMap.Point, _ map: PaperMap) -> String? {
        switch self {
        case .topic: point.topic.map { map.topics[$0].name }
        case .year: point.year.map(String.init)
        case .collection: point.collections.first
        case .tag: point.tags.first
        }
    }

    /// The groups of a map's papers: topics by size, years in their order, others by size and name.
    func groups(_ map: PaperMap) -> [String] {
        if self == .topic { return map.topics.map(\.name) }
        var counts: [String: Int] = [:]
        for point in map.points { if let group = group(of: point, map) { counts[group, default: 0] += 1 } }
        if self == .year { return counts.keys.sorted { (Int($0) ?? 0) < (Int($1) ?? 0) } }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
}
