import CProcess
import Foundation
import Measuring

/// Times the stages from papers to answers, of Akin beside other libraries.
///
///     SemanticsBenchmark PAPERS.jsonl…      the run that the environment asks for, see ``Settings``
///     SemanticsBenchmark worker             one stage of ours, for the run
///
/// Every stage runs in a process of its own, and one process works at a time. All decompositions get the same matrix,
/// and the energy of each is computed by the same product.
@main
struct SemanticsBenchmark {
    static func main() {
        print_line_by_line()
        signal(SIGPIPE, SIG_IGN)
        do {
            let arguments = CommandLine.arguments.dropFirst()
            if arguments == ["worker"] {
                try AkinWorker().run()
            } else {
                if arguments.isEmpty { print("skipped, for there are no papers to read: PAPERS=file.jsonl names some") }
                let settings = try Settings(environment: ProcessInfo.processInfo.environment)
                for file in arguments { try Run(settings, papers: file).run() }
            }
        } catch {
            print("SemanticsBenchmark: \(error)")
            exit(2)
        }
    }
}
