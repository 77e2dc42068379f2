import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Papers of a page")
struct PageImporterTests {
    private static let words = String(repeating: "We show how words follow words in a paragraph. ", count: 8)

    private func read(_ blocks: [String], separator: String = "\n\n") throws -> PaperBatch {
        try readAll(Array(blocks.joined(separator: separator).utf8), named: "page.txt")
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"))
    func `all 74 of the real page are read, and nothing else`() throws {
        let page = SharedData.path("seed/trending-papers.txt")
        let read = try readAll(page)
        // Written down from the page's structure: a title stands on every fourth line from the eleventh.
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
        #expect(read.notes.first?.message.hasPrefix("left out 5 lines without an abstract: 'new', 'Get") == true)
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.skipNote)"))
    func `the real page twice over, with other line ends and wrapped lines, has the same papers`() throws {
        let page = try String(contentsOfFile: SharedData.path("seed/trending-papers.txt"), encoding: .utf8)
        let once = try read([page])
        #expect(try read([page, page]).papers == once.papers + once.papers)
        #expect(try read([page.replacing("\n", with: "\r\n")]).papers == once.papers)
        #expect(try read([page.replacing("\n\n", with: "\n \t\n\n")]).papers == once.papers)
        #expect(try read([wrapped(page, columns: 80)]).papers == once.papers)
    }

    private func wrapped(_ text: String, columns: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var lines = [""]
            for word in line.split(separator: " ") {
                let last = lines[lines.count - 1]
                if last.isEmpty {
                    lines[lines.count - 1] = String(word)
                } else if last.count + word.count < columns {
                    lines[lines.count - 1] += " " + word
                } else {
                    lines.append(String(word))
                }
            }
            return lines.joined(separator: "\n")
        }
        .joined(separator: "\n")
    }

    @Test(arguments: [
        "Are Language Models Grounded?", "Attention!", "BERT", "GPT-4", "Attention is all you need.",
        "A Survey: Parts, Wholes & More (2nd ed.)", "大语言模型综述",
    ])
    func `titles may end and look as they like`(title: String) throws {
        let read = try read([
            "Subscribe", "Mar 14", "First Title", Self.words, title, Self.words, "Last Title", Self.words,
        ])
        #expect(read.papers.map(\.title) == ["First Title", title, "Last Title"])
    }

    @Test(arguments: [
        "Mar 14", "March 14, 2024", "2024-03-14", "Published on Mar 14", "3 days ago", "·", "12", "Abstract",
    ])
    func `a date or a number between a title and its abstract is neither`(furniture: String) throws {
        let read = try read(["First Title", furniture, Self.words, furniture, "Second Title", Self.words, furniture])
        #expect(read.papers.map(\.title) == ["First Title", "Second Title"])
    }

    @Test
    func `headers in the middle and a footer are left out`() throws {
        let read = try read([
            "new", "Subscribe", "First", Self.words, "Load more", "new", "Get papers by mail!", "Second", Self.words,
            "Company",
            "© A Company", "Privacy", "All rights reserved.",
        ])
        #expect(read.papers.map(\.title) == ["First", "Second"])
        #expect(read.notes.map(\.line) == [1])
        #expect(read.notes.first?.message.hasPrefix("left out 9 lines") == true)
    }

    @Test
    func `an abstract may have several lines, paragraphs and a short one`() throws {
        let long = Self.words.trimmingCharacters(in: .whitespaces)
        let read = try read([
            "First", long, long, "We release all code and all of the data that we have used for this.", "Second",
            long + "\n" + long,
        ])
        #expect(read.papers.map(\.title) == ["First", "Second"])
        #expect(
            read.papers.map(\.abstract) == [
                "\(long) \(long) We release all code and all of the data that we have used for this.",
                "\(long) \(long)",
            ])
    }

    @Test
    func `a short abstract is one`() throws {
        let read = try read([
            "First", "We prove that every finite group whose order is odd is a solvable one.", "Second", Self.words,
        ])
        #expect(read.papers.map(\.title) == ["First", "Second"])
    }

    @Test
    func `a title directly above a long line is its title`() throws {
        let long = Self.words.trimmingCharacters(in: .whitespaces)
        let read = try read(["First\n" + long, "Second\n" + long])
        #expect(read.papers.map(\.title) == ["First", "Second"])
        #expect(read.papers.map(\.abstract) == [long, long])
    }

    @Test
    func `an abstract without a title is skipped and reported`() throws {
        let read = try read([Self.words, "First", Self.words])
        #expect(read.papers.map(\.title) == ["First"])
        #expect(read.skipped.map(\.code) == [.noTitle])
        #expect(read.skipped.map(\.line) == [1])
    }

    @Test
    func `a paper that is not UTF-8 is skipped, and the others are not`() throws {
        let bad =
            Array("First\n\n".utf8) + [0xE9, 0x20] + Array(Self.words.utf8) + Array("\n\nSecond\n\n".utf8)
            + Array(Self.words.utf8)
        let read = try readAll(bad, named: "a.txt")
        #expect(read.papers.map(\.title) == ["Second"])
        #expect(read.skipped.map(\.code) == [.notUTF8])
        #expect(read.skipped.map(\.line) == [1])
    }

    @Test
    func `an abstract that never ends takes no more memory than a record may`() throws {
        let paragraph = String(repeating: Self.words, count: 3000)
        let read = try read(["First"] + Array(repeating: paragraph, count: 20) + ["Second", Self.words])
        #expect(read.papers.map(\.title) == ["Second"])
        #expect(read.skipped.map(\.code) == [.tooLong])
    }
}
