import Foundation
import Papers
import TestSupport
import Testing

@Suite("The bundled sample")
struct BundledSampleTests {
    let papers = BundledSample.papers

    @Test func `It has 74 papers with ids and titles of their own`() {
        #expect(papers.count == 74)
        #expect(Set(papers.map(\.id)).count == 74)
        #expect(Set(papers.map(\.title)).count == 74)
    }

    @Test func `Each has a year and a summary of 60 to 120 words on one line`() {
        for paper in papers {
            #expect((2022...2025).contains(paper.year ?? 0), "\(paper.title)")
            #expect((60...120).contains(paper.abstract.split(separator: " ").count), "\(paper.title)")
            #expect(!(paper.title + paper.abstract).contains("\n"))
            #expect(!paper.title.hasSuffix(")"), "the year is no part of the title")
        }
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"))
    func `Its titles are those of the page`() throws {
        #expect(try Set(page().map(\.title)) == Set(papers.map(\.title)))
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"))
    func `No eight words in a row of any abstract are in any summary`() throws {
        let abstracts = try page().map(\.abstract)
        #expect(abstracts.count == 74)
        let runs = Set(abstracts.flatMap { runsOfWords($0, 8) })
        for paper in papers {
            #expect(runs.isDisjoint(with: runsOfWords(paper.abstract, 8)), "\(paper.title)")
        }
    }

    /// The titles and abstracts of the real papers.
    private func page() throws -> [(title: String, abstract: String)] {
        let text = try String(contentsOfFile: SharedData.path("seed/trending-papers.txt"), encoding: .utf8)
        let paragraphs = text.components(separatedBy: "\n\n")
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { !$0.isEmpty }
            .drop { !$0.hasPrefix("Pre-Trained Language Models for Interactive") }
        return stride(from: paragraphs.startIndex, to: paragraphs.endIndex, by: 2)
            .map { (paragraphs[$0], paragraphs[$0 + 1]) }
    }

    private func runsOfWords(_ text: String, _ count: Int) -> [String] {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.indices.dropLast(count - 1).map { words[$0..<($0 + count)].joined(separator: " ") }
    }
}
