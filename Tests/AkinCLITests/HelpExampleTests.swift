import EncoderTestSupport
import Foundation
import TestSupport
import Testing

@Suite("The examples in help texts")
struct HelpExampleTests {
    @Test
    func `each example of each command parses and ends with status 0 or 1`() throws {
        try TemporaryFolder.with { folder in
            try makeFiles(in: folder)
            // The examples name bundled papers as well as the papers of the files.
            let library = folder + "/papers"
            try #require(try AkinProcess.run("demo", "-q", "--library", library).status == 0)
            let added = try AkinProcess.run(
                "add", "-q", folder + "/papers.jsonl", "--vectors", folder + "/minilm.npy", "--space", "minilm",
                "--library", library)
            try #require(added.status == 0, "\(added.errors)")
            let untouched = folder + "/untouched"
            try FileManager.default.copyItem(atPath: library, toPath: untouched)

            var count = 0
            for command in try commands() {
                // What talks to services or databases is tested with one of the test's own, and a server runs until it
                // is stopped.
                for example in try examples(of: command)
                where !example.contains("akin fetch") && !example.hasPrefix("akin serve")
                    && !example.contains("postgres://")
                {
                    // No example sees what another one did to the library.
                    try FileManager.default.removeItem(atPath: library)
                    try FileManager.default.copyItem(atPath: untouched, toPath: library)
                    let outcome = try AkinProcess.shell(
                        example, environment: ["HOME": folder, "AKIN_LIBRARY": library], in: folder)
                    #expect([0, 1].contains(outcome.status), "\(example): \(outcome.errors)")
                    count += 1
                }
            }
            #expect(count >= 30, "There were \(count) examples.")
        }
    }

    @Test
    func `each command that takes an argument has an example`() throws {
        for command in try commands() where try usage(of: command).contains(where: { $0.hasPrefix("<") }) {
            #expect(try !examples(of: command).isEmpty, "akin \(command.joined(separator: " "))")
        }
    }

    @Test
    func `the help of add explains each value of --format`() throws {
        let help = try help(["add"])
        let lines = help.drop { $0 != "FORMATS" }.dropFirst().prefix { !$0.isEmpty }
        let explained = lines.filter { !$0.hasPrefix("   ") }.map { String($0.dropFirst(2).prefix { $0 != " " }) }
        let words = help.joined(separator: " ").split(separator: " ").joined(separator: " ")
        let values = try #require(words.firstMatch(of: /values: ([a-z, ]+);/)).1.split(separator: ", ")
        #expect(explained == values.map(String.init).filter { $0 != "auto" })
    }

    @Test
    func `no line of a help text is broken`() throws {
        for command in try commands() {
            // Lists and examples are indented and end with an empty line. The rest of a broken line is not indented.
            let lines = try help(command).prefix { !$0.hasPrefix("USAGE:") }
            for (line, next) in zip(lines, lines.dropFirst()) where line.hasPrefix("  ") {
                #expect(next.isEmpty || next.hasPrefix("  "), "akin \(command.joined(separator: " ")): \(line)")
            }
        }
    }

    // MARK: - Reading help texts

