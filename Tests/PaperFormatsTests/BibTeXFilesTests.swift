import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

/// Files that other programs wrote or test themselves with.
private let folder = SharedData.path("imports/bibtex")
private let isPresent = FileManager.default.fileExists(atPath: folder)

@Suite("BibTeX files of other programs", .enabled(if: isPresent, "needs ../shared/data, which is absent"))
struct BibTeXFilesTests {
    /// The number of entries by the beginning of a file's name.
    private static let counts = [
        ("bbt-Better BibTeX.001", 2), ("bbt-Better BibTeX.004", 1), ("bbt-BibTeX import; preamble", 1),
        ("bbt-Crossrefd", 6), ("bbt-Dealing with base64", 3), ("bbt-Import error", 283), ("bbt-Jabref import", 4),
        ("bbt-Title of German", 4), ("biber-crossrefs", 46), ("biber-dateformats", 34), ("biber-etc-papers", 2157),
        ("jabref-complex", 20), ("jabref-testjabref", 156), ("typst-invalid-gral", 84), ("typst-valid-comments", 4),
        ("typst-valid-libra", 35), ("typst-valid-polaritons", 38),
    ]

    private static let files =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map { "\(folder)/\($0)" }

    private static let options = ImportOptions(format: .bibTeX)

    @Test(arguments: counts)
    func `have all their entries`(start: String, count: Int) throws {
        let path = try #require(Self.files.first { $0.hasPrefix("\(folder)/\(start)") })
        let read = try readAll(path, Self.options)
        let titleless = read.skipped.filter { $0.code == .noTitleAndNoAbstract }
        #expect(read.papers.count + titleless.count == count)
        #expect(titleless.count == read.skipped.count)
    }

    @Test
    func `are read back from an export with the same titles, authors and ids`() throws {
        for path in Self.files where !path.contains("tiny-BE") {
            let papers = try readAll(path, Self.options).papers
            for format in [ExportFormat.bibTeX, .bibLaTeX, .jsonLines] {
                let text = format.text(of: papers)
                let again = try readAll(Array(text.utf8), named: "a." + format.fileExtension).papers
                #expect(again.map(\.title) == papers.map(\.title), "\(path) \(format)")
                #expect(again.map(\.authors) == papers.map(\.authors), "\(path) \(format)")
                #expect(again.map(\.id) == papers.map(\.id), "\(path) \(format)")
                #expect(again.map(\.date) == papers.map(\.date), "\(path) \(format)")
                #expect(again.map(\.notes) == papers.map(\.notes), "\(path) \(format)")
            }
        }
    }
}
