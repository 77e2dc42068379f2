import Foundation
import PaperFormats
import Papers
import TestSupport
import Testing

/// The program that reads PDF documents.
enum PDFProgram {
    static let isInstalled = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/pdftotext")
    }
}

@Suite("PDF documents", .enabled(if: PDFProgram.isInstalled, "needs pdftotext, which is absent"))
struct PDFImporterTests {
    private static let body = (1...20).map {
        "This is line \($0) of the text, which tells how words follow other words."
    }

    /// A page with everything that a first page has.
    private static let page: [PDFBytes.Line] =
        PDFBytes.column(["Journal of Examples 12 (2021) 1-20"], size: 8, x: 200, y: 760)
        + PDFBytes.column(["On the Order of Words in", "Sentences without Sense"], size: 20, x: 120, y: 700)
        + PDFBytes.column(["Ada Writer, Ludwig van Example and Carl Third"], size: 12, x: 150, y: 640)
        + PDFBytes.column(["University of Examples, Exampleton"], size: 10, x: 180, y: 622)
        + PDFBytes.column(["Abstract"], size: 11, x: 280, y: 590)
        + PDFBytes.column(
            ["We show that the order of words is arbi-", "trary, and that nobody minds (much).", "All data is free."],
            size: 9.5, x: 100, y: 570)
        + PDFBytes.column(["Keywords: words, order, sense"], size: 9.5, x: 100, y: 520)
        + PDFBytes.column(["1 Introduction"], size: 13, y: 490) + PDFBytes.column(body, size: 10, y: 470)

    private func read(
        _ lines: [PDFBytes.Line], _ properties: [String: String] = [:], trailer: String = ""
    ) throws -> PaperBatch {
        try readAll(PDFBytes.document(lines, properties: properties, trailer: trailer), named: "a.pdf")
    }

