import Akin
import AkinServer
import Foundation
import NIOCore
import ServerSettings

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

/// The program `akin-serve`. The command `akin serve` runs it, with the settings as its one argument.
@main
struct AkinServe {
    static func main() async {
        // A client that is gone is found out by the write to it.
        _ = signal(SIGPIPE, SIG_IGN)
        // A file beyond the limit of its size is an error of the write, and ends nothing.
        _ = signal(SIGXFSZ, SIG_IGN)
        do {
            guard CommandLine.arguments.count == 2 else {
                end("This program is run by 'akin serve', which takes flags.")
            }
            let settings = try ServerSettings(argument: CommandLine.arguments[1])
            let server = try Server(settings, token: token(settings), log: note)
            try await server.run { port in
                let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
                let line = "Serving at http://\(host):\(port)/ (Ctrl-C ends it)\n"
                try? FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
            }
            log.finish()
        } catch let error as AkinError {
            end(error.message)
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            end("Cannot listen: another program has the port. --port names another one, and 0 takes one that is free.")
        } catch {
            end("Cannot serve: \(error)")
        }
    }

    /// The token: from the file that the settings name, or from the environment.
    private static func token(_ settings: ServerSettings) throws -> String? {
        guard let file = settings.tokenFile else {
            let token = ProcessInfo.processInfo.environment[ServerSettings.tokenVariable] ?? ""
            return token.isEmpty ? nil : token
        }
        guard let text = try? String(contentsOf: URL(filePath: file), encoding: .utf8) else {
            throw AkinError(.cannotRead, "Cannot read the token from '\(file)'.")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static let log = LogWriter()

    @Sendable private static func note(_ line: String) { log.write(line) }

    private static func end(_ message: String) -> Never {
        try? FileHandle.standardError.write(contentsOf: Data("akin: \(message)\n".utf8))
        exit(2)
    }
}
