import CProcess
import Foundation

/// A program that is run as a whole process and timed from outside.
package struct Command {
    package var executable: String
    package var arguments: [String]

    /// What a run cost and printed.
    package struct Outcome {
        package var seconds: Double
        package var cpuSeconds: Double
        package var status: Int32
        package var output: String
    }

    package init(_ executable: String, _ arguments: String...) {
        self.executable = executable
        self.arguments = arguments
    }

    /// Runs the command once, from its start to its end.
    package func run() throws -> Outcome {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        let clock = ContinuousClock()
        let start = clock.now
        let cpuStart = cpu_seconds_of_ended_processes()
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let elapsed = clock.now - start
        return Outcome(
            seconds: elapsed / .seconds(1), cpuSeconds: cpu_seconds_of_ended_processes() - cpuStart,
            status: process.terminationStatus,
            output: String(decoding: data, as: UTF8.self)
        )
    }
}
