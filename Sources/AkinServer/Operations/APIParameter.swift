/// A parameter of an operation: what its value may be, for the check of requests and for the description of the API.
struct APIParameter: Sendable {
    /// What a value is.
    enum Kind: Sendable {
        /// A text of at most so many bytes.
        case text(longest: Int = 200)
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
    static let mostValues = 1_000

    /// Checks a value.
    ///
    /// - Throws: ``Problem`` that says what a value may be.
    func check(_ value: String) throws(Problem) {
        switch kind {
        case .text(let longest):
            guard value.utf8.count <= longest else {
                throw .invalid(name, "has more than \(longest) bytes")
            }
            guard !value.utf8.contains(0) else { throw .invalid(name, "holds a zero byte") }
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
