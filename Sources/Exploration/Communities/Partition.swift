/// Things that are numbered from 0, each in one of several communities.
package struct Partition: Hashable, Sendable {
    /// The community of each thing, in `0..<count`.
    package let labels: [Int]
    /// The number of communities; none is empty.
    package let count: Int

    /// Numbers communities by their sizes, the largest first. Of two of one size the one with the smaller thing is
    /// first.
    ///
    /// - Parameter labels: Any numbers from 0 up, one for each thing.
    package init(_ labels: [Int]) {
        var sizes = [Int](repeating: 0, count: (labels.max() ?? -1) + 1)
        var firsts = [Int](repeating: .max, count: sizes.count)
        for (thing, label) in labels.enumerated() {
            sizes[label] += 1
            firsts[label] = min(firsts[label], thing)
        }
        let order = sizes.indices.filter { sizes[$0] > 0 }
            .sorted { (sizes[$1], firsts[$0]) < (sizes[$0], firsts[$1]) }
        var numbers = [Int](repeating: 0, count: sizes.count)
        for (number, label) in order.enumerated() { numbers[label] = number }
        self.labels = labels.map { numbers[$0] }
        count = order.count
    }

    /// The partition in which each of `count` things is a community of its own.
    package init(singletons count: Int) {
        labels = Array(0..<count)
        self.count = count
    }

    /// The things of each community, ascending.
    package var members: [[Int]] {
        var members = [[Int]](repeating: [], count: count)
        for (thing, label) in labels.enumerated() { members[label].append(thing) }
        return members
    }

    /// This partition, with its communities put together as another one says that counts them as things.
    package func followed(by coarser: Partition) -> Partition {
        Partition(labels.map { coarser.labels[$0] })
    }

    /// As ``followed(by:)``, with the numbers of the other partition.
    func renumbered(by coarser: Partition) -> Partition {
        Partition(labels: labels.map { coarser.labels[$0] }, count: coarser.count)
    }

    private init(labels: [Int], count: Int) {
        self.labels = labels
        self.count = count
    }
}
