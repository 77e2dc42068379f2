import Foundation
import TestSupport
import Testing

@Suite("Input without a bound")
struct BoundedInputTests {
    @Test
    func `two hundred thousand bad lines are counted, and the first thousand named`() throws {
        try TemporaryFolder.with { folder in
            let bad = String(repeating: "not json\n", count: 200_000)
            try (bad + #"{"title": "A good paper"}"#).write(
                toFile: folder + "/bad.jsonl", atomically: true, encoding: .utf8)
            let library = folder + "/library"
            let outcome = try AkinProcess.run("add", folder + "/bad.jsonl", "--library", library, "--json")
            let report = try outcome.json()
            #expect(report["added"] as? Int == 1)
            #expect((report["skipped"] as? [Any])?.count == 1_000)
            #expect(report["furtherSkipped"] as? Int == 199_000)
            let text = try AkinProcess.run("add", folder + "/bad.jsonl", "--library", library)
            #expect(text.output.contains("200000 skipped"))
            #expect(text.errors.contains("and 199980 more skipped records; --json lists the first 1,000"))
        }
    }

    @Test
    func `sparse files of exabytes end no command`() throws {
        try TemporaryFolder.with { folder in
            // Few volumes have files as long; that of shared memory does.
            let made = try AkinProcess.shell(
                "d=$(mktemp -d -p /dev/shm) && "
                    + "truncate -s 4E $d/a.jsonl && truncate -s 5E $d/b.jsonl && echo $d")
            let shared = String(made.output.split(separator: "\n").last ?? "")
            guard made.status == 0, shared.hasPrefix("/dev/shm/") else { return }
            defer { try? FileManager.default.removeItem(atPath: shared) }
            for files in [["/a.jsonl"], ["/a.jsonl", "/b.jsonl"]] {
                let outcome = try AkinProcess.run(
                    ["add"] + files.map { shared + $0 } + ["--library", folder + "/library"])
                #expect(outcome.status == 2)
                #expect(outcome.errors.hasPrefix("akin: "), "\(outcome.errors)")
            }
        }
    }

    @Test
    func `lines keep their numbers behind many blank ones, and records behind many others`() throws {
        try TemporaryFolder.with { folder in
            let blank = String(repeating: "\n", count: 300_000)
            try (blank + "x\n").write(toFile: folder + "/a.jsonl", atomically: true, encoding: .utf8)
            let lines = try AkinProcess.run("add", folder + "/a.jsonl", "--library", folder + "/l")
            #expect(lines.errors.contains("a.jsonl:300001: not JSON at 300001:1"))
            let records = "[" + String(repeating: "1,\n", count: 150_000) + "{\"title\": \"A good paper\"}]"
            try records.write(toFile: folder + "/a.json", atomically: true, encoding: .utf8)
            let outcome = try AkinProcess.run(
                "add", folder + "/a.json", "--format", "json", "--library", folder + "/l", "--json")
            #expect(try outcome.json()["added"] as? Int == 1)
            #expect(try outcome.json()["furtherSkipped"] as? Int == 149_000)
        }
    }

    @Test
    func `a question of twenty thousand words or ids is answered`() throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            try #"{"title": "A good paper"}"#.write(toFile: folder + "/a.jsonl", atomically: true, encoding: .utf8)
            _ = try AkinProcess.run("add", folder + "/a.jsonl", "--library", library)
            let words = (0..<20_000).map { String($0, radix: 36) }.joined(separator: " ")
            let ids = (0..<11_000).map { "2401.\(10_000 + $0)" }.joined(separator: " ")
            for question in [words + " good", ids + " good"] {
                let outcome = try AkinProcess.run("search", "--library", library, "--json", "--", question)
                #expect((try outcome.json()["results"] as? [Any])?.count == 1)
            }
        }
    }

    @Test
    func `the explanation of a long question adds up all bridges, in either direction`() throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            _ = try AkinProcess.run("demo", "--library", library)
            let list = try AkinProcess.run("list", "--library", library, "--json")
            let papers = try #require(list.json()["papers"] as? [[String: Any]])
            let abstracts = papers.compactMap { $0["abstract"] as? String }
            let words = abstracts.joined(separator: " ").split(separator: " ")
            let long = words.prefix(4_000).joined(separator: " ")
            for question in ["running big models with limited memory", long] {
                let arguments = ["search", "--explain-full", "--library", library, "-k", "1"]
                let text = try AkinProcess.run(arguments + ["--", question]).output
                let report = try AkinProcess.run(arguments + ["--json", "--", question]).json()
                let result = try #require((report["results"] as? [[String: Any]])?.first)
                let bridges = try #require((result["explanation"] as? [String: Any])?["bridging"] as? [[String: Any]])
                var shares: [Set<String>: Double] = [:]
                for bridge in bridges {
                    let pair = try #require(bridge["words"] as? [String]).map { $0.lowercased() }
                    shares[Set(pair), default: 0] += try #require(bridge["share"] as? Double)
                }
                let shown = shares.values.filter { $0 >= 0.0005 }.sorted(by: >).prefix(5)
                let rest = shares.values.reduce(0, +) - shown.reduce(0, +)
                let line = try #require(text.split(separator: "\n").first { $0.contains("bridging  ") })
                let numbers = line.split(separator: ",").compactMap { Double($0.split(separator: " ").last ?? "") }
                #expect(line.contains(" \(shares.count - shown.count) more "), "\(line)")
                #expect(numbers.count == shown.count + 1)
                #expect(zip(numbers, shown + [rest]).allSatisfy { abs($0 - $1) < 0.0006 }, "\(line)")
            }
        }
    }

    @Test
    func `a list in pieces is the list that adding reads back, in the form of one JSON object`() throws {
        try TemporaryFolder.with { folder in
            let library = folder + "/library"
            let papers = (0..<2_345).map { #"{"id": "p\#($0)", "title": "Paper number \#($0)"}"# }
            try papers.joined(separator: "\n").write(toFile: folder + "/a.jsonl", atomically: true, encoding: .utf8)
            _ = try AkinProcess.run("add", folder + "/a.jsonl", "--library", library)
            let outcome = try AkinProcess.run("list", "--library", library, "--json", "--category", "none")
            #expect(outcome.status == 1)
            let list = try AkinProcess.run("list", "--library", library, "--json")
            let ids = (try list.json()["papers"] as? [[String: Any]])?.compactMap { $0["id"] as? String }
            #expect(ids == (0..<2_345).map { "p\($0)" })
            #expect(try AkinProcess.run("list", "--library", library).output.split(separator: "\n").count == 2 * 2_345)
        }
    }
}
