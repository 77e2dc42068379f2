import Akin
import AkinReports
import ArgumentParser
import Papers
import QueryLanguage

/// `akin watch`
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Keep questions, to be told what is new on them by akin digest.",
        subcommands: [AddQuestion.self, ListQuestions.self, RemoveQuestion.self])

    /// `akin watch add NAME QUESTION…`
    struct AddQuestion: ReportingCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Keep a question under a name, in place of the one of that name.",
            discussion: """
                EXAMPLES
                  akin watch add caches "\\"key value\\" cache OR streaming"
                  akin watch add thesis --like InfLLM --like SirLLM
                """
        )

        @Argument(help: "The name.")
        var name: String

        @Argument(help: ArgumentHelp("The question, as akin search takes it.", valueName: "text"))
        var words: [String] = []

        @Option(help: ArgumentHelp("A paper that new ones should be like; may be repeated.", valueName: "paper"))
        var like: [String] = []

        @OptionGroup var waiting: WaitingOptions
        @OptionGroup var options: LibraryOptions

        var isDoneWithoutOutput: Bool { true }

        func validate() throws {
            guard !words.isEmpty || !like.isEmpty else { throw ValidationError("Give a question, or --like PAPER.") }
            guard !words.isEmpty else { return }
            try QuestionWords(words).validate()
            do {
                _ = try QueryExpression(parsing: QuestionWords(words).text)
            } catch {
                throw ValidationError("\(error)")
            }
        }

        func result(_ console: Console) throws -> CommandResult<WatchedQuestionsReport> {
            let library = try options.open(waiting: waiting.waiting(console))
            let question = WatchedQuestion(
                name: name, query: try QuestionWords(words).text(in: library),
                like: try like.map { try library.paper(named: $0).id })
            try library.watch(question)
            return CommandResult(report: WatchedQuestionsReport([question]), summary: "Watching '\(name)'.")
        }
    }

    /// `akin watch list`
    struct ListQuestions: ReportingCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the questions that are kept.")

        @OptionGroup var options: LibraryOptions

        func result(_ console: Console) throws -> CommandResult<WatchedQuestionsReport> {
            let questions = try options.open().watchedQuestions()
            return CommandResult(
                report: WatchedQuestionsReport(questions),
                text: {
                    questions.map { question in
                        let like = question.like.map { "like \(oneLine($0))" }
                        let parts = (question.query.isEmpty ? [] : [oneLine(question.query)]) + like
                        return TextStyle.bold(oneLine(question.name)) + "  " + parts.joined(separator: ", ")
                    }
                },
                remarks: questions.isEmpty ? ["No question is watched."] : [],
                status: questions.isEmpty ? .nothingFound : .done)
        }
    }

    /// `akin watch remove NAME`
    struct RemoveQuestion: ReportingCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Watch a question no longer.",
            discussion: """
                EXAMPLES
                  akin watch remove caches
                """
        )

        @Argument(help: "The name.")
        var name: String

        @OptionGroup var waiting: WaitingOptions
        @OptionGroup var options: LibraryOptions

        var isDoneWithoutOutput: Bool { true }

        func result(_ console: Console) throws -> CommandResult<WatchedQuestionsReport> {
            let library = try options.open(waiting: waiting.waiting(console))
            let isRemoved = try library.unwatch(name)
            return CommandResult(
                report: WatchedQuestionsReport(try library.watchedQuestions()),
                summary: isRemoved ? "No longer watching '\(name)'." : nil,
                remarks: isRemoved ? [] : ["No question has the name '\(oneLine(name))'."],
                status: isRemoved ? .done : .nothingFound)
        }
    }
}
