import Foundation
import Measuring

/// Akin and its rival on the same papers, in turn.
struct Contest {
    let akin: String
    let papers: String
    let folder: String
    /// The rival's interpreter, if there is one.
    let python: String?
    private let rival = "Benchmarks/Rivals/fts5.py"

    init(akin: String, papers: String, folder: String) throws {
        self.akin = akin
        self.papers = papers
        self.folder = folder
        python = ["/usr/bin/python3", "/usr/local/bin/python3"].first(where: FileManager.default.isExecutableFile)
        if python == nil { print("python3 is absent: the rival is skipped") }
    }

    private var library: String { folder + "/library" }
    private var database: String { folder + "/papers.db" }

    func addAll(runs: Int, into table: inout Table) throws {
        for _ in 0..<runs {
            try? FileManager.default.removeItem(atPath: library)
            try? FileManager.default.removeItem(atPath: database)
            try table.record("add all", "akin", check(Command(akin, "add", papers, "--library", library, "-q")))
            if let python {
                try table.record("add all", "fts5", check(Command(python, rival, "index", papers, database)))
            }
        }
    }

    func addOne(runs: Int, into table: inout Table) throws {
        for run in 0..<runs {
            let paper = folder + "/paper-\(run).jsonl"
            let record = """
                {"id": "benchmark:\(run)", "title": "Paging attention caches to disk, part \(run)", "abstract": \
                "We keep the key-value cache of a long context on disk and read back what the next token attends to."}
                """
            try record.write(toFile: paper, atomically: true, encoding: .utf8)
            try table.record("add one", "akin", check(Command(akin, "add", paper, "--library", library, "-q")))
            if let python {
                try table.record("add one", "fts5", check(Command(python, rival, "add", paper, database)))
            }
        }
    }

    func query(_ words: [String], runs: Int, into table: inout Table) throws {
        for _ in 0..<runs {
            try table.record("version", "akin", check(Command(akin, "--version")))
            var search = Command(akin, "search", "--library", library)
            search.arguments += words
            try table.record("query", "akin", check(search))
            if let python {
                var query = Command(python, rival, "query", database)
                query.arguments += words
                try table.record("query", "fts5", check(query))
            }
        }
    }

    /// Runs a command, which must succeed and, if it is a search, print results.
    private func check(_ command: Command) throws -> Double {
        let outcome = try command.run()
        let isQuestion = ["search", "query"].contains(where: command.arguments.contains)
        guard outcome.status == 0, !isQuestion || outcome.output.split(separator: "\n").count >= 10 else {
            throw BenchmarkError(
                "\(command.executable) \(command.arguments.joined(separator: " ")) failed: \(outcome)"
            )
        }
        return outcome.seconds
    }
}
