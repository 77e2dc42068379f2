package import Foundation

/// The JSON of a report: one object with sorted keys, indented by two spaces, in UTF-8.
///
/// - Parameter report: Any type of this module.
/// - Returns: The bytes, without a line end after the last brace.
/// - Throws: `EncodingError` if a number is not finite.
/// - Complexity: O(*n*) for *n* bytes of JSON.
package func encodedJSON(_ report: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(report)
}

/// A key that only the report knows, such as the name of a measure.
struct ReportKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) {
        stringValue = name
    }

    init?(stringValue: String) {
        self.init(stringValue)
    }

    init?(intValue: Int) {
        nil
    }
}
