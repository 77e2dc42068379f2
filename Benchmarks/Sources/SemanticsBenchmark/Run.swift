import Foundation
import Measuring

/// All stages of all systems on the papers of one file.
final class Run {
    private let settings: Settings
    private let file: URL
    /// The folder of the matrix, the library and other files during the run.
    private let scratch: URL
    private var report: Report
    private var request: StageRequest
    private var rows: [[Measurement]] = []
    /// The libraries that were made, by their number of papers.
    private var additions: [Int: [LibraryMeasurement]] = [:]

    /// Up to this many papers a stage may take milliseconds. Everything is then done three times, and the median
    /// counts.
    private static let repeatedCount = 20_000

    init(_ settings: Settings, papers: String) throws {
        self.settings = settings
        scratch = settings.folder.appending(path: "lsa-scratch")
        try? FileManager.default.removeItem(at: scratch)
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        file = URL(filePath: papers)
        report = Report(file: file, rank: settings.rank, threads: settings.threads)
        request = StageRequest(
            command: "", file: file.path, papers: 0, folder: scratch.path, rank: settings.rank,
            threads: settings.threads,
            sample: settings.sample, passes: settings.passes
        )
    }

    func run() throws {
        defer { try? FileManager.default.removeItem(at: scratch) }
        if let limit = settings.limit { request.file = try shortened(to: limit) }
        print("\n\(file.lastPathComponent); \(report.machine)")
        try prepare()
        print("\(report.papers) papers, \(report.terms) terms, \(report.entries) entries of the matrix")
        let rounds = report.papers <= Self.repeatedCount ? 3 : 1
        for round in 0..<rounds {
            if round > 0 { try keep(ours(["text"])) }
            rival("scikit-learn-randomized", ["text"])
            try decompose()
            try library()
            for system in ["bm25s", "fts5"] { rival(system, ["index", "query"]) }
            if round == 0 {
                rival("minilm", ["embed", "query"])
                try verify()
            }
        }
        report.stages = rows.map { $0.median(\.seconds) }.sorted()
        report.library = additions.sorted { $0.key < $1.key }.map { $0.value.median(\.seconds) }
        try processes()
        try publish()
    }

    private func publish() throws {
        Tables(report: report).print()
        let name = file.deletingPathExtension().lastPathComponent
        for name in ["lsa-\(name)", "lsa"] {
            try report.writeResults(to: settings.folder.appending(path: name + ".json"))
        }
        let picture = settings.folder.appending(path: "lsa-\(name).svg")
        try Chart(report: report).write(to: picture)
        print("\nall figures: \(settings.folder.relativePath)/lsa-\(name).json and .svg, and lsa.json")
    }

    // MARK: - Papers

    /// Writes the first records of the file to another.
    private func shortened(to limit: Int) throws -> String {
        let part = scratch.appending(path: "papers-\(limit).jsonl")
        let data = try Data(contentsOf: file, options: .alwaysMapped)
        var end = data.startIndex
        for _ in 0..<limit {
            guard let newline = data[end...].firstIndex(of: UInt8(ascii: "\n")) else {
                end = data.endIndex
                break
            }
            end = newline + 1
        }
        try data[..<end].write(to: part)
        return part.path
    }

    /// Makes the matrix, and notes the number of papers and terms.
    private func prepare() throws {
        let answer = try ours(["text"])
        guard let rowCount = answer.rowCount, let columnCount = answer.columnCount else {
            throw BenchmarkError("there is no matrix")
        }
        request.papers = rowCount
        request.rowCount = rowCount
        request.columnCount = columnCount
        request.queries = try queries(titles: answer.titles ?? [])
        report.papers = rowCount
        report.terms = columnCount
        report.entries = answer.nnz ?? 0
        keep(answer)
    }

    /// Questions from a file, or the titles.
    private func queries(titles: [String]) throws -> [String] {
        struct Query: Decodable {
            var text: String
        }
        guard let file = settings.queryFile else {
            report.queries = "titles of the papers"
            return Array(titles.prefix(settings.queryCount))
        }
        report.queries = URL(filePath: file).deletingLastPathComponent().lastPathComponent
        return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").prefix(settings.queryCount)
            .map { try JSONDecoder().decode(Query.self, from: Data($0.utf8)).text }
    }

    // MARK: - Stages

    private func decompose() throws {
        for system in ["akin"] + settings.systems.filter({ $0.hasPrefix("scikit-learn") || $0.hasPrefix("gensim") }) {
            request.vectors = scratch.appending(path: "\(system).vectors").path
            var answer: StageAnswer
            if system == "akin" {
                answer = try ours(["decompose"])
            } else if let found = faster(system, ["decompose"]) {
                answer = found
            } else {
                continue
            }
            let judged = try ours(["judge"])
            if let row = answer.rows.firstIndex(where: { $0.stage == .svd }) {
                answer.rows[row].energy = judged.energy
                answer.rows[row].deviation = judged.deviation
            }
            keep(answer)
        }
    }

