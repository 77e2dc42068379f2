import ArgumentParser
import Foundation
import Papers

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// The command `akin fetch`, a program of its own. Its subcommands do all the work.
@main
struct AkinFetchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "akin fetch",
        abstract: "Get papers and abstracts from arXiv, OpenAlex and Crossref.",
        discussion: """
            Papers are written as JSON Lines, which akin add reads. No other command of akin opens a connection to \
            another host, and this one asks each service no more often than it wants to be asked.

              akin fetch arxiv "long context" | akin add -      papers that a search finds
              akin fetch ids doi:10.1145/582415.582418          papers by their identifiers
              akin fetch abstracts                              abstracts that papers lack

            Exit status: 0 found or done, 1 nothing found, 2 error.
            """,
        version: releaseVersion,
        subcommands: [ArXivCommand.self, OpenAlexCommand.self, IdentifiersCommand.self, AbstractsCommand.self]
    )

    static func main() async {
        // A pipe that nobody reads is found out by the write to it.
        _ = signal(SIGPIPE, SIG_IGN)
        let work = Task { await exitStatus(of: Array(CommandLine.arguments.dropFirst())) }
        let interruption = Interruption { work.cancel() }
        let status = await work.value
        ProgressLine.clear()
        interruption.endProcessIfInterrupted()
        Foundation.exit(status)
    }

    /// Runs a command line and returns the status to exit with.
    private static func exitStatus(of arguments: [String]) async -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            guard let fetching = command as? any FetchingCommand else {
                try command.run()
                return 0
            }
            let count = try await fetching.fetch(with: try FetchSession(fetching.options))
            return count > 0 ? 0 : 1
        } catch is BrokenPipe {
            endProcess(by: SIGPIPE)
        } catch is CancellationError {
            return 2
        } catch let error as FetchError {
            Message.note("akin: \(error)")
            return 2
        } catch {
            let isHelp = exitCode(for: error) == .success
            let text = fullMessage(for: error)
            if isHelp { print(text) } else { Message.note(text) }
            return isHelp ? 0 : 2
        }
    }
}

/// A subcommand that gets papers.
protocol FetchingCommand: ParsableCommand {
    /// The flags that every subcommand has.
    var options: FetchOptions { get }

    /// Gets papers and writes them.
    ///
    /// - Parameter session: What asks the services and writes the papers.
    /// - Returns: The number of papers that were found. 0 ends the command with status 1.
    /// - Throws: `FetchError`, `BrokenPipe` or `CancellationError`.
    func fetch(with session: FetchSession) async throws -> Int
}
