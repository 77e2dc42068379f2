extension QueryExpression {
    /// Parses a question.
    ///
    /// - Parameter text: The question, in the grammar of <doc:QueryLanguage>.
    /// - Throws: ``QuerySyntaxError``, with the place of what is wrong.
    /// - Complexity: O(*n*) for *n* bytes.
    public init(parsing text: String) throws(QuerySyntaxError) {
        var parser = try QueryParser(text)
        self = try parser.question()
    }
}

/// Parses a question by recursive descent. Each function reads one rule of the grammar.
private struct QueryParser {
    private var scanner: QueryScanner
    private var token: QueryToken?
    private var position = 1
    private var depth = 0

    /// The field that words are values of, inside the brackets behind its name.
    private var field: QueryField?

    /// Brackets inside brackets, so many at most.
    private static let mostLevels = 50

    init(_ text: String) throws(QuerySyntaxError) {
        scanner = QueryScanner(text)
        try advance()
    }

    private mutating func advance() throws(QuerySyntaxError) {
        token = try scanner.next()
        position = scanner.position
    }

    mutating func question() throws(QuerySyntaxError) -> QueryExpression {
        guard token != nil else { throw QuerySyntaxError("The question is empty", at: position) }
        let expression = try alternatives()
        guard token == nil else { throw QuerySyntaxError("A bracket closes that was not opened", at: position) }
        return expression
    }

    /// `alternatives = sequence { "OR" sequence }`
    private mutating func alternatives() throws(QuerySyntaxError) -> QueryExpression {
        var parts = [try sequence()]
        while token == .or {
            try advance()
            parts.append(try sequence())
        }
        return parts.count == 1 ? parts[0] : .either(parts)
    }

    /// `sequence = part { [ "AND" ] part }`. Both sides of `AND` are required.
    private mutating func sequence() throws(QuerySyntaxError) -> QueryExpression {
        var parts = [try part()]
        while let next = token, next != .or, next != .close {
            let isAnd = next == .and
            if isAnd {
                try advance()
                parts.append(parts.removeLast().demanded)
            }
            let part = try part()
            parts.append(isAnd ? part.demanded : part)
        }
        return parts.count == 1 ? parts[0] : .every(parts)
    }

    /// `part = [ "+" | "-" | "NOT" ] unit`
    private mutating func part() throws(QuerySyntaxError) -> QueryExpression {
        switch token {
        case .plus:
            try advance()
            return try unit().demanded
        case .minus, .not:
            try advance()
            return .not(try unit())
        default: return try unit()
        }
    }

    /// `unit = word | phrase | field | [ name ":" ] "(" alternatives ")"`
    private mutating func unit() throws(QuerySyntaxError) -> QueryExpression {
        guard let found = token else { throw QuerySyntaxError("Something is missing at the end", at: position) }
        let start = position
        switch found {
        case .word(let text):
            let word = try value(text, isQuoted: false) ?? .word(text)
            try advance()
            return word
        case .phrase(let text):
            let phrase = try value(text, isQuoted: true) ?? .phrase(text)
            try advance()
            return phrase
        case .field where self.field != nil, .attribute where self.field != nil,
            .fieldOfBrackets where self.field != nil:
            throw QuerySyntaxError("A field stands inside the brackets of another", at: start)
        case .field(let field, let value, let isQuoted):
            try advance()
            return field.expression(value, isQuoted: isQuoted) ?? .word(value)
        case .fieldOfBrackets(let field):
            try advance()
            self.field = field
            defer { self.field = nil }
            return try brackets(from: position)
        case .attribute(let name, let value):
            try advance()
            return .condition(.label(name: name, value: value))
        case .open: return try brackets(from: start)
        case .and, .or, .not: throw QuerySyntaxError("A word is missing before an operator", at: start)
        case .minus, .plus: throw QuerySyntaxError("Two signs stand before a word", at: start)
        case .close: throw QuerySyntaxError("Nothing stands between brackets", at: start)
        }
    }

    /// What a word or a phrase is inside the brackets of a field; `nil` outside.
    private func value(_ text: String, isQuoted: Bool) throws(QuerySyntaxError) -> QueryExpression? {
        guard let field else { return nil }
        guard let expression = field.expression(text, isQuoted: isQuoted) else {
            throw QuerySyntaxError(field: field, cannotTake: text, at: position)
        }
        return expression
    }

    private mutating func brackets(from start: Int) throws(QuerySyntaxError) -> QueryExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.mostLevels else { throw QuerySyntaxError("Too many brackets are open", at: start) }
        try advance()
        let inner = try alternatives()
        guard token == .close else { throw QuerySyntaxError("A bracket is not closed", at: start) }
        try advance()
        return inner
    }
}

extension QueryExpression {
    /// The same as a condition: words become required, and what is a condition already stays.
    fileprivate var demanded: QueryExpression {
        switch self {
        case .word(let text): QueryScanner.beginsOperand(text.first) ? .required(self) : self
        case .every: .required(self)
        case .phrase, .condition, .required, .not, .either: self
        }
    }
}
