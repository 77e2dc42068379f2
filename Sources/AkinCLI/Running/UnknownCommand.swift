import ArgumentParser

/// A first word that is no command.
enum UnknownCommand {
    /// Refuses a command line whose first words name no command, with the commands that they resemble.
    ///
    /// The parser would take the word for an argument too many.
    ///
    /// - Parameter arguments: The words after `akin`.
    /// - Throws: `ValidationError`.
    static func refuse(_ arguments: [String]) throws {
        var command: any ParsableCommand.Type = AkinCommand.self
        var path = ["akin"]
        for word in arguments {
            let subcommands = command.configuration.subcommands
            guard !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
            guard let next = subcommands.first(where: { $0._commandName == word }) else {
                throw ValidationError(message(word, path, subcommands.map { $0._commandName }))
            }
            command = next
            path.append(word)
        }
    }

    private static func message(_ word: String, _ path: [String], _ names: [String]) -> String {
        let name = oneLine(word)
        let nearest = Likeness(of: word).nearest(among: names).map { "'\($0)'" }
        let what = "There is no command '\(([String](path.dropFirst()) + [name]).joined(separator: " "))'."
        if let last = nearest.last {
            let others = nearest.dropLast()
            return what + " Did you mean \(others.isEmpty ? last : others.joined(separator: ", ") + " or \(last)")?"
        }
        let rest =
            path.count == 1 && word.contains { $0.isLetter }
            ? " \(SuggestedCommand("search", name, library: nil)) asks for papers." : ""
        return what + rest
    }
}