    @Test
    func `give title, authors, abstract and keywords of their first page`() throws {
        let read = try read(Self.page, ["Title": "Microsoft Word - paper.docx", "Author": "user"])
        let paper = try #require(read.papers.first)
        #expect(paper.title == "On the Order of Words in Sentences without Sense")
        #expect(paper.authors == ["Ada Writer", "Ludwig van Example", "Carl Third"])
        #expect(
            paper.abstract
                == "We show that the order of words is arbitrary, and that nobody minds (much). All data is free.")
        #expect(paper.keywords == ["words", "order", "sense"])
        #expect(paper.attachments.count == 1 && paper.attachments.first?.hasSuffix("a.pdf") == true)
        #expect(read.papers.count == 1 && read.skipped.isEmpty)
    }

    @Test(arguments: [
        "received considerable attention.", "contents of the sentence.", "keyword search alone.",
        "Keyword-based search is old.", "Received wisdom is old.",
    ])
    func `have abstracts with lines that begin like headings`(line: String) throws {
        let lines = Self.page.map { old in
            old.text.hasPrefix("trary") ? PDFBytes.Line(text: line, size: old.size, x: old.x, y: old.y) : old
        }
        let paper = try #require(try read(lines).papers.first)
        #expect(paper.abstract.hasSuffix("\(line) All data is free."))
        #expect(paper.keywords == ["words", "order", "sense"])
    }

    @Test
    func `may begin behind other bytes`() throws {
        let bytes = Array("\n\u{0}junk\n".utf8) + PDFBytes.document(Self.page)
        let read = try readAll(bytes, named: "a.pdf")
        #expect(read.papers.map(\.title) == ["On the Order of Words in Sentences without Sense"])
    }

    @Test
    func `are not known by what their footnotes cite`() throws {
        let notes = PDFBytes.column(
            ["1 Model of arXiv:2005.14165", "2https://doi.org/10.5281/zenodo.1 has the data."], size: 7, y: 40)
        let unknown = try read(Self.page + notes)
        #expect(unknown.papers.map(\.hasDerivedID) == [true])
        let stamp = PDFBytes.Line(
            text: "arXiv:2105.01234v2 [cs.CL] 5 May 2021", size: 20, x: 30, y: 250, isVertical: true)
        let header = PDFBytes.column(["arXiv:2001.00001"], size: 7, x: 450, y: 770)
        let paper = try #require(try read(header + Self.page + notes + [stamp]).papers.first)
        #expect(paper.id == "arxiv:2105.01234" && paper.alternateIDs.isEmpty)
    }

    @Test
    func `are known by the stamp of arXiv at their margin`() throws {
        let stamp = PDFBytes.Line(
            text: "arXiv:2105.01234v2 [cs.CL] 5 May 2021", size: 20, x: 30, y: 250, isVertical: true)
        let paper = try #require(try read(Self.page + [stamp]).papers.first)
        #expect(paper.id == "arxiv:2105.01234")
        #expect(paper.date == "2021-05-05" && paper.categories == ["cs.CL"])
        #expect(paper.title == "On the Order of Words in Sentences without Sense")
    }

    @Test
    func `are known by the DOI of their header or footer, and not by those that they cite`() throws {
        let cited = PDFBytes.column(
            ["See https://doi.org/10.1000/other.1 and 10.1000/other.2 for more."], size: 10, y: 200)
        let footer = PDFBytes.column(["https://doi.org/10.1000/own.3 (c) 2020 The Authors"], size: 8, y: 40)
        #expect(try read(Self.page + cited).papers.first?.id.hasPrefix("title:") == true)
        let one = PDFBytes.column(["As another paper (doi:10.1000/other.1) says."], size: 10, y: 200)
        #expect(try read(Self.page + one).papers.first?.id.hasPrefix("title:") == true)
        let alone = PDFBytes.column(["https://doi.org/10.1000/own(4)"], size: 8, y: 200)
        #expect(try read(Self.page + alone).papers.first?.id == "doi:10.1000/own(4)")
        let paper = try #require(try read(Self.page + cited + footer).papers.first)
        #expect(paper.id == "doi:10.1000/own.3")
        #expect(paper.year == 2020)
    }

    @Test
    func `without larger type have the title of their properties`() throws {
        let lines = PDFBytes.column(Self.body, size: 10, y: 700)
        #expect(try read(lines, ["Title": "A Title of Properties"]).papers.map(\.title) == ["A Title of Properties"])
        let none = try read(lines, ["Title": "untitled.dvi"])
        #expect(none.papers.isEmpty)
        #expect(none.skipped.map(\.code) == [.noTitleAndNoAbstract])
    }

    @Test
    func `of pictures, locked or damaged ones are named`() throws {
        let picture = try formatsError { try read([]) }
        #expect(picture?.code == .noText)
        #expect(picture?.description.contains("ocrmypdf") == true)
        let locked = try formatsError {
            try read(
                Self.page,
                trailer: "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (12345678901234567890123456789012) "
                    + "/U (12345678901234567890123456789012) >> /ID [(0123456789abcdef) (0123456789abcdef)]")
        }
        #expect(locked?.code == .encrypted)
        #expect(try formatsError { try readAll(Array("%PDF-1.4 nothing".utf8), named: "a.pdf") }?.code == .unreadable)
    }

    @Test
    func `in a folder or an archive are read, and one bad document stops no other`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            try Data(PDFBytes.document(Self.page)).write(to: URL(filePath: folder + "/-a b'.pdf"))
            try Data("%PDF-1.4 nothing".utf8).write(to: URL(filePath: folder + "/b.pdf"))
            var zip = ZipBytes()
            zip.add("in/c.pdf", PDFBytes.document(Self.page), isDeflated: true)
            try Data(zip.archive()).write(to: URL(filePath: folder + "/c.zip"))
            let files = PaperFiles([folder])
            var papers: [Paper] = []
            var failed: [String] = []
            while let batch = files.nextBatch() {
                papers += batch.papers
                failed += batch.failedFiles.map(\.file)
            }
            #expect(papers.map(\.attachments) == [["\(folder)/-a b'.pdf"], ["\(folder)/c.zip/in/c.pdf"]])
            #expect(failed == ["\(folder)/b.pdf"])
        }
    }

    @Test(.enabled(if: RealFiles.isPresent, "\(SharedData.skipNote)"))
    func `of other programs are read`() throws {
        let titles = [
            "jabref-Baldoni2002": "Fundamentals of Distributed Computing: A Practical Tour of Vector Clock Systems",
            "jabref-Kriha2018":
                "On How We Can Teach – Exploring New Ways in Professional Software Development for Students",
            "jabref-LNCS-minimal": "Paper Title", "jabref-minimal": "Hello World",
            "jabref-PD_metadata": "The best Pdf ever", "jabref-thesis-example": "Thesis Title",
        ]
        for (name, title) in titles {
            let read = try readAll(SharedData.path("imports/pdf/\(name).pdf"))
            #expect(read.papers.map(\.title) == [title], "\(name)")
        }
        let paper = try #require(try readAll(SharedData.path("imports/pdf/jabref-Kriha2018.pdf")).papers.first)
        #expect(paper.authors == ["Walter Kriha", "Tobias Jordine"])
        #expect(paper.abstract.hasPrefix("Requirements and approaches for introductory courses in software"))
    }

    @Test
    func `cut off anywhere are safe`() throws {
        let whole = PDFBytes.document(Self.page)
        for part in 1...12 {
            let bytes = Array(whole.prefix(whole.count * part / 13))
            _ = try formatsError { try readAll(bytes, named: "a.pdf") }
        }
    }
}
