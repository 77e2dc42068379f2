import ArgumentParser

/// The arguments of commands that take a question in the query language.
enum QueryArguments {
    /// The commands whose words are a question.
    private static let commands: [([String], any ParsableCommand.Type)] = [
        (["search"], SearchCommand.self), (["list"], ListCommand.self), (["recommend"], RecommendCommand.self),
        (["watch", "add"], WatchCommand.AddQuestion.self),
    ]

    /// The arguments with `NOT word` in place of `-word`, which the parser would take for flags, and `-k 5` in place of
    /// `-k5`. `-json` stays, because somebody means `--json`.
    static func completed(_ arguments: [String]) -> [String] {
        // Most command lines have no such argument, and the help that tells flags from words takes time to make.
        guard arguments.contains(where: { $0.count > 2 && $0.hasPrefix("-") && !$0.hasPrefix("--") }) else {
            return arguments
        }
        let command = commands.first { arguments.starts(with: $0.0) }?.1
        let options = command.map(optionsWithValues) ?? []
        var isOver = false
        var previous = ""
        return arguments.flatMap { argument -> [String] in
            defer { previous = argument }
            isOver = isOver || argument == "--"
            if options.contains(previous) { return [argument] }
            guard !isOver, argument.count > 2, argument.hasPrefix("-"), !argument.hasPrefix("--") else {
                return [argument]
            }
            let rest = argument.dropFirst()
            if "kn".contains(rest.first ?? " "), rest.dropFirst().allSatisfy(\.isNumber) {
                return ["-k", String(rest.dropFirst())]
            }
            let isWord = rest.first.map { $0.isLetter || "(\"“".contains($0) } ?? false
            guard let command, isWord, !isFlag(rest, of: command) else { return [argument] }
            return ["NOT", String(rest)]
        }
    }

    /// The options of a command that the next argument is a value of: their help shows it between angle brackets.
    private static func optionsWithValues(of command: any ParsableCommand.Type) -> Set<String> {
        Set(
            command.helpMessage().matches(of: /(--[a-z-]+) <|(-[a-z]) </).map {
                String($0.output.1 ?? $0.output.2 ?? "")
            })
    }

    private static func isFlag(_ name: Substring, of command: any ParsableCommand.Type) -> Bool {
        command.helpMessage().split { $0.isWhitespace || $0 == "," }.contains("--" + name)
    }
}
