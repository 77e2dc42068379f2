import Foundation
import Testing

/// The Unicode character database of Debian's package `unicode-data`, which some tests read where it lies.
enum UnicodeData {
    static let folder = "/usr/share/unicode"
    static let isPresent = FileManager.default.fileExists(atPath: "\(folder)/auxiliary/WordBreakTest.txt")
    static let skipNote: Comment = "needs Debian's package unicode-data, which is absent"

    /// The fields of every line of a file that holds data.
    static func records(_ name: String) throws -> [[String]] {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            .split(whereSeparator: \.isNewline)
            .map { $0.prefix { $0 != "#" } }
            .filter { $0.contains { !$0.isWhitespace } }
            .map {
                $0.split(separator: ";", omittingEmptySubsequences: false).map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
            }
    }

    /// The code points of a field such as `0041` or `0041..005A`.
    static func codePoints(_ field: String) throws -> ClosedRange<UInt32> {
        let ends = try field.components(separatedBy: "..").map { try #require(UInt32($0, radix: 16)) }
        return ends[0]...ends[ends.count - 1]
    }
}
