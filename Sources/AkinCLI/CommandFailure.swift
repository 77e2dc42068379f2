import Akin
import ArgumentParser
import RetrievalEvaluation

/// The end of a command that did not come to its own: what is printed, where, and with which status.
///
/// The status is 0 for what was asked for (`--help`, `--version`), 1 where nothing was found, 2 for every error, wrong
/// usage included.
struct CommandFailure {
    /// The status of a command that found nothing.
    static let nothingFound = ExitCode(1)
    /// The status of a command that failed, or did a part of its work only, after it has said so itself.
    static let failed = ExitCode(2)

    private let error: any Error
    private let arguments: [String]

    init(_ error: any Error, arguments: [String]) {
        self.error = error
        self.arguments = arguments
    }

    /// Prints what there is to say and gives the status to exit with.
    func report() -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        let usage = AkinCommand.exitCode(for: error)
        if usage == .success {
            print(AkinCommand.fullMessage(for: error))
            return 0
        }
        let failure = error as? AkinError
        let message = failure?.message ?? AkinCommand.message(for: error)
        if arguments.prefix(while: { $0 != "--" }).contains("--json") {
            JSONOutput.write(ErrorReport(error: .init(code: code, message: message)))
        }
        Terminal.note(isUsage ? AkinCommand.fullMessage(for: error) : "akin: \(message)")
        return Self.failed.rawValue
    }

    /// Whether the command line was wrong, and its usage helps.
    private var isUsage: Bool { code == "usage" }

    /// What the kind of error is called under `--json`.
    private var code: String {
        switch error {
        case let error as AkinError: error.code.rawValue
        case let error as RetrievalEvaluationError:
            switch error.code {
            case .cannotWrite, .unwritableName: AkinError.Code.cannotWrite.rawValue
            default: AkinError.Code.unreadableInput.rawValue
            }
        case is ValidationError: "usage"
        default: AkinCommand.exitCode(for: error) == .validationFailure ? "usage" : "failed"
        }
    }

    private struct ErrorReport: Encodable {
        struct Details: Encodable {
            var code: String
            var message: String
        }
        var error: Details
    }
}
