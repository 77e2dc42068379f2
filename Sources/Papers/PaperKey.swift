/// The number of a paper within one library, from 1 up.
///
/// The store hands keys out in ascending order and never uses one twice. A paper whose text changes gets a new key, so
/// an index that knows a key knows the text behind it.
package struct PaperKey: RawRepresentable, Hashable, Comparable, Codable, Sendable {
    package let rawValue: UInt64

    /// The largest key that a paper gets. It bounds the memory of sets of keys; a key beyond it comes from a damaged
    /// file.
    package static let largest = PaperKey(1 << 28)

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
