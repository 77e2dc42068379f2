import Foundation

/// A program that is run as a whole process and timed from outside.
struct Command {
    var executable: String
    var arguments: [String]

    /// What a run cost and printed.
    struct Outcome {
        var seconds: Double
        var status: Int32
        var output: String
    }

    init(_ executable: String, _ arguments: String...) {
        self.executable = executable
        self.arguments = arguments
    }

    /// Runs the command once, from its start to its end.
    func run() throws -> Outcome {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        let clock = ContinuousClock()
        let start = clock.now
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let elapsed = clock.now - start
        return Outcome(
            seconds: elapsed / .seconds(1), status: process.terminationStatus,
            output: String(decoding: data, as: UTF8.self)
        )
    }
}
