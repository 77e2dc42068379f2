/// A literal of Python, as the headers of NumPy's files are.
enum PythonLiteral: Hashable {
    case text(String)
    case boolean(Bool)
    /// An integer, by its digits.
    case number(String)
    /// A tuple or a list.
    case sequence([PythonLiteral])
    case dictionary([String: PythonLiteral])

    /// Reads a text that holds one literal, and spaces.
    ///
    /// - Returns: `nil` if it is something else.
    init?(parsing text: some Sequence<UInt8>) {
        var parser = Parser(bytes: Array(text))
        guard let literal = parser.literal(depth: 0), parser.isAtEnd else { return nil }
        self = literal
    }

    private struct Parser {
        let bytes: [UInt8]
        private var place = 0

        /// The deepest nesting. NumPy's headers have three levels.
        private static let deepest = 16

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var isAtEnd: Bool {
            mutating get {
                skipSpaces()
                return place == bytes.count
            }
        }

        private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

        private mutating func skipSpaces() {
            while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0 { place += 1 }
        }

        /// Goes past a byte, if it is the next one that is no space.
        private mutating func take(_ byte: Unicode.Scalar) -> Bool {
            skipSpaces()
            guard next == UInt8(ascii: byte) else { return false }
            place += 1
            return true
        }

        mutating func literal(depth: Int) -> PythonLiteral? {
            guard depth < Self.deepest else { return nil }
            if take("{") { return dictionary(depth: depth) }
            if take("(") { return sequence(until: ")", depth: depth) }
            if take("[") { return sequence(until: "]", depth: depth) }
            if take("'") { return string(until: "'").map(PythonLiteral.text) }
            if take("\"") { return string(until: "\"").map(PythonLiteral.text) }
            return word()
        }

        private mutating func string(until quote: Unicode.Scalar) -> String? {
            let start = place
            while let byte = next, byte != UInt8(ascii: quote), byte != UInt8(ascii: "\\") { place += 1 }
            guard next == UInt8(ascii: quote) else { return nil }
            place += 1
            return String(decoding: bytes[start..<place - 1], as: UTF8.self)
        }

        /// `True`, `False` or a number. Python 2 wrote an `L` behind long ones.
        private mutating func word() -> PythonLiteral? {
            let start = place
            while let byte = next, Unicode.Scalar(byte).properties.isAlphabetic || (0x30...0x39).contains(byte) {
                place += 1
            }
            let text = String(decoding: bytes[start..<place], as: UTF8.self)
            switch text {
            case "True": return .boolean(true)
            case "False": return .boolean(false)
            default:
                let digits = text.hasSuffix("L") ? text.dropLast() : text[...]
                guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
                return .number(String(digits))
            }
        }

        private mutating func sequence(until end: Unicode.Scalar, depth: Int) -> PythonLiteral? {
            var elements: [PythonLiteral] = []
            while !take(end) {
                guard let element = literal(depth: depth + 1) else { return nil }
                elements.append(element)
                if !take(",") { return take(end) ? .sequence(elements) : nil }
            }
            return .sequence(elements)
        }

        private mutating func dictionary(depth: Int) -> PythonLiteral? {
            var entries: [String: PythonLiteral] = [:]
            while !take("}") {
                guard case .text(let key)? = literal(depth: depth + 1), take(":"),
                    let value = literal(depth: depth + 1)
                else { return nil }
                entries[key] = value
                if !take(",") { return take("}") ? .dictionary(entries) : nil }
            }
            return .dictionary(entries)
        }
    }
}
