import ArgumentParser

/// `akin fetch`
///
/// The program `akin-fetch` does it, so that this one opens no connection.
struct FetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Get papers and abstracts from arXiv, OpenAlex and Crossref.",
        discussion: """
            It runs the program akin-fetch, the only part of Akin that opens a connection to another host. \
            akin fetch --help lists its commands: arxiv, openalex, ids and abstracts.
            """
    )

    @Argument(
        parsing: .captureForPassthrough,
        help: ArgumentHelp("The command of akin-fetch, and its arguments.", valueName: "argument"))
    var arguments: [String] = []

    /// The command of a whole command line, `nil` if that is of another command. `--help` is an argument as well.
    static func command(of arguments: [String]) throws -> (any ParsableCommand)? {
        guard arguments.first == configuration.commandName else { return nil }
        let rest = Array(arguments.dropFirst())
        if FetchAbstractsCommand.isOfLibrary(rest) {
            return try FetchAbstractsCommand.parse(WaitingOptions.completed(Array(rest.dropFirst())))
        }
        var command = FetchCommand()
        command.arguments = rest
        return command
    }

    func run() throws {
        try CompanionProgram.fetch().replaceProcess(arguments)
    }
}
