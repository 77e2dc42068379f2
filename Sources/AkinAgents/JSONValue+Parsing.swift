import JSONReading

extension JSONValue {
    /// How deep lists and objects may nest.
    package static let deepest = 64

    /// Reads a text; `nil` for what is no JSON, or nests deeper than ``deepest``.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    package init?(parsing bytes: [UInt8]) {
        var reader = JSONReader(bytes, in: bytes.indices)
        do throws(JSONError) {
            self = try Self.value(&reader, depth: 0)
            try reader.finish()
        } catch {
            return nil
        }
    }

    private static func value(_ reader: inout JSONReader, depth: Int) throws(JSONError) -> JSONValue {
        guard depth < deepest else {
            throw JSONError(.notJSON, offset: 0, problem: "the value nests deeper than \(deepest)")
        }
        switch try reader.kind() {
        case .string: return .string(try reader.string())
        case .boolean: return .bool(try reader.boolean())
        case .number:
            let text = try reader.number()
            return Int(text).map(JSONValue.integer) ?? .number(Double(text) ?? .nan)
        case .null:
            try reader.skipValue()
            return .null
        case .array:
            var values: [JSONValue] = []
            try reader.array { (reader) throws(JSONError) in values.append(try value(&reader, depth: depth + 1)) }
            return .array(values)
        case .object:
            var members: [String: JSONValue] = [:]
            try reader.object { (reader, key) throws(JSONError) in
                members[key] = try value(&reader, depth: depth + 1)
            }
            return .object(members)
        }
    }
}
