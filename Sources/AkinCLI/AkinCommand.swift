import Akin
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

              akin demo                              74 papers on language models
              akin add papers.jsonl                  make a library of your own
              akin search "long context attention"   ask it in words
              akin like InfLLM                       ask it with a paper
              akin why InfLLM SirLLM                 see what makes two papers alike

            Exit status: 0 found or done, 1 nothing found, 2 error.
            """,
        version: Library.version,
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
            CommandGroup(name: "Serve", subcommands: [AgentCommand.self]),
            CommandGroup(
                name: "Look after",
                subcommands: [
                    InfoCommand.self, RefitCommand.self, DoctorCommand.self, TrainCommand.self, EmbedCommand.self,
                    EvaluateCommand.self,
                    BenchmarkCommand.self,
                ]),
        ]
    )

    static func main() {
        var status: Int32 = 0
        var library: String?
        var isDoneWithoutOutput = false
        StandardOutput.reserveClosedStreams()
        BusError.explain()
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            var command =
                try FetchCommand.command(of: arguments)
                ?? parseAsRoot(QueryArguments.completed(WaitingOptions.completed(arguments)))
            if let command = command as? any ReportingCommand {
                library = command.options.folder
                isDoneWithoutOutput = command.isDoneWithoutOutput
                if isDoneWithoutOutput { StandardOutput.survivesBrokenPipes() }
            }
            try command.run()
        } catch {
            status = CommandFailure(error, arguments: CommandLine.arguments, library: library).report()
        }
        if !StandardOutput.flush() {
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
}
