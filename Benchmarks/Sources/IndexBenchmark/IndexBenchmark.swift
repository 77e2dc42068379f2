import CProcess
import Foundation
import VectorFiles

/// Builds and searches Akin's vector index and those of other libraries on the same vectors, side by side.
///
///     IndexBenchmark                    the run that the environment asks for, see ``Settings``
///     IndexBenchmark worker SYSTEM      one index of ours, for the run
///
/// Every index lives in a process of its own, and one process works at a time. Each is built once; then the searches take
/// turns, one point of each system after the other, in three rounds whose best counts. Recall is taken against an exact
/// scan.
@main
struct IndexBenchmark {
    static func main() {
        print_line_by_line()
        signal(SIGPIPE, SIG_IGN)
        do {
            let arguments = CommandLine.arguments
            if arguments.count == 3, arguments[1] == "worker" {
                var worker = try AkinWorker(system: arguments[2], version: revision)
                try worker.run()
            } else {
                try Run(Settings(environment: ProcessInfo.processInfo.environment)).run()
            }
        } catch {
            print("IndexBenchmark: \(error)")
            exit(2)
        }
    }

    /// The commit that was built, if it is known.
    private static var revision: String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "describe", "--always", "--dirty"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return "unknown" }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? "unknown" : text
    }
}
