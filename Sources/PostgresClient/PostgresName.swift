/// The name of a table, schema or another object, as a statement has it: each part in quotation marks.
///
///     PostgresName("akin_g7", "ranked")     // "akin_g7"."ranked"
package struct PostgresName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The parts, the outermost first.
    package let parts: [String]

    /// Creates the name of an object, after those of what it lies in.
    package init(_ parts: String...) {
        self.parts = parts
    }

    /// Creates a name of one part.
    package init(stringLiteral part: String) {
        parts = [part]
    }

    /// The name in quotation marks.
    package var description: String {
        parts.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ".")
    }
}
