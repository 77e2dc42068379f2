/// The years from one to another. Both ends are included, and either may be open.
///
///     YearRange("2023")        // 2023 alone
///     YearRange("2023..")      // 2023 and later
///     YearRange("..2020")      // 2020 and earlier
///     YearRange("2020..2023")  // 2020, 2021, 2022, 2023
public struct YearRange: Hashable, Sendable {
    /// The first year, or `nil` if the range has no beginning.
    public let first: Int?

    /// The last year, or `nil` if the range has no end.
    public let last: Int?

    /// Creates the range from one year to another. It contains no year if the first is after the last.
    public init(from first: Int? = nil, through last: Int? = nil) {
        self.first = first
        self.last = last
    }

    /// Creates the range that a text describes, or returns `nil` if it describes none.
    ///
    /// Years have four digits. `..` alone and a range that ends before it begins give `nil`.
    public init?(_ text: String) {
        guard let dots = text.firstRange(of: "..") else {
            guard let year = YearRange.year(text[...]) else { return nil }
            self.init(from: year, through: year)
            return
        }
        let (head, tail) = (text[..<dots.lowerBound], text[dots.upperBound...])
        let (first, last) = (YearRange.year(head), YearRange.year(tail))
        guard first != nil || head.isEmpty, last != nil || tail.isEmpty, first != nil || last != nil else { return nil }
        if let first, let last, first > last { return nil }
        self.init(from: first, through: last)
    }

    /// Whether the range contains a year. No range contains `nil`.
    public func contains(_ year: Int?) -> Bool {
        guard let year else { return false }
        return (first ?? .min) <= year && year <= (last ?? .max)
    }

    /// The year that a text of four digits names, or `nil`.
    package static func year(_ text: Substring) -> Int? {
        guard text.utf8.count == 4, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let year = Int(text), Paper.years.contains(year)
        else { return nil }
        return year
    }
}

extension YearRange: CustomStringConvertible {
    /// The range as text, in the form that ``init(_:)`` reads.
    public var description: String {
        if let first, first == last { return "\(first)" }
        return "\(first.map(String.init) ?? "")..\(last.map(String.init) ?? "")"
    }
}
