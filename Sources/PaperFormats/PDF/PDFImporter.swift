import Foundation
import Papers

/// Reads a PDF document as one paper: title, authors, abstract, keywords and identifier of its first page.
///
/// The program `pdftotext` of poppler gives the words of the first two pages with their places and sizes, see
/// ``PDFPage``. It runs as a process of its own, see ``LimitedProcess``. ``PDFLayout`` tells what is what.
struct PDFImporter: PaperImporter {
    static let name = "pdf"
    static let fileExtensions = ["pdf"]

    private let file: PaperFile
    private var isAtEnd = false

    /// The largest document that is unpacked: 1 GB.
    private static let limit = 1 << 30

    /// The largest list of words that is read: 64 MB.
    private static let longestOutput = 64 << 20

    init(_ file: PaperFile, options: ImportOptions) {
        self.file = file
    }

    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        start(in: head) != nil ? .certain : .no
    }

    /// Where the document begins: at the first byte, or behind a few others that readers of PDF skip.
    static func start(in head: some RandomAccessCollection<UInt8>) -> Int? {
        let mark = Array("%PDF-".utf8)
        let bytes = Array(head.prefix(1024 + mark.count + 2))
        for place in bytes.indices where bytes[place...].starts(with: mark) {
            if place == 0 { return 0 }
            // A version follows. A text that only speaks of it has no comment of binary bytes or object behind it.
            let rest = head.dropFirst(place).prefix(4096)
            let isDocument = rest.contains { $0 >= 0x80 } || Array(rest).firstRange(of: Array(" obj".utf8)) != nil
            let version = bytes[place...].dropFirst(mark.count).prefix(2)
            if version.elementsEqual("1.".utf8) || version.elementsEqual("2.".utf8), isDocument { return place }
        }
        return nil
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        if isAtEnd { return nil }
        isAtEnd = true
        let document = try words(pageCount: 2)
        let layout = PDFLayout(document)
        var draft = layout.draft()
        if draft.abstract.isEmpty, layout.hasTitlePage {
            draft.abstract = PDFLayout(try words(pageCount: PDFImporter.pagesBeforeText)).abstractBelowHeading
        }
        guard !draft.title.isEmpty || !draft.abstract.isEmpty else {
            guard document.hasText else {
                throw PaperFormatsError(
                    .noText, path: file.path,
                    message: "Cannot read a paper from '\(file.path)': its first pages have no text, only pictures",
                    remedy: "Let a program recognize the text first, such as 'ocrmypdf'.")
            }
            return PaperBatch(
                skipped: [
                    SkippedRecord(
                        .noTitleAndNoAbstract, file: file.path, line: 1, reason: "its first page has no title")
                ])
        }
        draft.attachments = [file.path]
        return PaperBatch(papers: [draft.paper()])
    }

    /// Behind the page with its title, a thesis has thanks and the like before its abstract. Eight pages hold them.
    private static let pagesBeforeText = 8

    /// The words of the first pages.
    private func words(pageCount: Int) throws(PaperFormatsError) -> PDFDocument {
        let folder = try SpoolFolder(for: file.path)
        let input =
            if let path = file.pathOnDisk {
                URL(filePath: path).path
            } else {
                try folder.write(file, as: "in.pdf", limit: PDFImporter.limit)
            }
        let output = folder.path + "/out.html"
        let arguments = ["-q", "-f", "1", "-l", String(pageCount), "-bbox-layout", "-enc", "UTF-8", input, output]
        let outcome = LimitedProcess.run("pdftotext", arguments)
        guard outcome == .ended(0) else { throw error(outcome, input) }
        guard let handle = FileHandle(forReadingAtPath: output),
            let bytes = try? handle.read(upToCount: PDFImporter.longestOutput)
        else { throw error(.stopped, input) }
        return PDFDocument(String(decoding: bytes, as: UTF8.self))
    }

    private func error(_ outcome: LimitedProcess.Outcome, _ input: String) -> PaperFormatsError {
        let start = "Cannot read a paper from '\(file.path)'"
        switch outcome {
        case .missing:
            return PaperFormatsError(
                .missingProgram, path: file.path, message: "\(start): the program 'pdftotext' is not installed",
                remedy: "Install poppler: the package 'poppler-utils' of Debian and Ubuntu, 'poppler' of Homebrew.")
        case .ended where PDFImporter.isEncrypted(input):
            return PaperFormatsError(
                .encrypted, path: file.path, message: "\(start): it is locked by a password",
                remedy: "Save a copy without the password, and give that.")
        case .ended:
            return PaperFormatsError(
                .unreadable, path: file.path, message: "\(start): its PDF data is damaged",
                remedy: "Get the file again.")
        case .stopped:
            return PaperFormatsError(
                .unreadable, path: file.path, message: "\(start): its text takes too much time or memory",
                remedy: "Give its title and abstract in another format.")
        }
    }

    /// How much of the beginning and the end of a document is searched for its lock.
    private static let searchedLength = 1 << 20

    /// Whether a document says that it is encrypted.
    private static func isEncrypted(_ path: String) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { return false }
        let mark = Data("/Encrypt".utf8)
        let head = try? handle.read(upToCount: searchedLength)
        let size = (try? handle.seekToEnd()) ?? 0
        try? handle.seek(toOffset: size - min(size, UInt64(searchedLength)))
        let tail = try? handle.read(upToCount: searchedLength)
        return [head, tail].contains { $0?.range(of: mark) != nil }
    }
}
