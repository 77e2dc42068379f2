import Foundation

/// What `--json` prints: one object on standard output, keys in lowerCamelCase.
enum JSONOutput {
    static func write(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else {
            preconditionFailure("\(type(of: value)) cannot be written as JSON")
        }
        print(String(decoding: data, as: UTF8.self))
    }
}
