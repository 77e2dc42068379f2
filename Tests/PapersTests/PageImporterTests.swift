import Foundation
import Papers
import TestSupport
import Testing

@Suite("Papers of a page")
struct PageImporterTests {
    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"))
    func `all 74 of the real page are read, and nothing else`() throws {
        let page = SharedData.path("seed/trending-papers.txt")
        let read = try readAll(page)
        // Written down from the page's structure: the title stands on every fourth line from the eleventh.
        let lines = try String(contentsOfFile: page, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let titles = stride(from: 10, to: lines.count, by: 4).map { String(lines[$0]) }.filter { !$0.isEmpty }
        let abstracts = stride(from: 12, to: lines.count, by: 4).map { String(lines[$0]) }
        #expect(titles.count == 74)
        #expect(read.papers.map(\.title) == titles)
        #expect(read.papers.map(\.abstract) == abstracts)
        #expect(read.skipped.isEmpty)
        #expect(Set(read.papers.map(\.id)).count == 74)
        #expect(read.notes.map(\.code) == [.linesLeftOut])
        #expect(read.notes.first?.message.contains("'Subscribe'") == true)
    }
}
