import ParallelLoops
import Synchronization

/// What threads find, put in the order of what they looked at.
final class RecallParts<Element: Sendable>: Sendable {
    private let parts = LockedValue<[(place: Int, elements: [Element])]>([])

    /// Adds what was found from a place on.
    func add(_ elements: [Element], at place: Int) {
        parts.withLock { $0.append((place, elements)) }
    }

    /// All elements, by their places.
    func joined() -> [Element] {
        parts.withLock { $0.sorted { $0.place < $1.place }.flatMap(\.elements) }
    }
}
