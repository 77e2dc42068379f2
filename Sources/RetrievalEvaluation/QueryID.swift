/// The name of a query, as its file spells it.
public struct QueryID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The name.
    public let rawValue: String

    /// Creates the id of a name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Creates the id of a name.
    public init(_ name: String) {
        rawValue = name
    }

    /// Whether one id precedes another in the order of their names as strings.
    public static func < (left: QueryID, right: QueryID) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension QueryID: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Creates the id of a literal name.
    public init(stringLiteral name: String) {
        rawValue = name
    }

    /// The name.
    public var description: String { rawValue }
}
