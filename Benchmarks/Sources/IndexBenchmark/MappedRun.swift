import BenchmarkVectors
import CProcess
import Foundation
import HNSW
import Measuring

/// Searches a mapped file of which memory holds a part only.
///
///     IndexBenchmark mapped             SETS or VECTORS name the vectors, else lsa-1m
///
/// It builds and saves an index, unless an earlier run has done so, and finds the least `ef` of recall@10 .95. Then
/// processes in memory cgroups of shares of the file's size map the file, after the system has forgotten it, and answer
/// queries one after another, from the file alone or with the parts that walks read copied into memory. Some of the
/// indexed vectors warm up, and the queries that were held out are measured.
struct MappedRun {
    private let settings: Settings

    /// The shares of the file's size that memory is limited to; `nil` for no limit.
    private static let shares: [Double?] = [nil, 0.5, 0.375, 0.25]

    private static let recall = 0.95
    private static let warmingQueries = 2_000
    private static let efforts = [10, 14, 20, 28, 40, 56, 80, 112, 160, 224]

    init(_ settings: Settings) {
        self.settings = settings
    }

    func run() throws {
        let folder = settings.folder.appending(path: "mapped")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard let entry = try SetEntry.chosen(by: settings, otherwise: "lsa-1m") else { return }
        let set = try entry.load(settings, folder: folder)
        let file = folder.appending(path: "\(set.name)-\(set.base.count).hnsw").path
        let ef = try leastEffort(on: set, file: file)
        let warming = folder.appending(path: "warming.npy")
        let step = max(1, set.base.count / Self.warmingQueries)
        try set.base.rows(stride(from: 0, to: set.base.count, by: step)).write(to: warming)
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
        print("  the file has \(size / 1_000_000) MB; ef \(ef)")
        print("  walks read  memory       QPS   mean ms    p50 ms    p99 ms   faults/query   reads/query   kB/query")
        for share in Self.shares {
            for copies in [false, true] {
                let limit = share.map { Int(Double(size) * $0) }
                try measure(file, [warming.path, set.queryFile.path], ef: ef, limit: limit, copies: copies)
            }
        }
    }

    /// The least `ef` of the recall. No mapping of the file outlives the call, so that the system can forget the file.
    private func leastEffort(on set: VectorSet, file: String) throws -> Int {
        let index = try self.index(of: set, file: file)
        let truth = try Truth(set, k: settings.k)
        for ef in Self.efforts {
            let lists = try index.search(forEach: set.queries.values, k: settings.k, ef: ef)
            let recall = try truth.recall(of: lists.neighbors.map { Int64($0.key) }, system: "akin")
            print(String(format: "  ef %d: recall@10 %.4f", ef, recall))
            if recall >= Self.recall { return ef }
        }
        throw BenchmarkError("no ef of \(Self.efforts) has recall \(Self.recall)")
    }

    private func index(of set: VectorSet, file: String) throws -> VectorIndex {
        if let index = try? VectorIndex(mapping: file), index.count == set.base.count { return index }
        var index = try VectorIndex(dimensions: set.base.dimensions, metric: set.metric.metric)
        let time = try Stopwatch.time {
            try index.add(set.base.values, keys: (0..<UInt64(set.base.count)).map { $0 })
        }
        try index.save(to: file)
        print(String(format: "  built in %.1f s", time.seconds))
        return try VectorIndex(mapping: file)
    }

