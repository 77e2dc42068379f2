package import Foundation

/// The JSON of a report: one object with sorted keys, in UTF-8.
///
/// All JSON of reports is written here. A number that is not finite is written as `null`. Control characters and those
/// that turn the direction of text are escaped, so that the text can be shown on a terminal; it reads back the same.
///
/// - Parameters:
///   - report: Any type of this module.
///   - isIndented: Whether the JSON is for people, too: indented by two spaces. Otherwise it stands on one line.
/// - Returns: The bytes, without a line end after the last brace.
/// - Throws: `EncodingError` if the report cannot be encoded.
/// - Complexity: O(*n*) for *n* bytes of JSON.
package func encodedJSON(_ report: some Encodable, isIndented: Bool = true) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: noNumber, negativeInfinity: noNumber, nan: noNumber)
    let json = escaped(try encoder.encode(report))
    let mark = Data("\"\(noNumber)\"".utf8)
    guard json.range(of: mark) != nil else { return json }
    return Data(String(decoding: json, as: UTF8.self).replacing("\"\(noNumber)\"", with: "null").utf8)
}

/// What stands for a number that is not finite while a report is encoded. No text of a report has it.
private let noNumber = "no number \(UInt64.random(in: .min ... .max))"

/// The JSON with escapes for DEL, the control characters of the second set, and those that turn the direction of text.
/// They stand in strings alone, where an escape means the same.
private func escaped(_ json: Data) -> Data {
    // Bytes of an array are compared ten times as fast as those of Data.
    guard [UInt8](json).contains(where: { $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 || $0 == 0xD8 }) else { return json }
    var escaped = String.UnicodeScalarView()
    for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
        switch scalar.value {
        case 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069:
            let digits = String(scalar.value, radix: 16)
            escaped.append(
                contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars)
        default: escaped.append(scalar)
        }
    }
    return Data(String(escaped).utf8)
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
