/// The signs and words of a question.
enum QueryToken: Hashable {
    case word(String)
    case phrase(String)
    /// A field that the language knows, with its value.
    case field(QueryField, value: String, isQuoted: Bool)
    /// A field that the bracket behind it belongs to.
    case fieldOfBrackets(QueryField)
    /// Any other field with its value: `publisher=Springer`.
    case attribute(name: String, value: String)
    case minus, plus, not, and, or, open, close
}

/// Divides a question into tokens.
///
/// A sign counts where a person means one: a minus and a bracket before a word, and not inside it (`state-of-the-art`,
/// `f(x)`); a closing bracket only behind an open one; a colon only behind the name of a field and before a value.
struct QueryScanner {
    private let text: [Character]
    private let knowsOperators: Bool
    private var place = 0
    private var depth = 0

    /// The number of the character where the last token begins, from 1.
    private(set) var position = 1

    init(_ text: String) {
        self.text = Array(text)
        // A title in capitals has no operators.
        let words = text.split(whereSeparator: \.isWhitespace).count
        knowsOperators = words <= Self.fewWords || text.contains(where: \.isLowercase)
    }

    /// A question in capitals of so many words may be made of acronyms: `LLM NOT RAG`.
    private static let fewWords = 4

    /// The next token; `nil` at the end.
    ///
    /// - Throws: `QuerySyntaxError` for a quotation mark that is not closed, or a value that a field cannot have.
    mutating func next() throws(QuerySyntaxError) -> QueryToken? {
        while let character = peek(), character.isWhitespace { place += 1 }
        position = place + 1
        guard let first = peek() else { return nil }
        if Self.quotes[first] != nil { return .phrase(try phrase()) }
        switch first {
        case "(":
            place += 1
            depth += 1
            return .open
        case ")" where depth > 0:
            place += 1
            depth -= 1
            return .close
        case "-" where startsOperand(at: place + 1):
            place += 1
            return .minus
        case "+" where startsOperand(at: place + 1):
            place += 1
            return .plus
        default: return try field() ?? word()
        }
    }

    private func peek(_ offset: Int = 0) -> Character? {
        text.indices.contains(place + offset) ? text[place + offset] : nil
    }

    private func startsOperand(at place: Int) -> Bool {
        text.indices.contains(place) && Self.beginsOperand(text[place])
    }

    /// Whether a sign belongs to what begins with a character.
    static func beginsOperand(_ character: Character?) -> Bool {
        guard let character else { return false }
        return character.isLetter || character.isNumber || character == "(" || quotes[character] != nil
    }

    // MARK: - Words and phrases

    private static let quotes: [Character: Set<Character>] = [
        "\"": ["\"", "”"], "“": ["”", "\""], "„": ["“", "”", "\""],
    ]

    /// Reads a phrase, whose opening mark is next.
    private mutating func phrase() throws(QuerySyntaxError) -> String {
        let start = place
        let closing = Self.quotes[text[place]] ?? []
        guard let end = text[(place + 1)...].firstIndex(where: closing.contains) else {
            throw QuerySyntaxError("A quotation mark is not closed", at: start + 1)
        }
        place = end + 1
        let words = text[(start + 1)..<end].split(whereSeparator: \.isWhitespace).map { String($0) }
        guard !words.isEmpty else { throw QuerySyntaxError("Nothing stands between quotation marks", at: start + 1) }
        return words.joined(separator: " ")
    }

    /// Reads characters up to white space, or to a bracket that closes an open one.
    private mutating func run() -> String {
        let start = place
        var inner = 0
        while let character = peek(), !character.isWhitespace {
            if character == ")", inner == 0, depth > 0 { break }
            inner += character == "(" ? 1 : character == ")" && inner > 0 ? -1 : 0
            place += 1
        }
        return String(text[start..<place])
    }

    private mutating func word() -> QueryToken {
        let word = run()
        switch word {
        case "AND": return knowsOperators ? .and : .word("and")
        case "OR": return knowsOperators ? .or : .word("or")
        case "NOT": return knowsOperators ? .not : .word("not")
        default: return .word(word)
        }
    }

    // MARK: - Fields

    /// Reads a field with its value; `nil` if none is next.
    private mutating func field() throws(QuerySyntaxError) -> QueryToken? {
        var end = place
        while end < text.count, text[end].isLetter || text[end].isNumber || "_-".contains(text[end]) { end += 1 }
        guard end > place, text.indices.contains(end + 1), text[place].isLetter, ":=".contains(text[end]),
            text[end] == ":" || text[end + 1] != "=", !text[end + 1].isWhitespace
        else { return nil }
        let name = String(text[place..<end])
        let field = QueryField(named: name)
        if text[end] == ":", field == nil { return nil }
        let start = place
        place = end + 1
        if peek() == "(", let field { return .fieldOfBrackets(field) }
        let isQuoted = peek().map { Self.quotes[$0] != nil } ?? false
        let value = isQuoted ? try phrase() : run()
        guard !value.isEmpty else {
            place = start
            return nil
        }
        guard let field else { return .attribute(name: name, value: value) }
        guard field.expression(value, isQuoted: isQuoted) != nil else {
            throw QuerySyntaxError(field: field, cannotTake: value, at: end + 2)
        }
        return .field(field, value: value, isQuoted: isQuoted)
    }
}
