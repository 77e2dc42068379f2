import Papers

extension Paper: SchemaDescribed {
    /// The keys that a paper encodes itself with; those without a value are left out.
    static var schema: JSONSchema {
        func optional(_ name: String, _ schema: JSONSchema) -> JSONSchema.Property {
            JSONSchema.Property(name: name, schema: schema, isRequired: false)
        }
        let texts = ["abstract", "venue", "url", "date", "type", "language", "citationKey"]
        let lists = [
            "authors", "categories", "keywords", "alternateIDs", "collections", "tags", "notes", "attachments",
        ]
        return .object(
            name: "Paper",
            [
                JSONSchema.Property(name: "id", schema: .string), JSONSchema.Property(name: "title", schema: .string),
                optional("year", .integer), optional("fields", .any), optional("attributes", .map(.any)),
            ] + texts.map { optional($0, .string) } + lists.map { optional($0, .list(.string)) })
    }

    static var example: Paper { Paper(title: "Example", abstract: "") }
}
