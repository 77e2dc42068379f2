import Akin
import AkinAgents
import HTTPTypes

/// The description of the API, OpenAPI 3.1, <https://spec.openapis.org/oas/v3.1.0>.
///
/// The server checks requests by the same operations, and the schemas of answers come from the types that are encoded.
/// Those of bodies, of papers and of embeddings are written by hand.
struct OpenAPIDocument: Sendable {
    let operations: [APIOperation]

    var json: JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        for operation in operations {
            paths[operation.path, default: [:]][operation.method.rawValue.lowercased()] = Self.json(operation)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Akin", "version": .string(Library.version),
                "description": "Search papers by meaning and words, in libraries on this machine.",
                "license": ["name": "Apache 2.0", "identifier": "Apache-2.0"],
            ],
            "paths": .object(paths.mapValues(JSONValue.object)),
            "components": [
                "schemas": .object(definitions),
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
            ],
            // A server without a token asks for none.
            "security": [.object([:]), ["token": []]],
        ]
    }

    /// The definitions of all objects.
    private var definitions: [String: JSONValue] {
        let schemas = operations.flatMap { [$0.answer.schema, $0.body?.schema].compactMap(\.self) } + [Self.problem]
        return schemas.reduce(into: [:]) { $0.merge($1.definitions) { first, _ in first } }
    }

    private static let problem = reportSchema(Problem.Document.self)

    private static func json(_ operation: APIOperation) -> JSONValue {
        var json: [String: JSONValue] = [
            "operationId": .string(operation.name), "summary": .string(operation.summary),
            "parameters": .array(
                operation.pathParameters.map(pathParameter) + operation.allParameters.map(\.json)),
            "responses": .object(responses(operation)),
        ]
        if !operation.details.isEmpty { json["description"] = .string(operation.details) }
        if let body = operation.body {
            json["requestBody"] = [
                "description": .string(body.description), "required": true,
                "content": [
                    body.schema == nil ? "application/octet-stream" : "application/json": [
                        "schema": body.schema?.json ?? ["type": "string", "format": "binary"]
                    ]
                ],
            ]
        }
        return .object(json)
    }

    private static func pathParameter(_ name: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true,
            "description": .string(
                "The id of a paper, percent-encoded, or another name that means no other paper; for a watched question, "
                    + "its name."),
            "schema": ["type": "string", "minLength": 1],
        ]
    }

    private static func responses(_ operation: APIOperation) -> [String: JSONValue] {
        let answer = operation.answer
        var responses: [String: JSONValue] = [
            "200": [
                "description": .string(answer.description),
                "content": .object(
                    Dictionary(
                        answer.mediaTypes.map { ($0, ["schema": answer.schema?.json ?? ["type": "string"]]) },
                        uniquingKeysWith: { first, _ in first })),
            ]
        ]
        let statuses = Set(
            operation.errors + (operation.isOfLibrary ? [404] : []) + [400, 401, 403, 414, 421, 429, 500, 503])
        for status in statuses {
            responses[String(status)] = [
                "description": .string(HTTPResponse.Status(code: status).reasonPhrase),
                "content": ["application/problem+json": ["schema": problem.json]],
            ]
        }
        return responses
    }
}

/// The schema of a report. A type that cannot tell its own is a mistake that the tests find.
func reportSchema<Report: Decodable>(_ type: Report.Type) -> JSONSchema {
    (try? JSONSchema.of(type)) ?? .any
}

extension APIParameter {
    /// The parameter in the description of the API.
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "in": "query", "required": .bool(isRequired),
            "description": .string(description), "schema": valueSchema,
        ]
    }

    /// What its value, or each of its values, may be.
    private var valueSchema: JSONValue {
        let value: JSONValue =
            switch kind {
            case .text(let longest, nil): ["type": "string", "maxLength": .integer(longest)]
            case .text(let longest, let pattern?):
                ["type": "string", "maxLength": .integer(longest), "pattern": .string("^(?:\(pattern))$")]
            case .integer(let range):
                ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
            case .number(let range):
                ["type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
            case .flag: ["type": "boolean"]
            case .choice(let values): ["type": "string", "enum": .array(values.map(JSONValue.string))]
            }
        return isRepeatable ? ["type": "array", "items": value, "maxItems": .integer(Self.mostValues)] : value
    }

    /// The parameter as a key of a body of JSON.
    var property: JSONSchema.Property {
        JSONSchema.Property(name: name, schema: .parameter(valueSchema), isRequired: isRequired)
    }
}
