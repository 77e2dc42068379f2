import CProcess
import Foundation
import Measuring

/// Times our sentence encoder beside ONNX Runtime and PyTorch, with the same weights and tokens, in one run.
///
///     EncoderBenchmark PAPERS.jsonl
///
/// The environment names the program `EncoderWorker` in `WORKER` and the folder of the rivals' Python in `RIVALS`.
/// `ROUNDS`, 3 unless set, says how often everything is done; the median counts. Every measurement runs in a process of
/// its own, and one process works at a time.
@main
struct EncoderBenchmark {
    static func main() {
        print_line_by_line()
        signal(SIGPIPE, SIG_IGN)
        do {
            let environment = RunEnvironment(ProcessInfo.processInfo.environment)
            guard let papers = CommandLine.arguments.dropFirst().first, let worker = environment.text("WORKER") else {
                throw BenchmarkError("it needs a file of papers, and WORKER, the program that encodes")
            }
            let rivals = Rivals(
                environment: environment.text("RIVALS") ?? ".build/benchmarks/encoder-rivals",
                script: "encoder_worker.py")
            try EncoderRun(
                folder: environment.folder, worker: worker, rivals: rivals, rounds: environment.number("ROUNDS") ?? 3
            ).run(papers: papers)
        } catch {
            print("EncoderBenchmark: \(error)")
            exit(2)
        }
    }
}
