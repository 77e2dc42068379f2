/// The arguments of a tool or a prompt, as an agent gives them.
struct AgentArguments {
    private let values: JSONValue

    /// Takes the arguments of a call.
    ///
    /// - Parameters:
    ///   - values: An object, or nothing.
    ///   - known: The names of the arguments that there are.
    /// - Throws: ``AgentMistake`` for an argument of another name: an agent that guesses should learn it.
    init(_ values: JSONValue?, known: [String]) throws(AgentMistake) {
        self.values = values ?? .object([:])
        guard case .object(let members) = self.values else {
            throw AgentMistake("The arguments are an object: {\"\(known.first ?? "name")\": …}.")
        }
        if let unknown = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw AgentMistake("There is no argument '\(unknown)'. There are: \(known.joined(separator: ", ")).")
        }
    }

    /// A text that must be there.
    func text(_ name: String) throws(AgentMistake) -> String {
        guard let text = try optionalText(name), text.contains(where: { !$0.isWhitespace }) else {
            throw AgentMistake("The argument '\(name)' is missing. It is a text.")
        }
        return text
    }

    func optionalText(_ name: String) throws(AgentMistake) -> String? {
        switch values[name] {
        case nil, .null?: nil
        case .string(let text)?: text
        default: throw AgentMistake("The argument '\(name)' is a text.")
        }
    }

    /// A list of texts; a single text is a list of one, and nothing is an empty list.
    func texts(_ name: String) throws(AgentMistake) -> [String] {
        switch values[name] {
        case nil, .null?: return []
        case .string(let text)?: return [text]
        case .array(let list)?:
            let texts = list.compactMap(\.string)
            guard texts.count == list.count else { throw AgentMistake("The argument '\(name)' is a list of texts.") }
            return texts
        default: throw AgentMistake("The argument '\(name)' is a list of texts.")
        }
    }

    /// A whole number in a range.
    func integer(_ name: String, in range: ClosedRange<Int>, default usual: Int) throws(AgentMistake) -> Int {
        try optionalInteger(name, in: range) ?? usual
    }

    /// A whole number in a range; `nil` if it is not given.
    func optionalInteger(_ name: String, in range: ClosedRange<Int>) throws(AgentMistake) -> Int? {
        switch values[name] {
        case nil, .null?: return nil
        case let value?:
            guard let number = value.integer, range.contains(number) else {
                throw AgentMistake(
                    "The argument '\(name)' is a whole number from \(range.lowerBound) to \(range.upperBound).")
            }
            return number
        }
    }

    func flag(_ name: String) throws(AgentMistake) -> Bool {
        switch values[name] {
        case nil, .null?: return false
        case .bool(let value)?: return value
        default: throw AgentMistake("The argument '\(name)' is true or false.")
        }
    }
}

/// A call that cannot be answered, with what the agent should do about it.
struct AgentMistake: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
