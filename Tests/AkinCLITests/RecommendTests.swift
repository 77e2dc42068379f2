import Foundation
import TestSupport
import Testing

@Suite("Recommending papers in the terminal")
struct RecommendTests {
    /// Two subjects in sixty papers, the later ones newer.
    private static let papers = (0..<60).map { number in
        let words =
            number % 2 == 0 ? "pandas eat bamboo in cold forests" : "whales sing songs under deep water"
        return """
            {"id": "p\(number)", "title": "Report \(number) on \(words)", "abstract": "We count how many \(words), \
            place \(number).", "authors": ["Author \(number % 3)"], "year": \(1990 + number / 2)}

            """
    }.joined()

    private func withLibrary(
        _ body: (_ akin: (String...) throws -> AkinProcess.Outcome, _ library: String) throws -> Void
    ) throws {
        try TemporaryFolder.with { folder in
            let file = folder + "/papers.jsonl"
            try Self.papers.write(toFile: file, atomically: true, encoding: .utf8)
            let library = folder + "/library"
            try #require(try AkinProcess.run("add", file, "-q", "--library", library).status == 0)
            try body({ (arguments: String...) in try AkinProcess.run(arguments + ["--library", library]) }, library)
        }
    }

    @Test func `without liked papers the remedy is named, and read ones stand for them`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, library: String) throws in
            let nothing = try akin("recommend")
            #expect(nothing.status == 1 && nothing.output.isEmpty)
            #expect(nothing.errors.contains("`akin tag liked PAPER --library \(library)`"))
            #expect(try akin("recommend", "--from", "author:Nobody").errors.contains("No paper meets --from"))
            #expect(try akin("read", "p0", "p2").status == 0)
            let read = try akin("recommend", "-k", "3")
            #expect(read.status == 0 && read.output.contains("pandas"))
            #expect(read.errors.contains("Learned from the papers that were read"))
        }
    }

    @Test func `each paper has its terms and the nearest liked paper, new papers first`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, _: String) throws in
            #expect(try akin("tag", "liked", "p0", "p2", "p4").status == 0)
            let output = try akin("recommend", "-k", "5").output
            let lines = output.split(separator: "\n")
            #expect(lines[0].hasPrefix("1  ") && lines[0].contains("pandas"))
            let reasons = lines.filter { $0.contains("for ") && $0.contains("; near Report ") }
            #expect(reasons.count == 5 && reasons.allSatisfy { $0.contains("pandas") || $0.contains("bamboo") })
            let years = try akin("recommend", "-k5", "--format", "{year}").output.split(separator: "\n").map {
                Int($0) ?? 0
            }
            #expect(years.count == 5 && years.allSatisfy { $0 >= 2010 })
            #expect(try akin("recommend", "--titles", "-k", "2").output.split(separator: "\n").count == 2)
            #expect(try akin("recommend", "-k", "2", "--long").output.contains("We count how many pandas"))
        }
    }

    @Test func `conditions, unwanted papers and filters hold`() throws {
        try withLibrary { (akin: (String...) throws -> AkinProcess.Outcome, _: String) throws in
            #expect(try akin("tag", "to read", "p0", "p2", "p1").status == 0)
            let from = ["recommend", "--from", "tag:to read", "--from", "id:p4", "--recency", "0", "--json", "--all"]
            let json = try akin(from[0], from[1], from[2], from[3], from[4], from[5], from[6], from[7], from[8]).json()
            #expect(json["liked"] as? Int == 4 && json["candidates"] as? Int == 56)
            let against = try akin(
                "recommend", "--from", "title:pandas year:..1995", "--against", "title:whales year:..1995",
                "year:2000..",
                "-author:\"Author 1\"", "--json", "--all", "--recency", "0"
            ).json()
            let results = try #require(against["results"] as? [[String: Any]])
            #expect(against["against"] as? Int == 6 && !results.isEmpty && against["defaultExamples"] == nil)
            #expect(results.allSatisfy { ($0["year"] as? Int ?? 0) >= 2000 })
            #expect(results.allSatisfy { ($0["authors"] as? [String]) != ["Author 1"] })
            let titles = results.compactMap { $0["title"] as? String }
            let count = titles.count { $0.contains("pandas") }
            #expect(count > 0 && titles.prefix(count).allSatisfy { $0.contains("pandas") })
            let first = try #require(results.first)
            #expect((first["terms"] as? [[String: Any]])?.first?["word"] is String)
            #expect((first["nearest"] as? [String: Any])?["title"] is String)
            let unknown = try akin("recommend", "--from", "title:pandas year:..1995", "--venue", "Nowhere")
            #expect(unknown.status == 1 && unknown.errors.contains("No paper has the venue 'Nowhere'."))
        }
    }

    @Test(arguments: [
        ["-k", "-1"], ["--offset", "-1"], ["--recency", "1.5"], ["--recency", "nan"], ["--from", "(pandas"],
        ["--against", "\"\""], ["--sort", "age"], ["(pandas"],
    ])
    func `what cannot be meant is refused`(arguments: [String]) throws {
        try withLibrary { (_: (String...) throws -> AkinProcess.Outcome, library: String) throws in
            let outcome = try AkinProcess.run(["recommend", "--library", library] + arguments)
            #expect(outcome.status == 2 && outcome.errors.contains("Error:"), "\(arguments): \(outcome.errors)")
        }
    }
}
