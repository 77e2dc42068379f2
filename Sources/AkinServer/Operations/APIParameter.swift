/// A parameter of an operation: what its value may be, for the check of requests and for the description of the API.
struct APIParameter: Sendable {
    /// What a value is.
    enum Kind: Sendable {
        /// A text of at most so many Unicode scalars, which a pattern describes if it has to look a certain way.
        case text(longest: Int = 200, pattern: String? = nil)
        case integer(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        case flag
        case choice([String])
    }

    let name: String
    let kind: Kind
    let description: String
    /// Whether it may be given several times.
    var isRepeatable = false
    var isRequired = false

    init(_ name: String, _ kind: Kind, _ description: String, isRepeatable: Bool = false, isRequired: Bool = false) {
        self.name = name
        self.kind = kind
        self.description = description
        self.isRepeatable = isRepeatable
        self.isRequired = isRequired
    }

    /// The most values of a parameter that may be given several times.
    static let mostValues = 100

    /// Whether a text has a pattern, scalar by scalar as others' patterns do.
    private static func matches(_ text: String, _ pattern: String) -> Bool {
        guard let pattern = try? Regex(pattern).matchingSemantics(.unicodeScalar) else { return false }
        return (try? pattern.wholeMatch(in: text)) != nil
    }

    /// Checks a value.
    ///
    /// - Throws: ``Problem`` that says what a value may be.
    func check(_ value: String) throws(Problem) {
        switch kind {
        case .text(let longest, let pattern):
            guard value.unicodeScalars.count <= longest else {
                throw .invalid(name, "has more than \(longest) letters")
            }
            if let pattern, !Self.matches(value, pattern) {
                throw .invalid(name, "does not read as it should. \(description)")
            }
        case .integer(let range):
            guard let number = Int(value), range.contains(number) else {
                throw .invalid(name, "takes a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
        case .number(let range):
            guard let number = Double(value), range.contains(number) else {
                throw .invalid(name, "takes a number from \(range.lowerBound) to \(range.upperBound)")
            }
        case .flag:
            guard value == "true" || value == "false" else { throw .invalid(name, "takes true or false") }
        case .choice(let values):
            guard values.contains(value) else { throw .invalid(name, "takes \(values.joined(separator: ", "))") }
        }
    }
}