    private func library() throws {
        let small = settings.smallLibrary
        if report.papers >= 2 * small {
            let whole = request.file
            request.file = try shortened(to: small)
            note(try ours(["add"]).library)
            request.file = whole
        }
        let answer = try ours(["add"])
        note(answer.library)
        keep(answer)
        keep(try ours(["store"]))
        keep(try ours(["embed"]))
        keep(try ours(["query"]))
    }

    private func note(_ measurement: LibraryMeasurement?) {
        guard let measurement else { return }
        additions[measurement.papers, default: []].append(measurement)
    }

    /// Lets SciPy compute the energy of our vectors too.
    private func verify() throws {
        request.vectors = scratch.appending(path: "akin.vectors").path
        guard let energy = rows.joined().first(where: { $0.stage == .svd && $0.system == "akin" })?.energy,
            let other = asked("scipy", ["verify"])?.rows.first?.energy
        else { return }
        guard abs(energy - other) < 1e-5 else {
            throw BenchmarkError("SciPy finds that our vectors capture \(other), not \(energy)")
        }
        print("  SciPy finds the same energy of our vectors: \(other)")
    }

    // MARK: - Whole processes

    /// Times `akin` from its start to its end.
    private func processes() throws {
        guard let akin = settings.akin else { return }
        let library = AkinWorker.libraryPath(request)
        func median(_ measure: String, runs: Int, _ command: (Int) throws -> Command) throws {
            let outcomes = try (0..<runs).map { run in
                let outcome = try command(run).run()
                guard outcome.status == 0, !outcome.output.isEmpty else {
                    throw BenchmarkError("\(measure) failed with status \(outcome.status): \(outcome.output)")
                }
                return outcome
            }
            report.library.append(
                LibraryMeasurement(
                    measure: measure, papers: report.papers, seconds: outcomes.median(\.seconds).seconds,
                    cpuSeconds: outcomes.median(\.cpuSeconds).cpuSeconds))
        }
        try median("version", runs: settings.processRuns) { _ in Command(akin, "--version") }
        try median("search", runs: settings.processRuns) { run in
            Command(akin, "search", "--library", library, request.queries[run * 7 % request.queries.count])
        }
        try median("add one", runs: settings.additionRuns) { run in
            let paper = scratch.appending(path: "paper-\(run).jsonl")
            let record = """
                {"id": "benchmark:\(run)", "title": "Paging attention caches to disk, part \(run)", "abstract": \
                "We keep the key-value cache of a long context on disk and read back what the next token attends to."}
                """
            try Data(record.utf8).write(to: paper)
            return Command(akin, "add", paper.path, "--library", library)
        }
    }

    // MARK: - Workers

    private func ours(_ commands: [String]) throws -> StageAnswer {
        try answer(
            of: Worker(CommandLine.arguments[0], ["worker"], threads: settings.threads, folder: scratch), commands)
    }

    private func rival(_ system: String, _ commands: [String]) {
        guard settings.systems.contains(system), let answer = asked(system, commands) else { return }
        keep(answer)
    }

    /// The answer of a rival with all threads or with one, whichever is faster at the first stage: threads of linear
    /// algebra can cost more than they gain. The request then names the vectors of the faster one.
    private func faster(_ system: String, _ commands: [String]) -> StageAnswer? {
        let answers = Set([settings.threads, 1]).sorted(by: >).compactMap { threads in
            request.vectors = scratch.appending(path: "\(system)-\(threads).vectors").path
            return asked(system, commands, threads: threads).map { (answer: $0, vectors: request.vectors) }
        }
        guard let best = answers.min(by: { $0.answer.rows[0].seconds < $1.answer.rows[0].seconds }) else { return nil }
        request.vectors = best.vectors
        return best.answer
    }

    /// The answer of a rival; `nil` if it fails. It is then named and left out.
    private func asked(_ system: String, _ commands: [String], threads: Int? = nil) -> StageAnswer? {
        guard !report.absent.contains(system) else { return nil }
        do {
            let worker = try settings.rivals.worker(
                of: system, threads: threads ?? settings.threads, folder: scratch)
            var answer = try self.answer(of: worker, commands)
            for row in answer.rows.indices { answer.rows[row].threads = threads ?? settings.threads }
            return answer
        } catch {
            report.absent.leaveOut(system, "\(error)")
            return nil
        }
    }

    private func answer(of worker: Worker, _ commands: [String]) throws -> StageAnswer {
        var last = StageAnswer()
        var rows: [Measurement] = []
        for command in commands {
            request.command = command
            last = try worker.ask(request)
            rows += last.rows
        }
        last.rows = rows
        return last
    }

    private func keep(_ answer: StageAnswer) {
        for row in answer.rows {
            print(
                String(
                    format: "  %@ %@ %.4g s (%.4g s of processor time)", row.stage.rawValue, row.system, row.seconds,
                    row.cpuSeconds))
            if let place = rows.firstIndex(where: { $0[0].stage == row.stage && $0[0].system == row.system }) {
                rows[place].append(row)
            } else {
                rows.append([row])
            }
        }
    }
}
