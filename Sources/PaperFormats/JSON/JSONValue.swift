import JSONReading
import Papers

extension JSONValue {
    /// The text of a string, number or truth value; `nil` for anything else, and for a blank string.
    var text: String? {
        switch self {
        case .string(let text): tidied(text).isEmpty ? nil : text
        case .number(let digits): digits
        case .boolean(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// The elements of a list, or the value itself as the only one. Empty for `null`.
    var elements: [JSONValue] {
        switch self {
        case .array(let elements): elements
        case .null: []
        default: [self]
        }
    }

    /// The texts of a list, or the one text.
    var texts: [String] {
        elements.compactMap(\.text)
    }

    /// The text of the first of some keys that has one.
    func text(of keys: String...) -> String? {
        for key in keys {
            if let text = self[key]?.text { return text }
        }
        return nil
    }

    /// The text field that an object with a name and a text is, see `Paper.Field`.
    var textField: Paper.Field? {
        guard let name = self["name"]?.text, let text = self["text"]?.text else { return nil }
        return Paper.Field(name, text, weight: self["weight"]?.text.flatMap(Paper.Field.Weight.init) ?? .text)
    }

    /// Whether the value is an object.
    var isObject: Bool {
        if case .object = self { true } else { false }
    }

    /// Whether the value is neither a list nor an object.
    var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }
}
