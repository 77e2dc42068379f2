import Akin

/// An entry of a filter that no paper of the library has.
package struct UnknownFilterReport: Codable, Hashable, Sendable {
    /// The part of the filter: `author`, `category`, `venue` or `field`.
    package var part: String
    /// The entry, as it was written.
    package var value: String
    /// Entries of the library that are spelled like it.
    package var suggestions: [String]

    /// Reports entries; `nil` if there are none.
    static func list(_ unknown: [UnknownFilter]) -> [UnknownFilterReport]? {
        guard !unknown.isEmpty else { return nil }
        return unknown.map {
            UnknownFilterReport(part: $0.part.rawValue, value: $0.value, suggestions: $0.suggestions)
        }
    }
}
