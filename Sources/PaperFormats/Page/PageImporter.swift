import Papers

/// Reads the text of a page that lists papers: labels, then a title, a blank line, its abstract, a blank line, and so
/// on.
///
/// Blank lines cut the page into blocks. The shape of a block (``PageBlock/shape``) and its neighbors decide what it
/// is:
///
/// 1. A heading is the title of the next paragraph. If another heading follows, the first was a label of the page.
/// 2. A paragraph after a heading is its abstract. A paragraph after a paragraph continues the same abstract. A
///    paragraph without a heading before it is skipped and reported.
/// 3. A single sentence is a title if a paragraph follows and no heading waits. Otherwise it begins or continues an
///    abstract, if it is long enough.
/// 4. Dates, numbers and marks are ignored everywhere.
///
/// A block is a title and an abstract at once if its first line is a heading and its second line alone is a paragraph.
/// Blocks that no rule takes are left out. A note at the end of the file names them.
struct PageImporter: PaperImporter {
    static let name = "page"
    static let fileExtensions = ["txt", "text"]

    /// How much of the file is read at a time, in bytes.
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

    /// Plausible if the first lines hold a title with its abstract, and nothing in them looks like another kind of text.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        guard TextLook(of: head, fileExtension: fileExtension) == nil else { return .no }
        let structure = PageStructure(of: head)
        guard !structure.titles.isEmpty || structure.isSpoiled else { return .no }
        return fileExtensions.contains(fileExtension) ? .byName : .plausible
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        if isAtEnd { return nil }
        guard let block = try lines.next() else {
            isAtEnd = true
            for block in blocks.finish() { papers.append(block) }
            return papers.finish()
        }
        for line in block.parts {
            blocks.append(block.bytes[line.range], number: line.line, isTooLong: line.isTooLong)
        }
        for block in blocks.take() { papers.append(block) }
        return papers.take()
    }
}

/// Cuts lines into blocks at the blank lines.
struct PageBlocks {
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

    /// Returns the complete blocks, each once.
    mutating func take() -> [PageBlock] {
        defer { complete = [] }
        return complete
    }

    /// Returns the last blocks.
    mutating func finish() -> [PageBlock] {
        close()
        return take()
    }

    /// Ends the block. It becomes two if its first line is a title and its second a paragraph.
    private mutating func close() {
        defer { (first, rest, isTitleAndAbstract) = (nil, nil, false) }
        guard var first else { return }
        if let rest, !isTitleAndAbstract { first.append(rest) }
        complete.append(first)
        if let rest, isTitleAndAbstract { complete.append(rest) }
    }
}
