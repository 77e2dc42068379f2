package import Papers

/// What is ranked: a paper, or a passage of its full text.
///
/// ```
///   63                32 31                 0
///   ┌──────────────────┬────────────────────┐
///   │ passage          │ paper              │
///   └──────────────────┴────────────────────┘
/// ```
///
/// Passage 0 is the paper itself, its title and abstract, so that the unit of a whole paper has the number of the
/// paper. Indexes hold units under these numbers. Libraries hold passages 0 alone so far.
package struct UnitKey: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The unit of a whole paper.
    package init(_ paper: PaperKey) {
        self.init(rawValue: paper.rawValue)
    }

    /// The paper that answers for the unit.
    package var paper: PaperKey { PaperKey(rawValue & 0xFFFF_FFFF) }

    /// The number of the passage; 0 for the paper itself.
    package var passage: Int { Int(rawValue >> 32) }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
