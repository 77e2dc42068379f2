import Akin
import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The program `akin-fetch`, which does what needs a connection to another host.
struct FetchProgram {
    private static let name = "akin-fetch"

    private let path: String

    /// Finds the program: beside this one, then on the path of the environment.
    ///
    /// - Throws: `AkinError` if it is not there.
    init() throws {
        let own = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent().path
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let places = ([own].compactMap(\.self) + folders).map { $0 + "/" + Self.name }
        guard let place = places.first(where: FileManager.default.isExecutableFile) else {
            throw AkinError(
                .missingProgram,
                "Cannot fetch: the program '\(Self.name)' is neither beside 'akin' nor on the path. It comes with Akin: "
                    + "'make install' installs both.")
        }
        path = place
    }

    /// Turns this process into the program: it has the same streams, gets all signals, and its status is this one's.
    ///
    /// - Throws: `AkinError` if the system refuses.
    func replaceProcess(_ arguments: [String]) throws -> Never {
        // The ignored signals of a process are those of the program that it becomes.
        _ = signal(SIGXFSZ, SIG_DFL)
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        // SAFETY: the words are C strings that live until the process becomes the program, and a null ends their list.
        _ = unsafe execv(path, words)
        let reason = String(cString: strerror(errno))
        throw AkinError(.missingProgram, "Cannot run '\(path)': \(reason).")
    }

    /// How the program ended.
    enum End: Hashable {
        /// It exited with a status.
        case status(Int32)
        /// A signal ended it.
        case signal(Int32)
    }

    /// Runs the program to its end. It gets the signals that ask this process to end.
    ///
    /// - Throws: The system's error if the program cannot be started.
    func run(_ arguments: [String]) throws -> End {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let signals = [SIGINT, SIGTERM, SIGHUP]
        for number in signals { _ = signal(number, SIG_IGN) }
        let sources = signals.map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
        defer {
            for source in sources { source.cancel() }
            for number in signals { _ = signal(number, SIG_DFL) }
        }
        try process.run()
        let child = process.processIdentifier
        for (number, source) in zip(signals, sources) {
            source.setEventHandler { _ = kill(child, number) }
            source.resume()
        }
        process.waitUntilExit()
        return process.terminationReason == .exit
            ? .status(process.terminationStatus) : .signal(process.terminationStatus)
    }
}

extension AkinError.Code {
    /// A program that a command needs is not installed, or cannot be run.
    static let missingProgram = Self(rawValue: "missingProgram")
}
