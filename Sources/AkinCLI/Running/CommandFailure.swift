import Akin
import AkinReports
import ArgumentParser
import RetrievalEvaluation

/// The error that ended a command: what to print about it, and the status to exit with.
struct CommandFailure {
    private let error: any Error
    private let arguments: [String]
    private let library: String?

    /// Describes the end of a command.
    ///
    /// - Parameters:
    ///   - error: What the command threw.
    ///   - arguments: The command line. It tells whether `--json` was given, also if it could not be parsed.
    ///   - library: The folder that the command line gives with `--library`, if any. Suggested commands repeat it.
    init(_ error: any Error, arguments: [String], library: String?) {
        self.error = error
        self.arguments = arguments
        self.library = library
    }

    /// Prints what there is to say and returns the status to exit with: 0 for `--help` and `--version`, 2 for an error.
    func report() -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        if AkinCommand.exitCode(for: error) == .success {
            let text = AkinCommand.fullMessage(for: error, columns: Terminal.helpColumns)
            // Completions and the like are for programs, and their lines stay whole.
            if text.hasPrefix("OVERVIEW: ") { Terminal.print(text) } else { Terminal.printWhole(text) }
            return CommandStatus.done.rawValue
        }
        let report = errorReport
        if arguments.prefix(while: { $0 != "--" }).contains("--json"), let json = try? encodedJSON(report) {
            StandardOutput.write(json)
            StandardOutput.write("\n")
        }
        let isUsage = report.error.code == Self.usage
        Terminal.note(isUsage ? AkinCommand.fullMessage(for: error) : "akin: \(message)")
        return CommandStatus.failed.rawValue
    }

    /// The code of a wrong command line.
    private static let usage = "usage"

    /// The error as data.
    private var errorReport: ErrorReport {
        switch error {
        case let error as AkinError: ErrorReport(error)
        case let error as RetrievalEvaluationError: ErrorReport(error)
        default:
            isUsage
                ? ErrorReport(code: Self.usage, message: message) : ErrorReport(AkinError(translating: error))
        }
    }

    /// Whether the command line is wrong, so that its usage helps.
    private var isUsage: Bool {
        error is ValidationError || AkinCommand.exitCode(for: error) == .validationFailure
    }

    /// The error for a person, with what to do about it.
    private var message: String {
        if isUsage { return AkinCommand.message(for: error) }
        if let error = error as? RetrievalEvaluationError { return oneLine("\(error)") }
        return AkinError(translating: error).advice(library: library)
    }
}
