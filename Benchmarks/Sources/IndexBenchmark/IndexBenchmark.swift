import CProcess
import Foundation
import Measuring
import VectorFiles

/// Builds and searches Akin's vector index and those of other libraries on the same vectors, side by side.
///
///     IndexBenchmark                    the run that the environment asks for, see ``Settings``
///     IndexBenchmark worker SYSTEM      one index of ours, for the run
///
/// Every index lives in a process of its own, and one process works at a time. Each index is built once. Then the
/// searches take turns, one point of each system after another. There are three rounds, and the best counts. Recall is
/// measured against an exact scan.
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
}
