/// The arguments of commands that take a question in the query language.
enum QueryArguments {
    /// The commands whose words are a question.
    private static let commands: Set = ["search", "list"]

    /// The arguments with `NOT word` in place of `-word`, which the parser would take for flags, and `-k 5` in place of
    /// `-k5`.
    static func completed(_ arguments: [String]) -> [String] {
        let takesQuestion = arguments.first.map(commands.contains) ?? false
        var isOver = false
        return arguments.flatMap { argument -> [String] in
            isOver = isOver || argument == "--"
            guard !isOver, argument.count > 2, argument.hasPrefix("-"), !argument.hasPrefix("--") else {
                return [argument]
            }
            let rest = argument.dropFirst()
            if "kn".contains(rest.first ?? " "), rest.dropFirst().allSatisfy(\.isNumber) {
                return ["-k", String(rest.dropFirst())]
            }
            let isWord = rest.first.map { $0.isLetter || "(\"“".contains($0) } ?? false
            return takesQuestion && isWord ? ["NOT", String(rest)] : [argument]
        }
    }
}
