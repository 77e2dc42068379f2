import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("A hostile text is read in bounded time and memory", .timeLimit(.minutes(2)))
struct HostileTextTests {
    private func read(_ text: String, named name: String, as format: ImportFormat) throws -> PaperBatch {
        try readAll(Array(text.utf8), named: name, ImportOptions(format: format, threads: 1))
    }

    @Test
    func `of macros that double with each line`() throws {
        let macros = (1...40).map { "@string{m\($0) = m\($0 - 1) # m\($0 - 1)}\n" }.joined()
        let text = "@string{m0 = {xxxxxxxx}}\n\(macros)@misc{k, title = m40}\n@misc{l, title = m2 # { more}}\n"
        let read = try read(text, named: "a.bib", as: .bibTeX)
        #expect(read.papers.map(\.title).last == String(repeating: "x", count: 32) + " more")
        #expect(read.skipped.contains { $0.code == .tooLong })
        let many = "@string{a = {\(String(repeating: "x", count: 1 << 12))}}\n"
        let repeated = many + "@misc{k, title = \(Array(repeating: "a", count: 1 << 12).joined(separator: " # "))}\n"
        let long = try self.read(repeated, named: "a.bib", as: .bibTeX)
        #expect(long.papers.isEmpty && long.skipped.map(\.code) == [.tooLong])
    }

    @Test
    func `of entries that take fields from each other many times`() throws {
        let keys = { (name: String) in Array(repeating: name, count: 1000).joined(separator: ",") }
        let text = """
            @xdata{a, xdata = {\(keys("b"))}, publisher = {P}}
            @xdata{b, xdata = {\(keys("a"))}, note = {N}}
            @misc{c, title = {T}, xdata = {a}}
            """
        let read = try read(text, named: "a.bib", as: .bibTeX)
        #expect(read.papers.map(\.attributes) == [["note": ["N"], "publisher": ["P"], "xdata": ["a"]]])
    }

    @Test(arguments: ["[", "“", "<a href=", "![", "`", "*", "<", "[a](", "\\("])
    func `of many marks that nothing closes, in Markdown`(mark: String) throws {
        let text = "- " + String(repeating: mark, count: 20_000) + " x [T](https://arxiv.org/abs/2401.00001)\n"
        _ = try read(text, named: "a.md", as: .markdown)
    }

    @Test(arguments: ["{", "\\(", "\\(\\[", "$"])
    func `of many marks that nothing closes, in TeX`(mark: String) throws {
        let (marks, closed) = (String(repeating: mark, count: 50_000), String(repeating: "}", count: 50_000))
        let text = "@misc{k, title = {T \(mark == "{" ? "" : marks)}, doi = {\(marks)\(mark == "{" ? closed : "")}}\n"
        let read = try read(text, named: "a.bib", as: .bibTeX)
        #expect(read.papers.count == 1)
    }

    @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("!!seq [", "]"), ("&a [", "]"), ("", "")])
    func `of values deep inside others, in the fields of a note`(open: String, close: String) throws {
        let depth = 100_000
        let value = String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
        let text = "---\ntitle: T\ndoi: 10.1000/1\nx:\n  \(value)\n---\nText\n"
        let read = try read(text, named: "a.md", as: .markdown)
        #expect(read.papers.map(\.title) == (open.isEmpty ? ["T"] : []))
    }

    @Test
    func `of one paper in very many entries of a list`() throws {
        let entries = (0..<20_000).map { "- [T of one](https://arxiv.org/abs/2401.00001)\n  - Tags: t\($0)\n" }
        let read = try read("# List\n\n" + entries.joined(), named: "a.md", as: .markdown)
        #expect(read.papers.count == 1)
    }

    @Test(arguments: ["keywords", "Keywords", "subject", "TAGS", "link"])
    func `of one record with very many lists under one key`(key: String) throws {
        let lists = (0..<20_000).map { "\"\(key)\": [\"a\($0)\", \"b\"]" }.joined(separator: ", ")
        let read = try read("{\"title\": \"T\", \"DOI\": \"10.1000/1\", \(lists)}", named: "a.json", as: .json)
        #expect(read.papers.map(\.title) == ["T"])
    }

    @Test
    func `of abstracts around abstracts, on a page`() throws {
        let depth = 150
        let text =
            "<html><meta name=citation_title content=T>"
            + String(repeating: "<div class=abstract>", count: depth) + String(repeating: "word ", count: 40_000)
            + String(repeating: "</div>", count: depth) + "</html>"
        #expect(try read(text, named: "a.html", as: .html).papers.map(\.abstract.utf8.count) == [199_999])
    }
}
