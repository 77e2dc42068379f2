import Foundation
import Papers

extension ImportFormat {
    /// What papis keeps of each document of its libraries, `info.yaml`. Named `papis`.
    ///
    /// A folder that has such a file is one document, and the file stands for it. See <doc:FileFormats>.
    public static let papis = ImportFormat(PapisImporter.self)
}

/// Reads papers as papis keeps them: a mapping in YAML for each, with the names of BibTeX for most fields.
///
///     ref: vaswani2017attention
///     title: Attention Is All You Need
///     author_list:
///     - {family: Vaswani, given: Ashish}
///     files: [paper.pdf]
///
/// Its export writes several of them into one file, with lines of hyphens between them.
struct PapisImporter: PaperImporter {
    static let name = "papis"
    static let fileExtensions = ["yaml", "yml"]

    private let file: PaperFile
    private let options: ImportOptions
    private var isAtEnd = false

    init(_ file: PaperFile, options: ImportOptions) {
        self.file = file
        self.options = options
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        if isAtEnd { return nil }
        isAtEnd = true
        guard var bytes = try file.readWhole() else { return .tooLong(file.path) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var batch = PaperBatch()
        for (text, line) in Self.documents(in: String(decoding: bytes, as: UTF8.self)) {
            guard let fields = YAMLFields(text) else {
                batch.skipped.append(
                    SkippedRecord(.malformed, file: file.path, line: line, reason: "no mapping of fields in YAML"))
                continue
            }
            batch.append(
                RecordOutcome(draft(of: fields), keepsEmpty: options.keepsEmptyPapers), file: file.path, line: line)
        }
        return batch
    }

    /// The documents of a text, which lines of hyphens part, and the lines on which they begin.
    private static func documents(in text: String) -> [(text: String, line: Int)] {
        var documents: [(lines: [Substring], line: Int)] = [([], 1)]
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line == "---" || line.hasPrefix("--- ") || line == "..." {
                documents.append(([], index + 2))
            } else {
                documents[documents.count - 1].lines.append(line)
            }
        }
        return documents.filter { !$0.lines.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
            .map { ($0.lines.joined(separator: "\n"), $0.line) }
    }

    // MARK: - The paper of a document

    private func draft(of fields: YAMLFields) -> PaperDraft {
        var draft = PaperDraft()
        fields.fill(&draft, except: ["type", "tags", "files", "note", "notes", "author_list", "citations"])
        if let authors = fields.people(of: "author_list") { draft.authors = authors }
        draft.type = fields.texts(of: "type").first.flatMap { BibTeXTypes.paperType(of: $0.lowercased()) }
        for text in fields.texts(of: "note") { draft.add(text, to: "note") }
        let tags = fields.texts(of: "tags")
        // Old versions have them in one text, with spaces or commas.
        draft.tags = tags.count == 1 ? tags[0].split { ", ".contains($0) }.map(String.init) : tags
        let folder = URL(filePath: file.path).deletingLastPathComponent().path
        draft.attachments = fields.texts(of: "files").map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
        for name in fields.texts(of: "notes") {
            guard let note = note(named: name, in: folder) else {
                draft.add(name, to: "notes")
                continue
            }
            draft.notes.append(note)
        }
        draft.noteVenueOfLastResort()
        return draft
    }

    /// The longest file of notes that is read: 1 MB.
    private static let longestNote = 1 << 20

    /// The text of the file of notes beside the document.
    private func note(named name: String, in folder: String) -> String? {
        guard file.pathOnDisk != nil, !name.contains("/"), !name.hasPrefix("."),
            let handle = FileHandle(forReadingAtPath: "\(folder)/\(name)")
        else { return nil }
        defer { try? handle.close() }
        guard let bytes = try? handle.read(upToCount: Self.longestNote + 1), bytes.count <= Self.longestNote else {
            return nil
        }
        let note = String(validating: bytes, as: UTF8.self)?.trimmingSpaces
        return note?.isEmpty == false ? note : nil
    }
}

// MARK: - Recognition

extension PapisImporter {
    /// Certain for a mapping with a title and a field that papis alone has, or with the key of a citation beside other
    /// fields of a paper. Each line at the margin is a field, an item, a comment, or hyphens.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        var names: Set<String> = []
        let lines = firstLines(of: head)
        // The last line may be cut off.
        for line in lines.count > 1 ? lines.dropLast() : lines[...] {
            guard let first = line.first, first > 0x20, first != UInt8(ascii: "#"), first != UInt8(ascii: "-"),
                !line.elementsEqual("...".utf8)
            else { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line.byte(colon + 1) <= 0x20 else { return .no }
            let name = line[..<colon]
            guard name.count <= 60, name.allSatisfy({ isNameByte($0) }) else { return .no }
            names.insert(String(decoding: name, as: UTF8.self))
        }
        guard names.contains("title") else { return .no }
        if !names.isDisjoint(with: ["papis_id", "author_list"]) { return .certain }
        let isCited = !names.isDisjoint(with: ["ref", "files"])
        return isCited && !names.isDisjoint(with: ["author", "year", "doi", "journal", "abstract"]) ? .certain : .no
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isASCIILetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
