/// The number of a term in a ``TermTable``.
///
/// Terms are numbered from 0 in ascending byte order, so the order of the ids is the order of the terms.
public struct TermID: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The position of the term in its table.
    public var rawValue: UInt32

    /// Creates the id of the term at a position.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Whether the left term stands before the right one in their table.
    public static func < (left: TermID, right: TermID) -> Bool {
        left.rawValue < right.rawValue
    }
}
