import Papers

/// Makes papers of the blocks of a page, by the rules of ``PageImporter``.
struct PagePapers {
    private let path: String
    private var batch = PaperBatch()

    /// A heading whose paragraph has not come yet.
    private var heading: PageBlock?

    /// The paper whose abstract may continue.
    private var open: (title: PageBlock, abstract: PageBlock)?

    /// A sentence that the next block will decide about.
    private var sentence: PageBlock?

    private var leftOut = (count: 0, examples: [(line: Int, text: String)]())

    /// Creates the state at the beginning of a file.
    init(path: String) {
        self.path = path
    }

    /// Appends the next block.
    mutating func append(_ block: PageBlock) {
        let shape = block.shape
        if let sentence {
            self.sentence = nil
            decide(sentence, isBeforeParagraph: shape == .paragraph)
        }
        switch shape {
        case .furniture: leaveOut(block)
        case .heading: beginTitle(block)
        case .sentence: sentence = block
        case .paragraph: appendToAbstract(block)
        }
    }

    /// Returns the complete papers, each once.
    mutating func take() -> PaperBatch {
        defer { batch = PaperBatch() }
        return batch
    }

    /// Returns the last papers and the note about blocks that were left out.
    mutating func finish() -> PaperBatch {
        if let sentence { decide(sentence, isBeforeParagraph: false) }
        sentence = nil
        if let heading { leaveOut(heading) }
        heading = nil
        close()
        if let first = leftOut.examples.first {
            let examples = leftOut.examples.map { "'\($0.text)'" }.joined(separator: ", ")
            let lines = leftOut.count == 1 ? "1 line" : "\(leftOut.count) lines"
            let more = leftOut.count > leftOut.examples.count ? " …" : ""
            batch.notes.append(
                ImportNote(
                    .linesLeftOut, file: path, line: first.line,
                    message: "left out \(lines) without an abstract: \(examples)\(more)"))
        }
        return take()
    }

    // MARK: - Rules

    private mutating func beginTitle(_ block: PageBlock) {
        close()
        if let heading { leaveOut(heading) }
        heading = block
    }

    private mutating func appendToAbstract(_ block: PageBlock) {
        if let title = heading {
            heading = nil
            open = (title, block)
        } else if open != nil {
            open?.abstract.append(block)
        } else {
            batch.skipped.append(
                SkippedRecord(.noTitle, file: path, line: block.line, reason: "an abstract with no title before it"))
        }
    }

    private mutating func decide(_ sentence: PageBlock, isBeforeParagraph: Bool) {
        if isBeforeParagraph, heading == nil {
            beginTitle(sentence)
        } else if isBeforeParagraph || (sentence.mayBeAbstract && (heading != nil || open != nil)) {
            appendToAbstract(sentence)
        } else {
            leaveOut(sentence)
        }
    }

    /// Ends the paper whose abstract might have continued.
    private mutating func close() {
        guard let (title, abstract) = open else { return }
        open = nil
        if !title.isUTF8 || !abstract.isUTF8 {
            batch.skipped.append(SkippedRecord(.notUTF8, file: path, line: title.line, reason: "not UTF-8"))
        } else if title.isTooLong || abstract.isTooLong {
            batch.skipped.append(
                SkippedRecord(.tooLong, file: path, line: title.line, reason: FileBlock.tooLongReason))
        } else {
            batch.papers.append(Paper(title: title.text, abstract: abstract.text))
        }
    }

    private mutating func leaveOut(_ block: PageBlock) {
        leftOut.count += 1
        guard leftOut.examples.count < PagePapers.exampleCount else { return }
        leftOut.examples.append((block.line, String(block.text.prefix(60))))
        leftOut.examples.sort { $0.line < $1.line }
    }

    /// How many of the omitted lines the note shows.
    private static let exampleCount = 5
}
