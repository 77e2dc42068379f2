/// Reads one JSON text from bytes. The caller requests value after value.
///
/// Foundation's decoders neither report where a text stops being JSON nor keep the digits of a number (`2401.10000`
/// becomes 2401.1), and they take twice as long. This reader follows RFC 8259. It refuses texts that nest deeper than
/// ``maximumDepth``, strings that are not UTF-8, and escapes that name half a surrogate pair.
///
/// All reading functions throw ``JSONError``: `notJSON` or `notUTF8`.
package struct JSONReader {
    /// The kinds of values.
    package enum Kind: String {
        case object = "an object"
        case array = "a list"
        case string = "a text"
        case number = "a number"
        case boolean = "true or false"
        case null
    }

    /// How deep lists and objects may nest. No record needs more, and the stack of any thread has room for it.
    package static let maximumDepth = 128

    private let bytes: [UInt8]
    private let start: Int
    private let end: Int
    private var position: Int

    /// Creates a reader of the text in a range of the bytes.
    package init(_ bytes: [UInt8], in range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "\(range) of \(bytes.count) bytes")
        self.bytes = bytes
        start = range.lowerBound
        end = range.upperBound
        position = range.lowerBound
    }

    // MARK: - Reading

    /// Returns the kind of the next value, and does not read it.
    package mutating func kind() throws(JSONError) -> Kind {
        skipSpace()
        guard position < end else { throw error("the text ends where a value is expected") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw error("a value is expected")
        }
    }

    /// Reads an object. It calls `field` with each key, and `field` must read the value.
    package mutating func object(
        _ field: (_ reader: inout JSONReader, _ key: String) throws(JSONError) -> Void
    ) throws(JSONError) {
        try expect(UInt8(ascii: "{"), "'{'")
        if skips(UInt8(ascii: "}")) { return }
        repeat {
            skipSpace()
            let key = try string()
            try expect(UInt8(ascii: ":"), "':'")
            try field(&self, key)
        } while skips(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"), "',' or '}'")
    }

    /// Reads a list. It calls `element` for each element, and `element` must read it.
    package mutating func array(_ element: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
        try expect(UInt8(ascii: "["), "'['")
        if skips(UInt8(ascii: "]")) { return }
        repeat {
            try element(&self)
        } while skips(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"), "',' or ']'")
    }

    /// Reads a string.
    package mutating func string() throws(JSONError) -> String {
        guard position < end, bytes[position] == UInt8(ascii: "\"") else { throw error("'\"' is expected") }
        let first = position + 1
        var index = first
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                position = index + 1
                return try text(of: first..<index)
            }
            if byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            index += 1
        }
        position = index
        return try escapedString(from: first)
    }

    /// Reads a number and returns it as it is written in the text.
    package mutating func number() throws(JSONError) -> String {
        let first = position
        _ = takes(UInt8(ascii: "-"))
        if !takes(UInt8(ascii: "0")) { try digits() }
        if takes(UInt8(ascii: ".")) { try digits() }
        if takes(UInt8(ascii: "e")) || takes(UInt8(ascii: "E")) {
            if !takes(UInt8(ascii: "+")) { _ = takes(UInt8(ascii: "-")) }
            try digits()
        }
        return try text(of: first..<position)
    }

    /// Reads `true` or `false`.
    package mutating func boolean() throws(JSONError) -> Bool {
        guard position < end else { throw error("true or false is expected") }
        let isTrue = bytes[position] == UInt8(ascii: "t")
        try word(isTrue ? "true" : "false")
        return isTrue
    }

    /// Skips the next value, of any kind. Its structure is checked.
    package mutating func skipValue() throws(JSONError) {
        try skipValue(depth: 0)
    }

    /// Throws if anything except white space is left.
    package mutating func finish() throws(JSONError) {
        skipSpace()
        guard position == end else { throw error("the value is complete, and more follows") }
    }

    private mutating func skipValue(depth: Int) throws(JSONError) {
        guard depth < JSONReader.maximumDepth else { throw error("nested deeper than \(JSONReader.maximumDepth)") }
        switch try kind() {
        case .object:
            try object { (reader, _) throws(JSONError) in try reader.skipValue(depth: depth + 1) }
        case .array:
            try array { (reader) throws(JSONError) in try reader.skipValue(depth: depth + 1) }
        case .string:
            _ = try string()
        case .number:
            _ = try number()
        case .boolean:
            _ = try boolean()
        case .null:
            try word("null")
        }
    }

    // MARK: - Parts

    private mutating func skipSpace() {
        while position < end, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    /// Reads a byte if it is the next one.
    private mutating func takes(_ byte: UInt8) -> Bool {
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Reads a byte if it is the next one after white space.
    private mutating func skips(_ byte: UInt8) -> Bool {
        skipSpace()
        return takes(byte)
    }

    private mutating func expect(_ byte: UInt8, _ what: String) throws(JSONError) {
        guard skips(byte) else { throw error("\(what) is expected") }
    }

    private mutating func digits() throws(JSONError) {
        let first = position
        while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
        guard position > first else { throw error("a digit is expected") }
    }

    private mutating func word(_ word: StaticString) throws(JSONError) {
        let word = word.description
        for byte in word.utf8 where !takes(byte) { throw error("'\(word)' is expected") }
    }

    private func text(of range: Range<Int>) throws(JSONError) -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw JSONError(.notUTF8, offset: range.lowerBound - start, problem: "a text is not UTF-8")
        }
        return text
    }

    private func error(_ problem: String) -> JSONError {
        JSONError(.notJSON, offset: position - start, problem: position < end ? problem : "the text ends too soon")
    }

    // MARK: - Escapes

    /// Reads the rest of a string that began at `first` and has its first escape at the position.
    private mutating func escapedString(from first: Int) throws(JSONError) -> String {
        var decoded = Array(bytes[first..<position])
        while position < end {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let text = String(validating: decoded, as: UTF8.self) else {
                    throw JSONError(.notUTF8, offset: first - start, problem: "a text is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"):
                position += 1
                decoded.append(contentsOf: try escaped().utf8)
            case 0..<0x20:
                throw error("a control character stands in a text unescaped")
            default:
                decoded.append(byte)
                position += 1
            }
        }
        throw error("the text ends inside a string")
    }

    private mutating func escaped() throws(JSONError) -> Character {
        guard position < end else { throw error("the text ends inside an escape") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return Character(try escapedScalar())
        default:
            position -= 1
            throw error("no such escape")
        }
    }

    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        let first = position
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if (0xD800..<0xDC00).contains(unit), takes(UInt8(ascii: "\\")), takes(UInt8(ascii: "u")) {
            let low = try hexadecimal()
            let value = 0x10000 + (unit - 0xD800) << 10 + (low & 0x3FF)
            if (0xDC00..<0xE000).contains(low), let scalar = Unicode.Scalar(value) { return scalar }
        }
        throw JSONError(.notJSON, offset: first - start, problem: "an escape names half a surrogate pair")
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < end, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
                throw error("four hexadecimal digits are expected")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}

/// The place and the reason why a text is not JSON.
package struct JSONError: Error, Hashable, CustomStringConvertible {
    /// The reasons that code can tell apart.
    package enum Code: Hashable {
        case notJSON
        case notUTF8
        /// The text is JSON, and a value is not of the expected kind.
        case unexpected
    }

    /// The reason, for code.
    package let code: Code

    /// The position in the text, in bytes from its beginning.
    package let offset: Int

    /// The reason, for people.
    package let problem: String

    package init(_ code: Code, offset: Int, problem: String) {
        self.code = code
        self.offset = offset
        self.problem = problem
    }

    package var description: String {
        "\(problem), at byte \(offset + 1)"
    }
}
