/// A type whose schema its decoding does not tell.
protocol SchemaDescribed {
    static var schema: JSONSchema { get }
    /// Any value: what stands for a decoded one.
    static var example: Self { get }
}

extension JSONSchema {
    /// The schema of what a type is decoded from, which is what it is encoded to.
    ///
    /// - Throws: The error of a type that refuses the values it is given: it should be `SchemaDescribed`.
    static func of<Value: Decodable>(_ type: Value.Type) throws -> JSONSchema {
        var schema = JSONSchema.any
        _ = try decode(type) { schema = $0 }
        return schema
    }

    /// Makes a value of a type, and tells its schema.
    fileprivate static func decode<Value: Decodable>(
        _ type: Value.Type, _ tell: (JSONSchema) -> Void
    ) throws -> Value {
        if let described = type as? any SchemaDescribed.Type, let example = described.example as? Value {
            tell(described.schema)
            return example
        }
        if let cases = type as? any CaseIterable.Type, let (values, first) = rawValues(cases),
            let first = first as? Value
        {
            tell(.choice(values))
            return first
        }
        let recorder = SchemaRecorder(name: name(of: type))
        let value = try Value(from: SchemaDecoder(recorder: recorder))
        tell(recorder.schema)
        return value
    }

    /// The raw values of an enumeration of texts, and its first case.
    private static func rawValues<Cases: CaseIterable>(_ type: Cases.Type) -> (values: [String], first: Any)? {
        let values = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        guard let first = type.allCases.first, values.count == type.allCases.count else { return nil }
        return (values, first)
    }

    /// `AnswerReport.Result` of a module is `AnswerReportResult`.
    private static func name(of type: Any.Type) -> String {
        String(reflecting: type).split(separator: ".").dropFirst().joined()
    }
}

/// What a type asked of its decoder.
private final class SchemaRecorder {
    let name: String
    var properties: [JSONSchema.Property] = []
    var isMap = false
    var element: JSONSchema?
    var value: JSONSchema?
    /// Whether the type asked whether its value is `null`.
    var mayBeNull = false

    init(name: String) { self.name = name }

    var schema: JSONSchema {
        if let value { return mayBeNull ? .optional(value) : value }
        if let element { return .list(element) }
        if isMap { return .map(properties.first?.schema ?? .any) }
        return .object(name: name, properties)
    }

    func add(_ key: any CodingKey, _ schema: JSONSchema, isRequired: Bool) {
        properties.append(JSONSchema.Property(name: key.stringValue, schema: schema, isRequired: isRequired))
    }
}

/// A decoder that has every key, and gives each type values that mean nothing.
private struct SchemaDecoder: Decoder {
    let recorder: SchemaRecorder
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keys(recorder: recorder))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { Elements(recorder: recorder) }

    func singleValueContainer() -> any SingleValueDecodingContainer { Single(recorder: recorder) }

    private struct Keys<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let recorder: SchemaRecorder
        var codingPath: [any CodingKey] { [] }

        /// Only a dictionary asks for all keys.
        var allKeys: [Key] {
            recorder.isMap = true
            return Key(stringValue: "key").map { [$0] } ?? []
        }

        func contains(_ key: Key) -> Bool { true }
        func decodeNil(forKey key: Key) -> Bool { false }

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            try JSONSchema.decode(type) { recorder.add(key, $0, isRequired: true) }
        }

        func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
            try JSONSchema.decode(type) { recorder.add(key, $0, isRequired: false) }
        }

        func decode(_ type: Bool.Type, forKey key: Key) -> Bool { plain(key, .boolean, true, false) }
        func decode(_ type: String.Type, forKey key: Key) -> String { plain(key, .string, true, "") }
        func decode(_ type: Double.Type, forKey key: Key) -> Double { plain(key, .number, true, 0) }
        func decode(_ type: Float.Type, forKey key: Key) -> Float { plain(key, .number, true, 0) }
        func decode(_ type: Int.Type, forKey key: Key) -> Int { plain(key, .integer, true, 0) }
        func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? { plain(key, .boolean, false, false) }
        func decodeIfPresent(_ type: String.Type, forKey key: Key) -> String? { plain(key, .string, false, "") }
        func decodeIfPresent(_ type: Double.Type, forKey key: Key) -> Double? { plain(key, .number, false, 0) }
        func decodeIfPresent(_ type: Float.Type, forKey key: Key) -> Float? { plain(key, .number, false, 0) }
        func decodeIfPresent(_ type: Int.Type, forKey key: Key) -> Int? { plain(key, .integer, false, 0) }

        private func plain<Value>(_ key: Key, _ schema: JSONSchema, _ isRequired: Bool, _ value: Value) -> Value {
            recorder.add(key, schema, isRequired: isRequired)
            return value
        }

        func nestedContainer<NestedKey: CodingKey>(
            keyedBy type: NestedKey.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<NestedKey> { throw NotRecorded() }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw NotRecorded() }
        func superDecoder() throws -> any Decoder { throw NotRecorded() }
        func superDecoder(forKey key: Key) throws -> any Decoder { throw NotRecorded() }
    }

    private struct Elements: UnkeyedDecodingContainer {
        let recorder: SchemaRecorder
        var codingPath: [any CodingKey] { [] }
        var count: Int? { 1 }
        var isAtEnd: Bool { currentIndex > 0 }
        private(set) var currentIndex = 0

        init(recorder: SchemaRecorder) {
            self.recorder = recorder
            recorder.element = .any
        }

        mutating func decodeNil() -> Bool { false }

        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            currentIndex += 1
            return try JSONSchema.decode(type) { recorder.element = $0 }
        }

        mutating func nestedContainer<NestedKey: CodingKey>(
            keyedBy type: NestedKey.Type
        ) throws -> KeyedDecodingContainer<NestedKey> { throw NotRecorded() }
        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NotRecorded() }
        mutating func superDecoder() throws -> any Decoder { throw NotRecorded() }
    }

    /// A value by itself. The standard types decode themselves by it.
    private struct Single: SingleValueDecodingContainer {
        let recorder: SchemaRecorder
        var codingPath: [any CodingKey] { [] }

        func decodeNil() -> Bool {
            recorder.mayBeNull = true
            return false
        }

        func decode(_ type: Bool.Type) -> Bool { plain(.boolean, false) }
        func decode(_ type: String.Type) -> String { plain(.string, "") }
        func decode(_ type: Double.Type) -> Double { plain(.number, 0) }
        func decode(_ type: Float.Type) -> Float { plain(.number, 0) }
        func decode(_ type: Int.Type) -> Int { plain(.integer, 0) }
        func decode(_ type: Int64.Type) -> Int64 { plain(.integer, 0) }
        func decode(_ type: UInt64.Type) -> UInt64 { plain(.integer, 0) }

        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try JSONSchema.decode(type) { recorder.value = $0 }
        }

        private func plain<Value>(_ schema: JSONSchema, _ value: Value) -> Value {
            recorder.value = schema
            return value
        }
    }
}

/// A type decodes itself in a way that is not recorded.
private struct NotRecorded: Error {}
