/// Reads the text of a page that lists papers: furniture, then a title, a blank line, its abstract, a blank line …
///
/// The page is cut at its blank lines, and each block is judged by its shape (``PageBlock/shape``) and by its
/// neighbours:
///
/// 1. A heading waits for what follows. If another heading does, the first was furniture.
/// 2. A paragraph after a heading is the abstract of that title; after a paragraph, the same abstract goes on. One with
///    no heading before it is skipped and reported.
/// 3. A lone sentence is a title where a paragraph follows and no heading waits. Otherwise it is, or goes on, an
///    abstract, if it is long enough.
/// 4. Dates, numbers and marks are passed by wherever they stand.
///
/// A block whose first line is a heading and whose second line alone is a paragraph is both. What no rule takes is left
/// out, and one note at the end of the file says which lines these were.
struct PageImporter: PaperImporter {
    static let name = "page"
    static let fileExtensions = ["txt", "text"]

    /// How much of the file is read at a time.
    private static let blockLength = 1 << 20

    private let path: String
    private var lines: LineReader
    private var blocks = PageBlocks()
    private var papers: PagePapers
    private var isAtEnd = false

    init(_ file: PaperFile, options: ImportOptions) {
        path = file.path
        lines = LineReader(file, blockLength: PageImporter.blockLength)
        papers = PagePapers(path: file.path)
    }

    /// Plausible where a title with its abstract is among the first lines.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        var blocks = PageBlocks()
        var papers = PagePapers(path: "")
        let lines = head.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() { blocks.append(line, number: number + 1) }
        for block in blocks.finish() { papers.append(block) }
        let read = papers.finish()
        guard !read.papers.isEmpty || read.skipped.contains(where: { $0.code == .notUTF8 }) else { return .no }
        return fileExtensions.contains(fileExtension) ? .byName : .plausible
    }

    mutating func nextBatch() throws(PapersError) -> ImportBatch? {
        if isAtEnd { return nil }
        guard let block = try lines.next() else {
            isAtEnd = true
            for block in blocks.finish() { papers.append(block) }
            return papers.finish()
        }
        for line in block.lines {
            blocks.append(block.bytes[line.range], number: line.number, isTooLong: line.isTooLong)
        }
        for block in blocks.take() { papers.append(block) }
        return papers.take()
    }
}

/// Cuts lines into blocks at the blank ones.
private struct PageBlocks {
    private var complete: [PageBlock] = []
    private var first: PageBlock?
    private var rest: PageBlock?
    private var isTitleAndAbstract = false

    mutating func append(_ bytes: ArraySlice<UInt8>, number: Int, isTooLong: Bool = false) {
        let valid = String(validating: bytes, as: UTF8.self)
        let text = tidied(valid ?? String(decoding: bytes, as: UTF8.self))
        guard !text.isEmpty || isTooLong else { return close() }
        if first == nil {
            first = PageBlock(text, line: number, isUTF8: valid != nil, isTooLong: isTooLong)
        } else if rest == nil {
            let line = PageBlock(text, line: number, isUTF8: valid != nil, isTooLong: isTooLong)
            isTitleAndAbstract = first?.shape == .heading && line.isWide
            rest = line
        } else {
            rest?.append(text, isUTF8: valid != nil, isTooLong: isTooLong)
        }
    }

    /// The blocks that are complete, each once.
    mutating func take() -> [PageBlock] {
        defer { complete = [] }
        return complete
    }

    /// The last blocks.
    mutating func finish() -> [PageBlock] {
        close()
        return take()
    }

    /// Ends the block, which is two where its first line is a title and its second a paragraph.
    private mutating func close() {
        defer { (first, rest, isTitleAndAbstract) = (nil, nil, false) }
        guard var first else { return }
        if let rest, !isTitleAndAbstract { first.append(rest) }
        complete.append(first)
        if let rest, isTitleAndAbstract { complete.append(rest) }
    }
}
