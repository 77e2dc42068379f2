import Foundation
import Measuring

/// All measurements of all systems.
final class EncoderRun {
    private let folder: URL
    private let worker: String
    private let rivals: Rivals
    private let rounds: Int
    private var absent = AbsentSystems()
    private var versions: [String: String] = [:]
    private var times: [Measure: [EncodeTime]] = [:]

    private static let systems = ["akin-int8", "akin-float32", "onnx-int8", "onnx-float32", "torch"]
    private static let threads = [1, 2]
    private static let reference = "torch"

    private struct Measure: Hashable {
        var system: String
        var set: String
        var threads: Int
    }

    init(folder: URL, worker: String, rivals: Rivals, rounds: Int) {
        self.folder = folder.appending(path: "encoders")
        self.worker = worker
        self.rivals = rivals
        self.rounds = rounds
    }

    func run(papers: String) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        print(machineDescription())
        let _: PrepareAnswer = try rivals.worker(of: "model", threads: 2, folder: folder)
            .ask(EncodeRequest(command: "prepare", folder: folder.path, papers: papers))
        for system in Self.systems { encode("papers", by: system, threads: 1, batches: [1], passes: 1) }
        for round in 1...rounds {
            print("round \(round)")
            for threads in Self.threads {
                for system in Self.systems {
                    // Calls of one text waste no padding, and calls of many share each read of the weights.
                    let batches = system.hasPrefix("akin") ? [1000] : [1, 32]
                    encode("documents", by: system, threads: threads, batches: batches, passes: 2)
                    encode("questions", by: system, threads: threads, batches: [1], passes: 5)
                }
            }
        }
        try publish()
    }

    /// Measures a system, with the fastest of some sizes of calls. One that fails is named and left out.
    private func encode(_ set: String, by system: String, threads: Int, batches: [Int], passes: Int) {
        guard !absent.contains(system) else { return }
        do {
            var fastest: EncodeTime?
            for batch in batches {
                let request = EncodeRequest(
                    folder: folder.path, set: set, threads: threads, batch: batch, passes: passes,
                    vectors: vectors(set, system).path)
                let answer: EncodeAnswer = try self.worker(of: system, threads: threads).ask(request)
                versions[system] = answer.version
                let time = EncodeTime(
                    seconds: answer.seconds, cpuSeconds: answer.cpuSeconds, peakBytes: answer.peakBytes, batch: batch)
                if time.seconds < fastest?.seconds ?? .infinity { fastest = time }
            }
            guard let fastest else { return }
            times[Measure(system: system, set: set, threads: threads), default: []].append(fastest)
            print(
                String(
                    format: "  %@ %@, threads %d: %.3f s, %.3f s of processor time, %@ MB, calls of %d", system, set,
                    threads, fastest.seconds, fastest.cpuSeconds, megabytes(fastest.peakBytes), fastest.batch))
        } catch {
            absent.leaveOut(system, "\(error)")
        }
    }

    private func worker(of system: String, threads: Int) throws -> Worker {
        guard system.hasPrefix("akin-") else {
            return try rivals.worker(of: system, threads: threads, folder: folder)
        }
        return try Worker(worker, [String(system.dropFirst(5))], threads: threads, folder: folder)
    }

    private func vectors(_ set: String, _ system: String) -> URL {
        folder.appending(path: "\(set)-\(system).npy")
    }

    // MARK: - Reporting

    private func publish() throws {
        var report = EncoderReport(date: today(), revision: revision, machine: machineDescription(), rounds: rounds)
        report.systems = try Self.systems.filter { !absent.contains($0) }.map(self.report)
        print(report)
        absent.printAll()
        let file = folder.deletingLastPathComponent().appending(path: "encoders.json")
        try report.writeResults(to: file)
        print("all figures: \(file.relativePath)")
    }

    private func report(on system: String) throws -> SystemReport {
        var report = SystemReport(system: system, version: versions[system] ?? "")
        for threads in Self.threads {
            if let all = times[Measure(system: system, set: "documents", threads: threads)] {
                report.documentsPerSecond[threads] = Double(Self.documents) / all.median(\.seconds).seconds
                report.documentsPerCPUSecond[threads] = Double(Self.documents) / all.median(\.cpuSeconds).cpuSeconds
                report.peakBytes = max(report.peakBytes, all.map(\.peakBytes).max() ?? 0)
            }
            if let all = times[Measure(system: system, set: "questions", threads: threads)] {
                report.questionMilliseconds[threads] = 1000 * all.median(\.seconds).seconds / Double(Self.questions)
            }
        }
        guard !absent.contains(Self.reference) else { return report }
        let cosines = try cosines(of: vectors("papers", system), vectors("papers", Self.reference))
        report.leastCosine = cosines.min()
        report.meanCosine = cosines.reduce(0, +) / Double(cosines.count)
        return report
    }

    /// How many texts the sets have.
    private static let documents = 100
    private static let questions = 50

    /// The cosines of the rows of two files of NumPy's format, of 384 floats and length 1.
    private func cosines(of a: URL, _ b: URL) throws -> [Double] {
        let (a, b) = try (floats(of: a), floats(of: b))
        guard a.count == b.count, !a.isEmpty else { throw BenchmarkError("vectors of two sizes do not compare") }
        return stride(from: 0, to: a.count, by: 384).map { row in
            (row..<row + 384).reduce(0) { $0 + Double(a[$1]) * Double(b[$1]) }
        }
    }

    /// The values of a file, whose header is as long as its ninth and tenth byte say.
    private func floats(of file: URL) throws -> [Float] {
        let bytes = [UInt8](try Data(contentsOf: file))
        let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
        return stride(from: start, to: bytes.count, by: 4).map { place in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) })
        }
    }

    private func print(_ report: EncoderReport) {
        let table = TextTable(nameWidth: 16, cellWidth: 13)
        let heads = ["docs/s, 1", "docs/s, 2", "docs/cpu s, 1", "question, 1", "question, 2", "peak MB", "min cosine"]
        Swift.print("\n" + table.row("threads:", heads))
        for system in report.systems {
            func cell(_ value: Double?, _ format: String) -> String {
                value.map { String(format: format, $0) } ?? "–"
            }
            Swift.print(
                table.row(
                    system.system,
                    [
                        cell(system.documentsPerSecond[1], "%.1f"), cell(system.documentsPerSecond[2], "%.1f"),
                        cell(system.documentsPerCPUSecond[1], "%.1f"),
                        cell(system.questionMilliseconds[1], "%.2f ms"),
                        cell(system.questionMilliseconds[2], "%.2f ms"),
                        megabytes(system.peakBytes), cell(system.leastCosine, "%.6f"),
                    ]))
        }
    }

    private func print(_ text: String) { Swift.print(text) }
}
