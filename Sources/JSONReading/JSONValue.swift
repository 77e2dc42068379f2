/// A value of JSON, read whole. Numbers keep the digits that are written.
package indirect enum JSONValue: Sendable {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])
}

extension JSONValue {
    /// The value of a key, if the value is an object that has it.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let fields) = self else { return nil }
        return fields.first { $0.key == key }?.value
    }
}

extension JSONReader {
    /// Reads the next value.
    package mutating func value(depth: Int = 0) throws(JSONError) -> JSONValue {
        switch try kind() {
        case .string: return .string(try string())
        case .number: return .number(try number())
        case .null:
            try skipValue()
            return .null
        case .boolean: return .boolean(try boolean())
        case .array:
            guard depth < JSONReader.maximumDepth else { throw tooDeep }
            var elements: [JSONValue] = []
            try array { (reader) throws(JSONError) in elements.append(try reader.value(depth: depth + 1)) }
            return .array(elements)
        case .object:
            guard depth < JSONReader.maximumDepth else { throw tooDeep }
            var fields: [(key: String, value: JSONValue)] = []
            try object { (reader, key) throws(JSONError) in
                fields.append((key, try reader.value(depth: depth + 1)))
            }
            return .object(fields)
        }
    }

    private var tooDeep: JSONError {
        JSONError(.notJSON, offset: 0, problem: "nested deeper than \(JSONReader.maximumDepth)")
    }
}
