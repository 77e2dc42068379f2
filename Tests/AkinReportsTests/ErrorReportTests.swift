import Akin
import AkinReports
import Foundation
import Papers
import RetrievalEvaluation
import TestSupport
import Testing

@Suite("Errors as data")
struct ErrorReportTests {
    private func json(_ report: ErrorReport) throws -> String {
        String(decoding: try encodedJSON(report), as: UTF8.self)
    }

    @Test
    func `an error without a remedy has a code and a message`() throws {
        #expect(
            try json(ErrorReport(code: "usage", message: "Wrong.")) == """
                {
                  "error" : {
                    "code" : "usage",
                    "message" : "Wrong."
                  }
                }
                """)
    }

    @Test
    func `an ambiguous name lists its candidates and counts the others`() throws {
        let error = AkinError(
            .ambiguousPaper, "'memory' may be any of 12 papers.", remedy: .giveID,
            candidates: [.init(id: "a1", title: "Memory/1")], furtherCandidateCount: 11)
        #expect(
            try json(ErrorReport(error)) == """
                {
                  "error" : {
                    "candidates" : [
                      {
                        "id" : "a1",
                        "title" : "Memory/1"
                      }
                    ],
                    "code" : "ambiguousPaper",
                    "furtherCandidates" : 11,
                    "message" : "'memory' may be any of 12 papers.",
                    "remedy" : {
                      "action" : "giveID"
                    }
                  }
                }
                """)
    }

    @Test
    func `errors of a library have a remedy, and a message without a command or a flag`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(BundledSample.papers, options: AddOptions(threads: 1))
            let names = try FileManager.default.contentsOfDirectory(atPath: library.path)
            let generation = library.path + "/" + (try #require(names.first { $0.hasPrefix("generation") }))
            func check(_ code: AkinError.Code, _ remedy: AkinError.Remedy, _ fail: () throws -> Void) throws {
                let error = try #require(#expect(throws: AkinError.self) { try fail() })
                #expect(error.code == code && error.remedy == remedy, "\(error)")
                #expect(!error.message.contains("`") && !error.message.contains("--"), "\(error)")
                #expect(ErrorReport(error).error.remedy?.action == remedy.name)
            }
            try check(.noLibrary, .addPapers) { _ = try Library(at: folder + "/none") }
            try check(.paperNotFound, .searchWords("nothing")) { _ = try library.paper(named: "nothing") }
            try check(.ambiguousPaper, .giveID) { _ = try library.paper(named: "language") }
            try check(.cannotWrite, .chooseAnotherFolder) {
                _ = try Library(creatingAt: library.path + "/papers.sqlite/below")
            }
            let file = folder + "/file"
            try Data("no model".utf8).write(to: URL(filePath: file))
            try check(.unreadableInput, .chooseAnotherModel) { try library.refit(model: .file(file)) }
            try FileManager.default.removeItem(atPath: generation)
            try check(.damaged, .repair) { _ = try Library(at: library.path).search(for: "memory") }
            // A store that is damaged, and one that is empty.
            let store = library.path + "/papers.sqlite"
            try Data(repeating: 0xA5, count: 8_192).write(to: URL(filePath: store))
            try check(.damaged, .repair) { _ = try Library(at: library.path).papers() }
            let empty = folder + "/empty"
            try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
            try Data().write(to: URL(filePath: empty + "/papers.sqlite"))
            try check(.noLibrary, .addPapers) { _ = try Library(at: empty) }
        }
    }

    @Test
    func `the words to search for are part of the remedy`() {
        let error = AkinError(.paperNotFound, "None.", remedy: .searchWords("long context"))
        #expect(ErrorReport(error).error.remedy?.action == "searchWords")
        #expect(ErrorReport(error).error.remedy?.words == "long context")
    }

    @Test
    func `a file of a test collection that is absent is unreadable input, one that cannot be written is not`() throws {
        try TemporaryFolder.with { folder in
            let reading = #expect(throws: RetrievalEvaluationError.self) { try Qrels(file: folder + "/absent") }
            #expect(reading.map { ErrorReport($0).error.code } == "unreadableInput")
            let writing = #expect(throws: RetrievalEvaluationError.self) {
                try Qrels([:]).write(trecFile: folder + "/absent/file")
            }
            #expect(writing.map { ErrorReport($0).error.code } == "cannotWrite")
        }
    }
}
