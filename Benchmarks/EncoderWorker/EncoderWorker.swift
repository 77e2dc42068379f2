import Foundation
import SentenceEncoder
import VectorFiles

/// Our side of EncoderBenchmark: a process that encodes token ids with the network of all-MiniLM-L6-v2, and is asked as
/// the rivals in `Benchmarks/Rivals/encoder_worker.py` are.
///
///     EncoderWorker PRECISION
///
/// It reads the files that the rivals' `model` has prepared, and answers a JSON object a line with another.
@main
struct EncoderWorker {
    private struct Request: Decodable {
        var folder: String
        var set: String
        var threads: Int
        var batch: Int
        var passes: Int
        var vectors: String
    }

    private struct Answer: Encodable {
        var version: String
        var seconds: Double
        var cpuSeconds: Double
        var peakBytes: Int
    }

    static func main() throws {
        guard let precision = EncoderPrecision(rawValue: CommandLine.arguments.last ?? "") else { exit(2) }
        while let line = readLine() {
            let request = try JSONDecoder().decode(Request.self, from: Data(line.utf8))
            let answer = try JSONEncoder().encode(encode(request, precision))
            try FileHandle.standardOutput.write(contentsOf: answer + Data("\n".utf8))
        }
    }

    private static func encode(_ request: Request, _ precision: EncoderPrecision) throws -> Answer {
        let ids = try VectorFile(path: "\(request.folder)/\(request.set).npy")
        let sequences = try (0..<ids.count).map { try ids.vector(at: $0).filter { $0 >= 0 }.map { Int32($0) } }
        let network = try network(in: request.folder, precision)
        let width = network.shape.hiddenSize
        var rows: [Float] = []
        var fastest = (seconds: Double.infinity, cpuSeconds: 0.0)
        for _ in 0..<request.passes {
            rows = []
            let (start, cpuStart) = (ContinuousClock.now, clock())
            for first in stride(from: 0, to: sequences.count, by: request.batch) {
                rows += try network.embeddings(
                    of: Array(sequences[first..<min(first + request.batch, sequences.count)]), pooling: .mean,
                    dimensions: width, normalizes: true, threads: request.threads)
            }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let cpuSeconds = Double(clock() - cpuStart) / Double(CLOCKS_PER_SEC)
            if seconds < fastest.seconds { fastest = (seconds, cpuSeconds) }
        }
        let writer = try VectorFileWriter(path: request.vectors, dimensions: width)
        try writer.append(rows)
        try writer.finish()
        return Answer(
            version: EncoderKernelTable.best.name, seconds: fastest.seconds, cpuSeconds: fastest.cpuSeconds,
            peakBytes: peakBytes())
    }

    private static func network(in folder: String, _ precision: EncoderPrecision) throws -> TransformerNetwork {
        func path(_ name: String) -> String { "\(folder)/weights/\(name).npy" }
        return try TransformerNetwork(
            shape: NetworkShape(
                hiddenSize: 384, layerCount: 6, headCount: 12, intermediateSize: 1536, vocabularySize: 30_522,
                positionCount: 512),
            precision: precision, has: { FileManager.default.fileExists(atPath: path($0)) },
            weights: { name, _ in try VectorFile(path: path(name)).vectors() })
    }

    /// The most memory that was resident at once, with that of reading the weights.
    private static func peakBytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first).flatMap { Int($0) }.map { $0 * 1024 }
            ?? 0
    }
}
