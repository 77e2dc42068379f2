/// Why a text is no question of the query language.
public struct QuerySyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, as a sentence without its full stop.
    public let message: String

    /// The place in the text: the number of the character, from 1.
    public let position: Int

    init(_ message: String, at position: Int) {
        (self.message, self.position) = (message, position)
    }

    init(field: QueryField, cannotTake value: String, at position: Int) {
        self.init("\(field.rawValue): takes \(field.valuesText), not '\(value)'", at: position)
    }

    /// The message with the place.
    public var description: String { "\(message), at character \(position)." }
}
