import AkinAgents

/// A schema of JSON, in the form that OpenAPI 3.1 takes.
indirect enum JSONSchema: Hashable, Sendable {
    /// Any value.
    case any
    case string
    case boolean
    case integer
    /// A whole number from 1 up.
    case positive
    case number
    /// One of some texts.
    case choice([String])
    case list(JSONSchema, least: Int = 0)
    /// An object whose keys only the data knows.
    case map(JSONSchema)
    /// An object with a name of its own, which other schemas refer to. A closed one has one of the keys at least, and no
    /// other.
    case object(name: String, [Property], isClosed: Bool = false)
    /// A value or `null`.
    case optional(JSONSchema)
    /// One of several.
    case either([JSONSchema])
    /// A value that a parameter takes.
    case parameter(JSONValue)

    /// A key of an object.
    struct Property: Hashable, Sendable {
        var name: String
        var schema: JSONSchema
        var isRequired = true
    }

    /// The schema as JSON. Objects are references to definitions, which ``definitions`` has.
    var json: JSONValue {
        switch self {
        case .any: [:]
        case .string: ["type": "string"]
        case .boolean: ["type": "boolean"]
        case .integer: ["type": "integer"]
        case .positive: ["type": "integer", "minimum": 1]
        // A number that is not finite is written as null.
        case .number: ["anyOf": [["type": "number"], ["type": "null"]]]
        case .choice(let values): ["type": "string", "enum": .array(values.map(JSONValue.string))]
        case .list(let element, let least):
            ["type": "array", "items": element.json, "minItems": .integer(least)]
        case .map(let value): ["type": "object", "additionalProperties": value.json]
        case .object(let name, _, _): ["$ref": .string("#/components/schemas/" + name)]
        case .optional(let value): ["anyOf": [value.json, ["type": "null"]]]
        case .either(let schemas): ["anyOf": .array(schemas.map(\.json))]
        case .parameter(let schema): schema
        }
    }

    /// The definitions of all objects in the schema, by their names.
    var definitions: [String: JSONValue] {
        switch self {
        case .any, .string, .boolean, .integer, .positive, .number, .choice, .parameter: return [:]
        case .list(let inner, _), .map(let inner), .optional(let inner): return inner.definitions
        case .either(let schemas):
            return schemas.reduce(into: [:]) { $0.merge($1.definitions) { first, _ in first } }
        case .object(let name, let properties, let isClosed):
            var definitions = properties.reduce(into: [String: JSONValue]()) {
                $0.merge($1.schema.definitions) { first, _ in first }
            }
            let pairs = properties.map { ($0.name, $0.schema.json) }
            var definition: [String: JSONValue] = [
                "type": "object", "properties": .object(Dictionary(pairs, uniquingKeysWith: { first, _ in first })),
                "required": .array(properties.filter(\.isRequired).map { .string($0.name) }),
            ]
            if isClosed {
                definition["additionalProperties"] = false
                definition["minProperties"] = 1
            }
            definitions[name] = .object(definition)
            return definitions
        }
    }

    /// The object with a further key.
    func adding(_ property: Property, as name: String) -> JSONSchema {
        guard case .object(_, let properties, _) = self else { return self }
        return .object(name: name, properties + [property])
    }
}
