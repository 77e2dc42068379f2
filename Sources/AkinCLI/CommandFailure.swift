import Akin
import ArgumentParser
import Foundation

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
        if arguments.contains("--json") {
            JSONOutput.write(
                ErrorReport(
                    error: .init(code: failure?.code.rawValue ?? "usage", message: AkinCommand.message(for: error))
                )
            )
        }
        let message = failure.map { "akin: \($0.message)" } ?? AkinCommand.fullMessage(for: error)
        FileHandle.standardError.write(Data((message + "\n").utf8))
        return Self.failed.rawValue
    }

    private struct ErrorReport: Encodable {
        struct Details: Encodable {
            var code: String
            var message: String
        }
        var error: Details
    }
}