    private func measure(_ file: String, _ queries: [String], ef: Int, limit: Int?, copies: Bool) throws {
        let group = limit.flatMap { MemoryGroup(limit: $0) }
        if let limit, group == nil {
            print("  without a limit of \(limit / 1_000_000) MB: no memory cgroup can be made here")
            return
        }
        defer { group?.remove() }
        unsafe forget_cached_file(file)
        let worker = Process()
        let answer = Pipe()
        worker.executableURL = URL(filePath: CommandLine.arguments[0])
        worker.arguments =
            ["mapped-worker", group?.processes ?? "", file] + queries
            + ["\(ef)", "\(settings.k)", copies ? "copies" : "maps"]
        worker.standardOutput = answer
        try worker.run()
        let text = String(decoding: answer.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        worker.waitUntilExit()
        let label =
            (copies ? "memory    " : "the file  ")
            + (limit.map { String(format: "%5d MB", $0 / 1_000_000) } ?? "no limit")
        print("  \(label) \(text.isEmpty ? "ended without an answer, for want of memory\n" : text)", terminator: "")
    }
}

/// The process that searches the mapped file.
enum MappedWorker {
    /// Joins a cgroup, unless its name is empty, searches for some vectors, and prints what searching for others took.
    static func run(
        group: String, file: String, warming: String, queries: String, ef: Int, k: Int, copies: Bool
    ) throws {
        if !group.isEmpty { try Data("0".utf8).write(to: URL(filePath: group)) }
        var index = try VectorIndex(mapping: file)
        if copies { index.copyWalkedPartsIntoMemory() }
        for (pass, path) in [warming, queries].enumerated() {
            let queries = try Vectors(file: URL(filePath: path))
            var milliseconds: [Double] = []
            let before = Counters()
            for row in 0..<queries.count {
                let query = queries.values.span.extracting(row * queries.dimensions..<(row + 1) * queries.dimensions)
                let start = ContinuousClock.now
                _ = try index.search(for: query, k: k, ef: ef)
                milliseconds.append((ContinuousClock.now - start) / .milliseconds(1))
            }
            if pass == 0 { continue }
            let after = Counters()
            let count = Double(queries.count)
            let total = milliseconds.reduce(0, +)
            milliseconds.sort()
            print(
                String(
                    format: "%9.0f %9.3f %9.3f %9.3f %14.2f %13.2f %10.1f", count / total * 1_000, total / count,
                    milliseconds[milliseconds.count / 2], milliseconds[milliseconds.count * 99 / 100],
                    Double(after.faults - before.faults) / count, Double(after.reads - before.reads) / count,
                    Double(after.bytes - before.bytes) / count / 1_000))
        }
    }

    /// What reading has cost so far.
    private struct Counters {
        /// The page faults of this process that waited for the disk.
        let faults = major_faults()
        /// The bytes that this process had the disk read.
        let bytes: Int
        /// The reads of all disks, those of other processes included.
        let reads: Int

        init() {
            let own = (try? String(contentsOfFile: "/proc/self/io", encoding: .utf8)) ?? ""
            bytes =
                own.split(separator: "\n").first { $0.hasPrefix("read_bytes:") }
                .flatMap { Int($0.split(separator: " ")[1]) } ?? 0
            let disks = (try? String(contentsOfFile: "/proc/diskstats", encoding: .utf8)) ?? ""
            reads = disks.split(separator: "\n").reduce(0) { sum, line in
                let fields = line.split(separator: " ")
                return sum + (fields.count > 3 ? Int(fields[3]) ?? 0 : 0)
            }
        }
    }
}

/// A memory cgroup below that of this process.
struct MemoryGroup {
    private let folder: String

    /// The file that a process joins the cgroup by.
    var processes: String { folder + "/cgroup.procs" }

    /// Makes a cgroup that may use a number of bytes; `nil` where none can be made.
    init?(limit: Int) {
        let own = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
        for line in own.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[1] == "memory" || parts[1].isEmpty else { continue }
            let isUnified = parts[1].isEmpty
            let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
            let folder = "\(root)\(parts[2] == "/" ? "" : parts[2])/akin-mapped-\(getpid())"
            let limitFile = isUnified ? "memory.max" : "memory.limit_in_bytes"
            guard (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)) != nil
            else { continue }
            if FileManager.default.fileExists(atPath: "\(folder)/\(limitFile)"),
                (try? Data("\(limit)".utf8).write(to: URL(filePath: "\(folder)/\(limitFile)"))) != nil
            {
                self.folder = folder
                return
            }
            unsafe rmdir(folder)
        }
        return nil
    }

    /// Removes the cgroup. Its processes must have ended.
    func remove() {
        unsafe rmdir(folder)
    }
}
