import Akin
import Foundation
import Synchronization

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

/// A program that comes with this one, so that this one need not link what it stands on.
struct CompanionProgram {
    /// `akin-fetch`, which does what needs a connection to another host.
    static func fetch() throws -> Self { try Self("akin-fetch", for: "fetch") }

    /// `akin-serve`, which answers browsers, programs and agents.
    static func serve() throws -> Self { try Self("akin-serve", for: "serve") }

    /// The process that gets the signals of this one; 0 for none.
    private static let child = Atomic<Int32>(0)

    private let path: String

    /// Finds the program: beside this one, then on the path of the environment.
    ///
    /// - Throws: `AkinError` if it is not there.
    private init(_ name: String, for purpose: String) throws {
        let own = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent().path
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let places = ([own].compactMap(\.self) + folders).map { $0 + "/" + name }
        guard let place = places.first(where: FileManager.default.isExecutableFile) else {
            throw AkinError(
                .missingProgram,
                "Cannot \(purpose): the program '\(name)' is neither beside 'akin' nor on the path. It comes with Akin: "
                    + "'make install' installs all.")
        }
        path = place
    }

    /// Turns this process into the program: it has the same streams, gets all signals, and its status is this one's.
    ///
    /// - Throws: `AkinError` if the system refuses.
    func replaceProcess(_ arguments: [String]) throws -> Never {
        // The ignored signals of a process are those of the program that it becomes.
        _ = signal(SIGXFSZ, SIG_DFL)
        // SAFETY: the words are C strings that live until the process becomes the program, and a null ends their list.
        let words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
        _ = unsafe execv(path, words)
        throw AkinError(.missingProgram, "Cannot run '\(path)': \(POSIXError(.init(rawValue: errno) ?? .EIO)).")
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
        Self.child.store(0, ordering: .relaxed)
        for number in signals {
            _ = signal(number) { number in
                let child = CompanionProgram.child.load(ordering: .relaxed)
                if child > 0 { kill(child, number) }
            }
        }
        defer {
            for number in signals { _ = signal(number, SIG_DFL) }
        }
        try process.run()
        Self.child.store(process.processIdentifier, ordering: .relaxed)
        process.waitUntilExit()
        return process.terminationReason == .exit
            ? .status(process.terminationStatus) : .signal(process.terminationStatus)
    }
}

extension AkinError.Code {
    /// A program that a command needs is not installed, or cannot be run.
    static let missingProgram = Self(rawValue: "missingProgram")
}
