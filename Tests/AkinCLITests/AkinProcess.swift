import Foundation
import TestSupport

/// The executable `akin`, run as a person would run it.
struct AkinProcess {
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String

        /// Standard output as a JSON object.
        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
        }
    }

    /// The executable.
    static let executable = builtPrograms.appending(path: "akin")

    /// Runs a command to its end.
    static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
        try run(arguments, environment: environment)
    }

    /// Runs a command to its end, in a folder if one is given.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil
    ) throws -> Outcome {
        try launch(executable, arguments, environment: environment, in: folder)
    }

    /// Runs a line of a shell to its end, in a folder. The shell finds `akin` on its path.
    static func shell(
        _ line: String, environment: [String: String] = [:], in folder: String? = nil
    ) throws -> Outcome {
        let path = executable.deletingLastPathComponent().path + ":/usr/bin:/bin"
        return try launch(
            URL(filePath: "/bin/sh"), ["-c", line], environment: environment.merging(["PATH": path]) { $1 }, in: folder)
    }

    private static func launch(
        _ program: URL, _ arguments: [String], environment: [String: String], in folder: String?
    ) throws -> Outcome {
        let process = Process()
        let output = Pipe()
        let errors = FileManager.default.temporaryDirectory.appending(path: "akin-errors-\(UUID().uuidString)")
        try Data().write(to: errors)
        defer { try? FileManager.default.removeItem(at: errors) }
        process.executableURL = program
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        process.environment = ["HOME": "/nonexistent", "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: String(decoding: data, as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        )
    }
}
