import JSONReading

/// An object in a file of JSON, whose values are asked for by key and kind.
///
/// A key that is absent or `null` reads as `nil`. A value of another kind is an error that names the file and the key.
struct ConfigurationObject {
    /// The path of the file.
    let path: String

    /// The keys that lead to the object in its file, with a period behind each.
    private let place: String
    private let fields: [(key: String, value: JSONValue)]

    /// Reads the one object of a file.
    ///
    /// - Throws: `damaged`.
    init(_ bytes: [UInt8], path: String) throws(EncoderError) {
        guard case .object(let fields) = try Self.value(of: bytes, path: path) else {
            throw .damaged(path, "it is no object of JSON")
        }
        self.init(path: path, place: "", fields: fields)
    }

    /// Takes the object that a value is.
    ///
    /// - Throws: `damaged`.
    init(_ value: JSONValue, path: String, place: String) throws(EncoderError) {
        guard case .object(let fields) = value else { throw .damaged(path, "'\(place)' is no object") }
        self.init(path: path, place: place + ".", fields: fields)
    }

    private init(path: String, place: String, fields: [(key: String, value: JSONValue)]) {
        self.path = path
        self.place = place
        self.fields = fields
    }

    /// The value that a file of JSON holds.
    ///
    /// - Throws: `damaged`.
    static func value(of bytes: [UInt8], path: String) throws(EncoderError) -> JSONValue {
        do throws(JSONError) {
            var reader = JSONReader(bytes, in: bytes.indices)
            let value = try reader.value()
            try reader.finish()
            return value
        } catch {
            throw .damaged(path, "it is no JSON: \(error)")
        }
    }
}

// MARK: - Values

extension ConfigurationObject {
    /// The keys, in the order of the file.
    var keys: [String] { fields.map(\.key) }

    /// The value of a key. The last counts where a key stands twice, as in Python, which models are made with.
    func value(_ key: String) -> JSONValue? {
        switch fields.last(where: { $0.key == key })?.value {
        case nil, .null: nil
        case let value?: value
        }
    }

    func text(_ key: String) throws(EncoderError) -> String? {
        switch value(key) {
        case nil: return nil
        case .string(let text): return text
        default: throw wrong(key, "a text")
        }
    }

    func flag(_ key: String) throws(EncoderError) -> Bool? {
        switch value(key) {
        case nil: return nil
        case .boolean(let flag): return flag
        default: throw wrong(key, "true or false")
        }
    }

    /// A whole number in a range.
    func integer(_ key: String, in range: ClosedRange<Int>) throws(EncoderError) -> Int? {
        guard let value = value(key) else { return nil }
        guard case .number(let digits) = value, let integer = Int(digits), range.contains(integer) else {
            throw wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    func number(_ key: String) throws(EncoderError) -> Double? {
        guard let value = value(key) else { return nil }
        guard case .number(let digits) = value, let number = Double(digits) else { throw wrong(key, "a number") }
        return number
    }

    func list(_ key: String) throws(EncoderError) -> [JSONValue]? {
        switch value(key) {
        case nil: return nil
        case .array(let elements): return elements
        default: throw wrong(key, "a list")
        }
    }

    func texts(_ key: String) throws(EncoderError) -> [String]? {
        guard let elements = try list(key) else { return nil }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else { throw wrong(key, "a list of texts") }
            texts.append(text)
        }
        return texts
    }

    func object(_ key: String) throws(EncoderError) -> ConfigurationObject? {
        guard let value = value(key) else { return nil }
        return try ConfigurationObject(value, path: path, place: place + key)
    }

    /// A value that the object must have.
    ///
    /// - Throws: `missing` if it is `nil`.
    func required<Value>(_ key: String, _ value: Value?) throws(EncoderError) -> Value {
        guard let value else {
            throw EncoderError(
                .missing,
                "Cannot read '\(path)': it has no '\(place)\(key)'. Copy it again from where the model comes from.")
        }
        return value
    }

    private func wrong(_ key: String, _ kind: String) -> EncoderError {
        .damaged(path, "'\(place)\(key)' is not \(kind)")
    }
}
