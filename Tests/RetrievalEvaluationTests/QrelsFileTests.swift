import Foundation
import RetrievalEvaluation
import TestSupport
import Testing

@Suite("Qrels files")
struct QrelsFileTests {
    @Test(arguments: [
        "query-id\tcorpus-id\tscore\n1\tdoc a\t2\n1\tb\t0\n2\tc\t-1\n",
        "\u{FEFF}query-id\tcorpus-id\tscore\r\n1\tdoc a\t2\r\n\r\n1\tb\t0\r\n2\tc\t-1\r\n",
        "1\tdoc a\t2\n1\tb\t0\n2\tc\t-1",
    ])
    func `BEIR's form is read, with or without headings, byte order mark and carriage returns`(text: String) throws {
        try TemporaryFolder.with { folder in
            let qrels = try Qrels(beirFile: file("test.tsv", in: folder, text))
            #expect(qrels == Qrels(["1": ["doc a": 2, "b": 0], "2": ["c": -1]]))
        }
    }

    @Test func `TREC's form is read with any white space`() throws {
        try TemporaryFolder.with { folder in
            let qrels = try Qrels(trecFile: file("qrels", in: folder, "1 0 a 2\n1\t0\tb\t0\r\n\n  2   Q0 c 1\n"))
            #expect(qrels == Qrels(["1": ["a": 2, "b": 0], "2": ["c": 1]]))
        }
    }

    @Test func `What is written in TREC's form is read back`() throws {
        try TemporaryFolder.with { folder in
            let qrels = Qrels(["10": ["b": 2, "a": 0], "2": ["ü:1": -3]])
            let path = "\(folder)/qrels"
            try qrels.write(trecFile: path)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "10 0 a 0\n10 0 b 2\n2 0 ü:1 -3\n")
            #expect(try Qrels(trecFile: path) == qrels)
        }
    }

    @Test func `An id with a space cannot be written in TREC's form`() throws {
        try TemporaryFolder.with { folder in
            let error = try #require(throws: RetrievalEvaluationError.self) {
                try Qrels(["1": ["two words": 1]]).write(trecFile: "\(folder)/qrels")
            }
            #expect(error.code == .unwritableName)
            #expect(error.message.contains("'two words'"))
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/qrels"))
        }
    }

    @Test(arguments: [
        ("1\ta\t1\n1\tb\n", 2), ("1\ta\tone\n", 1),
        ("query-id\tcorpus-id\tscore\n\n1\ta\t1e300\n", 3),
        ("1\ta\tnan\n", 1), ("1\t\t1\n", 1),
        ("1\ta\t99999999999999999999\n", 1),
    ])
    func `A line that is not of BEIR's form is named`(text: String, line: Int) throws {
        let error = try error(text) { path throws(RetrievalEvaluationError) in _ = try Qrels(beirFile: path) }
        #expect(error.code == .malformedLine)
        #expect(error.line == line)
        #expect(error.description.contains("/file, line \(line): "))
    }

    @Test(arguments: [("1 0 a 1\n1 a 1\n", 2), ("1 0 a x\n", 1), ("1 0 a b 1\n", 1)])
    func `A line that is not of TREC's form is named`(text: String, line: Int) throws {
        let error = try error(text) { path throws(RetrievalEvaluationError) in _ = try Qrels(trecFile: path) }
        #expect(error.code == .malformedLine)
        #expect(error.line == line)
    }

    @Test func `A document judged twice for a query is named with both judgments`() throws {
        let error = try error("1 0 a 1\n2 0 a 1\n1 0 a 2\n") { path throws(RetrievalEvaluationError) in
            _ = try Qrels(trecFile: path)
        }
        #expect(error.code == .repeatedLine)
        #expect(error.line == 3)
        #expect(error.message.contains("(1, here 2)"))
    }

    @Test func `Fractional grades are read, counted and written`() throws {
        try TemporaryFolder.with { folder in
            let path = try file("qrels", in: folder, "1 0 a 0.5\n1 0 b 2.0\n1 0 c -1.25\n")
            let qrels = try Qrels(file: path)
            #expect(qrels["1"] == ["a": 0.5, "b": 2, "c": -1.25])
            #expect(qrels.fractionalCount == 2)
            try qrels.write(trecFile: path)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "1 0 a 0.5\n1 0 b 2\n1 0 c -1.25\n")
        }
    }

    @Test func `Several files together judge one collection, in either form`() throws {
        try TemporaryFolder.with { folder in
            let first = try file("first", in: folder, "1 0 a 1\n")
            let second = try file("second", in: folder, "query-id\tcorpus-id\tscore\n1\tb\t2\n2\tc\t1\n")
            #expect(try Qrels(files: [first, second]) == Qrels(["1": ["a": 1, "b": 2], "2": ["c": 1]]))
            let error = try #require(throws: RetrievalEvaluationError.self) {
                try Qrels(files: [first, second, first])
            }
            #expect(error.code == .repeatedLine && error.file == first && error.line == 1)
        }
    }

    /// "1 0 a 2\n", packed by gzip.
    private static let packed: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 51, 84, 48, 80, 72, 84, 48, 226, 2, 0, 86, 246, 49, 144, 8, 0, 0, 0,
    ]

    @Test func `Qrels that are packed by gzip are read, and damage is named`() throws {
        try TemporaryFolder.with { folder in
            let path = "\(folder)/qrels.gz"
            try Data(Self.packed).write(to: URL(filePath: path))
            #expect(try Qrels(file: path) == Qrels(["1": ["a": 2]]))
            try Data(Self.packed.dropLast(5)).write(to: URL(filePath: path))
            let error = try #require(throws: RetrievalEvaluationError.self) { try Qrels(file: path) }
            #expect(error.code == .cannotRead)
            #expect(error.message.contains("ends too early"))
        }
    }

    @Test func `A qrels line that is not UTF-8 is named`() throws {
        try TemporaryFolder.with { folder in
            let path = "\(folder)/qrels"
            try Data(Array("1 0 a 1\n1 0 ".utf8) + [0xFF] + Array(" 1\n".utf8)).write(to: URL(filePath: path))
            let error = try #require(throws: RetrievalEvaluationError.self) { try Qrels(trecFile: path) }
            #expect(error.code == .malformedLine)
            #expect(error.line == 2)
        }
    }

    @Test func `An absent qrels file is named`() throws {
        let error = try #require(throws: RetrievalEvaluationError.self) { try Qrels(beirFile: "/nowhere/test.tsv") }
        #expect(error.code == .cannotRead)
        #expect(error.file == "/nowhere/test.tsv")
        #expect(error.line == nil)
        #expect(error.cause != nil)
    }

    @Test(arguments: [
        "query-id\tcorpus-id\tscore\n1\tdoc\t2\n", "1\tdoc\t2\n", "1 0 doc 2\n", "\n1\t0\tdoc\t2\n",
    ])
    func `The form of a qrels file is recognised`(text: String) throws {
        try TemporaryFolder.with { folder in
            let qrels = try Qrels(file: file("qrels", in: folder, text))
            #expect(qrels == Qrels(["1": ["doc": 2]]))
        }
    }

    @Test func `A qrels file without judgments is named`() throws {
        for text in ["", "\n", "query-id\tcorpus-id\tscore\n"] {
            let error = try error(text) { path throws(RetrievalEvaluationError) in _ = try Qrels(file: path) }
            #expect(error.code == .empty)
        }
    }
}
