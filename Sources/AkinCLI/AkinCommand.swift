import Akin
import AkinPostgres
import ArgumentParser
import Foundation

/// The command `akin`. Its subcommands do all the work.
@main
struct AkinCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "akin",
        abstract: "Searches papers by what they are about, offline.",
        discussion: """
            Akin reads titles and abstracts, learns a vector space from them and answers "papers like this one" or a \
            question in plain words in milliseconds.

              akin demo                    74 papers to try
              akin add papers.jsonl        make a library of your own
              akin search "long context"   ask it in words
              akin like InfLLM             ask it with a paper
              akin why InfLLM SirLLM       see what two papers share

            akin alone tells what the library holds and what to ask it.

            What you want each time stands in ~/.config/akin/config.toml, or where AKIN_CONFIG says: the keys library, \
            count, format, color and pager, names of folders under [libraries], and questions under [aliases]. Long \
            output goes through AKIN_PAGER, PAGER or less.

            Exit status: 0 found or done, 1 nothing found, 2 error.
            """,
        version: Library.version,
        subcommands: [OverviewCommand.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Ask",
                subcommands: [
                    SearchCommand.self, LikeCommand.self, WhyCommand.self, CompareCommand.self, ShowCommand.self,
                    OpenCommand.self, ListCommand.self,
                ]),
            CommandGroup(
                name: "Look around",
                subcommands: [TopicsCommand.self, MapCommand.self, NeighborsCommand.self, TermsCommand.self]),
            CommandGroup(
                name: "Keep",
                subcommands: [
                    DemoCommand.self, AddCommand.self, SyncCommand.self, RemoveCommand.self, DuplicatesCommand.self,
                    ExportCommand.self, FetchCommand.self, UndoCommand.self,
                ]),
            CommandGroup(
                name: "Mark",
                subcommands: [
                    TagCommand.self, UntagCommand.self, TagsCommand.self, CollectCommand.self, NoteCommand.self,
                    ReadCommand.self, UnreadCommand.self, HideCommand.self,
                ]),
            CommandGroup(
                name: "Follow", subcommands: [WatchCommand.self, DigestCommand.self, RecommendCommand.self]),
            CommandGroup(name: "Serve", subcommands: [ServeCommand.self, AgentCommand.self]),
            CommandGroup(
                name: "Look after",
                subcommands: [
                    InfoCommand.self, RefitCommand.self, DoctorCommand.self, TrainCommand.self, EmbedCommand.self,
                    EncodeCommand.self, EvaluateCommand.self, BenchmarkCommand.self, LibrariesCommand.self,
                    PublishCommand.self, PullCommand.self,
                ]),
        ],
        defaultSubcommand: OverviewCommand.self
    )

    static func main() {
        var status: Int32 = 0
        var library: String?
        var isDoneWithoutOutput = false
        StandardOutput.reserveClosedStreams()
        BusError.explain()
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            var command = try Self.command(of: arguments)
            if command is AgentCommand || command is ServeCommand { _ = try Configuration.loaded.get() }
            if let command = command as? any ReportingCommand {
                let configuration = try Configuration.loaded.get()
                if !command.options.quiet { configuration.remarks.forEach { Terminal.note("akin: \($0)") } }
                library = command.options.folder.map(Library.withoutPassword)
                isDoneWithoutOutput = command.isDoneWithoutOutput
                if isDoneWithoutOutput { StandardOutput.survivesBrokenPipes() }
            }
            try command.run()
        } catch {
            status = CommandFailure(error, arguments: CommandLine.arguments, library: library).report()
        }
        if !StandardOutput.finish() {
            let reason = "standard output is closed or its disk is full."
            if isDoneWithoutOutput {
                Terminal.note("akin: The command has run, and its report cannot be written: \(reason)")
            } else {
                Terminal.note("akin: Cannot write the results: \(reason)")
                status = CommandStatus.failed.rawValue
            }
        }
        Foundation.exit(status)
    }

    /// The command of a command line.
    private static func command(of arguments: [String]) throws -> any ParsableCommand {
        if let command = try FetchCommand.command(of: arguments) { return command }
        try UnknownCommand.refuse(arguments)
        return try parseAsRoot(NoteCommand.completed(QueryArguments.completed(WaitingOptions.completed(arguments))))
    }
}