    private func help(_ command: [String]) throws -> [Substring] {
        let help = try AkinProcess.run(command + ["--help"])
        try #require(help.status == 0, "akin \(command.joined(separator: " ")) --help")
        return help.output.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The words of a command's usage that are no options, such as `<file>`; none for a group of commands.
    private func usage(of command: [String]) throws -> [Substring] {
        let line = try #require(try help(command).first { $0.hasPrefix("USAGE: akin") })
        var depth = 0
        return line.split(separator: " ").filter { word in
            depth += word.count { $0 == "[" }
            defer { depth -= word.count { $0 == "]" } }
            return depth == 0 && word != "<subcommand>"
        }
    }

    /// The subcommands that the help of a command lists.
    private func subcommands(of command: [String]) throws -> [[String]] {
        var names: [[String]] = []
        var isListing = false
        for line in try help(command) {
            if line.hasSuffix("SUBCOMMANDS:") {
                isListing = true
            } else if line.isEmpty {
                isListing = false
            } else if isListing, line.dropFirst(2).first != " " {
                names.append(command + [String(line.dropFirst(2).prefix { $0 != " " })])
            }
        }
        return names
    }

    /// All commands: the program itself, its subcommands and theirs.
    private func commands() throws -> [[String]] {
        var all: [[String]] = [[]]
        var next = 0
        while next < all.count {
            all += try subcommands(of: all[next])
            next += 1
        }
        try #require(all.count > 10)
        return all
    }

    /// The example lines of a help text, without the comments that follow several spaces.
    private func examples(of command: [String]) throws -> [String] {
        try help(command).filter { $0.hasPrefix("  akin ") }.map { line in
            let text = line.dropFirst(2)
            return String(text.firstRange(of: "   ").map { text[..<$0.lowerBound] } ?? text)
        }
    }

    // MARK: - Files that the examples name

    private func makeFiles(in folder: String) throws {
        func write(_ text: String, _ name: String) throws {
            let url = URL(filePath: folder + "/" + name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: url, atomically: true, encoding: .utf8)
        }
        let subjects = ["long context attention", "mixture of experts", "speech recognition"]
        let papers = (0..<30).map { number in
            let subject = subjects[number % 3]
            return """
                {"id": "p\(number)", "title": "Part \(number) on \(subject)", "abstract": "We study \(subject) here."}

                """
        }
        for name in ["papers.jsonl", "more.jsonl", "few.jsonl", "field.jsonl", "papers.json"] {
            try write(papers.joined(), name)
        }
        let page = (0..<3).map { "Title \($0)\n\n" + String(repeating: "We study long context attention. ", count: 10) }
            .joined(separator: "\n\n")
        try write(page, "saved-page.txt")
        try write("@article{reader2021, title = {On context}, author = {Reader, Ada}, year = 2021}\n", "library.bib")
        try write("name,year\nOn context,2021\nOn speech,2022\n", "table.csv")
        try write("TY  - JOUR\nTI  - On context\nER  - \n", "exports/export.ris")
        let pair = "{\"sentence1\": \"long context\", \"sentence2\": \"context\", \"score\": "
        for name in ["sts", "stsbenchmark"] { try write(pair + "1}\n" + pair + "2}\n", name + "/test.jsonl") }
        try write("p0\tattention\n", "miracl-v1.0-sw/topics/topics.miracl-v1.0-sw-dev.tsv")
        try write("p0\tQ0\tp3\t1\n", "miracl-v1.0-sw/qrels/qrels.miracl-v1.0-sw-dev.tsv")
        try write("{\"docid\": \"p3\", \"text\": \"attention\"}\n", "miracl-v1.0-sw/docs-0.jsonl")
        try write("{\"query\": \"attention\", \"corpusids\": [3]}\n", "litsearch/query.jsonl")
        try write("{\"corpusid\": 3, \"title\": \"Attention\"}\n", "litsearch/corpus_clean.jsonl")
        for name in ["cranfield", "med", "cocitation", "nfcorpus"] {
            try write(papers.joined(), name + "/corpus.jsonl")
            // The id of the query is that of a paper, so that both tasks can ask it.
            try write("{\"_id\": \"p0\", \"text\": \"attention\"}\n", name + "/queries.jsonl")
            try write("p0\tp3\t1\n", name + "/qrels/test.tsv")
        }
        for (name, rows) in [("minilm.npy", 30), ("question.npy", 1)] {
            var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows), 3), }"
            header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
            var file = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, UInt8(header.utf8.count), 0])
            file += Data(header.utf8)
            for number in 0..<rows {
                for axis in 0..<3 {
                    let bits = Float(axis == number % 3 ? 2 : 1).bitPattern
                    file += (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
                }
            }
            try file.write(to: URL(filePath: folder + "/" + name))
        }
        for name in ["all-MiniLM-L6-v2", "e5-small-v2"] {
            try ModelFiles(isCrossEncoder: false).write(to: folder + "/models/" + name)
        }
        for name in ["new.run", "old.run"] { try write("p0 Q0 p3 1 1.0 tag\n", name) }
    }
}
