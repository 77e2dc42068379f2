/// A question of the query language: what ranks papers, and what they must meet.
///
///     let query = try QueryExpression(parsing: "streaming \"key value cache\" -survey year:2023..")
///
/// Words rank papers, and nothing has to have them. Everything else is a condition: a paper that does not meet it is
/// not found. <doc:QueryLanguage> has the grammar.
public indirect enum QueryExpression: Hashable, Sendable {
    /// A word. It ranks papers; it is a condition only inside `required`, `not` and `either`.
    case word(String)
    /// Words that stand side by side in a paper, as they are written. They rank papers, too.
    case phrase(String)
    /// A condition on a field.
    case condition(QueryCondition)
    /// What papers must have: `+word`.
    case required(QueryExpression)
    /// What papers must not have: `-word`, `NOT word`.
    case not(QueryExpression)
    /// Several expressions, all of which hold.
    case every([QueryExpression])
    /// Several expressions, one of which holds at least: `cats OR dogs`.
    case either([QueryExpression])
}

// MARK: - Parts

extension QueryExpression {
    /// The words that rank papers, in the order of the question. What papers must not have ranks nothing.
    public var rankingText: String {
        rankingWords.joined(separator: " ")
    }

    private var rankingWords: [String] {
        switch self {
        case .word(let text), .phrase(let text): [text]
        // Notes are no part of what is ranked.
        case .condition(.text(let part, let words, _)): part == .notes ? [] : [words]
        case .condition, .not: []
        case .required(let part): part.rankingWords
        case .every(let parts), .either(let parts): parts.flatMap(\.rankingWords)
        }
    }

    /// Whether the expression is nothing but words that rank: a question without any condition.
    public var isPlain: Bool {
        switch self {
        case .word: true
        case .every(let parts): parts.allSatisfy(\.isPlain)
        case .phrase, .condition, .required, .not, .either: false
        }
    }

    /// All conditions of the expression, also those that papers must not meet.
    public var conditions: [QueryCondition] {
        switch self {
        case .word, .phrase: []
        case .condition(let condition): [condition]
        case .required(let part), .not(let part): part.conditions
        case .every(let parts), .either(let parts): parts.flatMap(\.conditions)
        }
    }

    /// The parts that all have to hold.
    public var conjuncts: [QueryExpression] {
        if case .every(let parts) = self { parts.flatMap(\.conjuncts) } else { [self] }
    }
}

// MARK: - Changing

extension QueryExpression {
    /// The expression with other expressions in place of some conditions.
    ///
    /// - Parameter replacement: What stands in place of a condition; `nil` leaves it.
    /// - Returns: The expression.
    /// - Throws: What `replacement` throws.
    public func replacingConditions(
        _ replacement: (QueryCondition) throws -> QueryExpression?
    ) rethrows -> QueryExpression {
        switch self {
        case .word, .phrase: self
        case .condition(let condition): try replacement(condition) ?? self
        case .required(let part): .required(try part.replacingConditions(replacement))
        case .not(let part): .not(try part.replacingConditions(replacement))
        case .every(let parts): .every(try parts.map { try $0.replacingConditions(replacement) })
        case .either(let parts): .either(try parts.map { try $0.replacingConditions(replacement) })
        }
    }
}

// MARK: - Text

extension QueryExpression: CustomStringConvertible {
    /// The expression in the query language. Parsing the text gives the same expression, if that came from a text.
    public var description: String { text(inside: .none) }

    /// What an expression stands in.
    private enum Surroundings { case none, every, either, sign }

    private func text(inside surroundings: Surroundings) -> String {
        switch self {
        case .word(let text): text
        case .phrase(let text): quoted(text)
        case .condition(let condition): condition.description
        case .required(let part): bracketed("+" + part.text(inside: .sign), if: surroundings == .sign)
        case .not(let part): bracketed(negated(part.text(inside: .sign)), if: surroundings == .sign)
        case .every(let parts):
            bracketed(
                parts.map { $0.text(inside: .every) }.joined(separator: " "),
                if: surroundings == .sign || surroundings == .every)
        case .either(let parts):
            bracketed(
                parts.map { $0.text(inside: .either) }.joined(separator: " OR "), if: surroundings != .none)
        }
    }

    /// A minus belongs to what follows only if that begins like a word.
    private func negated(_ text: String) -> String {
        QueryScanner.beginsOperand(text.first) ? "-" + text : "NOT " + text
    }

    private func bracketed(_ text: String, if needed: Bool) -> String { needed ? "(\(text))" : text }
}

/// A text between quotation marks. The parser gives no text with a mark inside.
func quoted(_ text: String) -> String { "\"\(text)\"" }
