/// The nearest neighbors of some things, which are numbered from 0: a list for each, nearest first.
///
/// ```
///   rowPointers      0 3 5 …           the list of thing i is columns[rowPointers[i]..<rowPointers[i + 1]]
///   columns          4 1 9 0 2 …       the numbers of the neighbors
///   distances        .1 .2 .2 .1 …     how far each is
/// ```
package struct NearestNeighbors: Sendable, Equatable {
    package private(set) var rowPointers: [Int] = [0]
    package private(set) var columns: [UInt32] = []
    package private(set) var distances: [Float] = []

    package init() {}

    /// The number of things.
    package var count: Int { rowPointers.count - 1 }

    /// Adds the list of the next thing. The thing itself and what is no number are left out.
    ///
    /// - Parameter neighbors: The neighbors, nearest first. A number at or above the final ``count`` is a mistake of
    ///   the caller.
    package mutating func append(_ neighbors: [(column: UInt32, distance: Float)]) {
        let row = UInt32(count)
        for (column, distance) in neighbors where column != row && distance.isFinite {
            columns.append(column)
            distances.append(max(0, distance))
        }
        rowPointers.append(columns.count)
    }

    /// The places of a thing's neighbors in ``columns`` and ``distances``.
    package func places(of row: Int) -> Range<Int> { rowPointers[row]..<rowPointers[row + 1] }
}
