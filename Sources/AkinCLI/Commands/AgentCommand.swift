import Akin
import AkinAgents
import ArgumentParser
import Foundation
import Synchronization

/// `akin mcp`
struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Let an agent search the library, by the Model Context Protocol.",
        discussion: """
            It reads requests from standard input and answers on standard output until the input ends, as programs \
            such as Claude Desktop expect of a local server. Their configuration names the command:

              {"mcpServers": {"akin": {"command": "akin", "args": ["mcp"]}}}

            An agent can search, look at papers, ask why two are alike, and list topics. It changes nothing unless \
            --writable lets it add notes and tags.

            EXAMPLES
              akin mcp < /dev/null
              akin mcp --writable < /dev/null
            """
    )

    @Flag(help: "Let the agent add notes and tags.")
    var writable = false

    @OptionGroup var options: LibraryOptions

    func run() throws {
        // Writers of one process exclude each other, and an agent may write several notes at once.
        let server = AgentServer(try options.open(waiting: .atMost(Self.patience)), isWritable: writable)
        StandardOutput.survivesBrokenPipes()
        let end = DispatchSemaphore(value: 0)
        Task {
            await Self.serve(server)
            end.signal()
        }
        end.wait()
    }

    /// How long a note waits for another change.
    private static let patience = Duration.seconds(30)

    /// Answers all requests of standard input, each while others are being answered.
    private static func serve(_ server: AgentServer) async {
        let send = AnswerLines().send
        await withTaskGroup { group in
            for await line in lines() {
                group.addTask {
                    let message: RPCMessage
                    do throws(RPCError) {
                        message = try RPCMessage(line)
                    } catch {
                        return send(.error(error, id: error.id ?? .null))
                    }
                    if let answer = await server.answer(to: message, notify: send) { send(answer) }
                }
            }
        }
    }

    /// Standard output, on which each message has a line of its own.
    private final class AnswerLines: Sendable {
        private let output = Mutex(FileHandle.standardOutput)

        /// Writes a message. A client that is gone gets none.
        @Sendable func send(_ answer: RPCAnswer) {
            output.withLock { try? $0.write(contentsOf: answer.text + Data("\n".utf8)) }
        }
    }

    /// The lines of standard input that are not blank. A line is read while those before it are being answered.
    private static func lines() -> AsyncStream<Data> {
        AsyncStream { continuation in
            Thread.detachNewThread {
                while let line = readLine() {
                    if line.contains(where: { !$0.isWhitespace }) { continuation.yield(Data(line.utf8)) }
                }
                continuation.finish()
            }
        }
    }
}
