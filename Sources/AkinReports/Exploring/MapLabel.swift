import Akin

/// The place of a topic's name on a map: the median of its papers.
struct MapLabel: Codable, Hashable {
    var text: String
    var x: Float
    var y: Float
    var papers: Int

    /// The labels of a map's topics, the largest first.
    static func labels(_ map: PaperMap) -> [MapLabel] {
        var members = [[PaperMap.Point]](repeating: [], count: map.topics.count)
        for point in map.points { if let topic = point.topic { members[topic].append(point) } }
        return zip(map.topics, members).compactMap { topic, points in
            guard !points.isEmpty else { return nil }
            let (xs, ys) = (points.map(\.x).sorted(), points.map(\.y).sorted())
            return MapLabel(
                text: topic.name, x: xs[xs.count / 2], y: ys[ys.count / 2], papers: points.count)
        }
    }
}
