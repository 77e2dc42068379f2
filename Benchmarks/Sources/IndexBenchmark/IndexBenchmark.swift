import CProcess
import Foundation
import Measuring

/// Builds and searches Akin's vector index and those of other libraries on the same vectors, side by side.
///
///     IndexBenchmark                    the run that the environment asks for, see ``Settings``
///     IndexBenchmark worker SYSTEM      one index of ours, for the run
///     IndexBenchmark mapped             a mapped file with little memory, see ``MappedRun``
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
            } else if arguments.count == 9, arguments[1] == "mapped-worker" {
                try MappedWorker.run(
                    group: arguments[2], file: arguments[3], warming: arguments[4], queries: arguments[5],
                    ef: Int(arguments[6]) ?? 0, k: Int(arguments[7]) ?? 0, copies: arguments[8] == "copies")
            } else {
                let settings = try Settings(environment: ProcessInfo.processInfo.environment)
                if arguments.dropFirst() == ["mapped"] {
                    try MappedRun(settings).run()
                } else {
                    try Run(settings).run()
                }
            }
        } catch {
            print("IndexBenchmark: \(error)")
            exit(2)
        }
    }
}
