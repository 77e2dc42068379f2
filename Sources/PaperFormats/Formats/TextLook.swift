/// What a text looks like that may be no list of papers.
///
/// The text of a page is told by its paragraphs alone, so that much else would do. A text that has the marks of another
/// kind is never a page, and the error about it names the kind.
enum TextLook: Hashable {
    case json, xml, html, bibTeX, taggedLines, table, yaml, settings, markdown, markup, laTeX, sourceCode, log, mail
    case patch
    case prose
    /// What the extension of the file says.
    case named(String)

    /// What to call it in a sentence.
    var name: String {
        switch self {
        case .json: "JSON"
        case .xml: "XML"
        case .html: "HTML"
        case .bibTeX: "BibTeX"
        case .taggedLines: "references in tagged lines (RIS, PubMed, EndNote)"
        case .table: "a table (CSV)"
        case .yaml: "YAML"
        case .settings: "settings"
        case .markdown: "Markdown"
        case .markup: "a document with headings"
        case .laTeX: "LaTeX"
        case .sourceCode: "source code"
        case .log: "a log"
        case .mail: "e-mail"
        case .patch: "a patch"
        case .prose: "prose"
        case .named(let ending): "a file of the kind '.\(ending)'"
        }
    }

    /// How many lines are looked at.
    private static let lineCount = 200

    /// The look of a text; `nil` if it may be a page.
    ///
    /// - Parameters:
    ///   - head: The first bytes of the file, without a byte-order mark.
    ///   - fileExtension: The extension of the file, in lower case, without the dot.
    init?(of head: [UInt8], fileExtension: String) {
        let text = String(decoding: head, as: UTF8.self)
        let lines = text.split(maxSplits: TextLook.lineCount, omittingEmptySubsequences: false) { $0.isNewline }
            .prefix(TextLook.lineCount).map { TextLookLine($0) }
        let filled = lines.filter { !$0.isBlank }
        guard let first = filled.first else { return nil }
        if let look = TextLook.byFirstLine(first, text) ?? TextLook.byLines(filled) {
            self = look
        } else if TextLook.namesOfOthers.contains(fileExtension) {
            self = .named(fileExtension)
        } else if PageStructure(of: head).isProse {
            self = .prose
        } else {
            return nil
        }
    }

    /// Extensions of files that hold no page, whatever they look like.
    private static let namesOfOthers: Set<String> = [
        "bib", "bibtex", "ris", "nbib", "enw", "ciw", "csv", "tsv", "xml", "html", "htm", "json", "jsonl", "ndjson",
        "yaml", "yml", "toml", "ini", "cfg", "tex", "sty", "cls", "py", "c", "h", "cpp", "hpp", "swift", "js", "ts",
        "rb", "go", "rs", "java", "sh", "r", "pl", "sql", "log", "diff", "patch", "eml", "mbox", "css", "svg",
    ]

    // MARK: - By the first line

    private static func byFirstLine(_ first: TextLookLine, _ text: String) -> TextLook? {
        let start = text.drop { $0.isWhitespace }
        let second = start.dropFirst().first { !$0.isWhitespace } ?? " "
        switch start.first {
        case "{": if "\"}{".contains(second) { return .json }
        case "[": if "\"{[]}".contains(second) || second.isNumber { return .json }
        case "<":
            guard second.isLetter || "?!/".contains(second) else { break }
            return isHTML(start) ? .html : .xml
        default: break
        }
        let line = first.text
        if line.hasPrefix("#!") { return .sourceCode }
        if line == "---" || line.hasPrefix("%YAML") { return .yaml }
        if line.hasPrefix("\\documentclass") || line.hasPrefix("\\begin{") { return .laTeX }
        if line.hasPrefix("diff --git ") || line.hasPrefix("--- a/") || line.hasPrefix("Index: ") { return .patch }
        if line.hasPrefix("BEGIN:V") || line.hasPrefix("-----BEGIN ") { return .settings }
        return nil
    }

    /// Whether one of the first tags is one that only HTML has.
    private static func isHTML(_ text: Substring) -> Bool {
        let names = text.prefix(2000).lowercased().split(separator: "<").map { $0.prefix { $0.isLetter || $0 == "!" } }
        return names.contains { ["!doctype", "html", "head", "body", "div", "p", "table", "script"].contains($0) }
            && !text.hasPrefix("<?xml")
    }

    // MARK: - By all lines

    private static func byLines(_ lines: [TextLookLine]) -> TextLook? {
        func share(_ isOne: (TextLookLine) -> Bool) -> Double {
            Double(lines.count(where: isOne)) / Double(lines.count)
        }
        if lines.contains(where: \.beginsEntry) { return .bibTeX }
        if lines.count(where: \.isTagged) >= 3, share(\.isTagged) >= 0.3 { return .taggedLines }
        if TextLookTable.isTable(lines.map(\.text)) { return .table }
        if lines.prefix(10).count(where: \.isMailHeader) >= 3 { return .mail }
        if lines.count >= 2, share(\.beginsWithTime) >= 0.5 { return .log }
        if lines.contains(where: { $0.text.hasPrefix("\\documentclass") || $0.text.hasPrefix("\\begin{") }) {
            return .laTeX
        }
        if share(\.isCode) >= 0.2, lines.count >= 3 { return .sourceCode }
        if lines.count >= 3, share(\.isKeyAndColon) >= 0.5 { return .yaml }
        if lines.count >= 3, share(\.isSetting) >= 0.4 { return .settings }
        if lines.contains(where: \.isMarkdownHeading) || lines.count(where: \.hasLink) >= 2
            || lines.contains(where: {
                $0.text.hasPrefix("```") || $0.text.hasPrefix("|--") || $0.text.hasPrefix("| --")
            })
        {
            return .markdown
        }
        return lines.contains(where: \.isRule) || share(\.isBullet) >= 0.2 || share(\.isIndented) >= 0.3 ? .markup : nil
    }
}

/// A line of a text, and what it may be in other formats than a page.
struct TextLookLine {
    /// The line without white space at its ends.
    let text: Substring
    private let indent: Int

    init(_ line: Substring) {
        let start = line.drop { $0.isWhitespace }
        indent = line.count - start.count
        text = start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
    }

    var isBlank: Bool { text.isEmpty }

    /// `@article{key,`, `@string(`.
    var beginsEntry: Bool {
        guard text.first == "@" else { return false }
        let word = text.dropFirst().prefix { $0.isLetter }
        let rest = text.dropFirst(1 + word.count).drop { $0 == " " }
        guard !word.isEmpty, rest.first == "{" || rest.first == "(" else { return false }
        let known = [
            "article", "book", "inproceedings", "incollection", "misc", "phdthesis", "mastersthesis", "techreport",
            "unpublished", "online", "string", "comment", "preamble", "proceedings", "inbook", "thesis", "report",
        ]
        return known.contains(word.lowercased()) || (rest.first == "{" && rest.last == ",")
    }

    /// `TY  - JOUR`, `PMID- 123`, `%T Title`, `PT J`.
    var isTagged: Bool {
        let tag = text.prefix { ($0.isLetter && $0.isUppercase) || $0.isNumber }
        if text.first == "%", text.count > 2, text.dropFirst(2).first == " " { return true }
        guard (2...4).contains(tag.count), tag.first?.isLetter == true else { return false }
        let rest = text.dropFirst(tag.count)
        let dash = rest.drop { $0 == " " }
        if dash.first == "-", dash.count < rest.count || tag.count == 4,
            dash.count == 1 || dash.dropFirst().first == " "
        {
            return true
        }
        return tag.count == 2 && indent == 0 && rest.first == " "
            && ["PT", "FN", "VR", "AU", "AF", "TI", "SO", "DE", "ID", "AB", "UT", "ER", "EF", "PY"].contains(tag)
    }

    /// `From: a@b.c`.
    var isMailHeader: Bool {
        let names = [
            "From", "To", "Subject", "Date", "Received", "Message-ID", "Return-Path", "Reply-To", "Cc", "MIME-Version",
            "Content-Type",
        ]
        return names.contains { text.hasPrefix($0 + ": ") }
    }

    /// `2024-03-14 10:00:00 …`, `[14/Mar/2024:10:00:00 …`, `Mar 14 10:00:00 host …`, `127.0.0.1 - - […`.
    var beginsWithTime: Bool {
        let head = text.prefix(40)
        let clocks = head.split { !$0.isNumber && $0 != ":" }.contains { word in
            let parts = word.split(separator: ":", omittingEmptySubsequences: false)
            return parts.count >= 3 && parts.suffix(2).allSatisfy { $0.count == 2 && $0.allSatisfy(\.isNumber) }
        }
        return clocks && text.count > 12
    }

    /// A line that begins or ends as those of programs do.
    var isCode: Bool {
        guard let last = text.last else { return false }
        if ";{}".contains(last) { return true }
        let starts = [
            "#include", "#define", "import ", "from ", "def ", "class ", "func ", "function ", "public ", "private ",
            "return ", "const ", "let ", "var ", "if (", "for (", "while (", "//", "/*", "*/", "package ", "using ",
            "elif ", "else:", "try:", "except", "@Override", "$ ", ">>> ", "SELECT ", "INSERT ", "CREATE ",
        ]
        guard starts.contains(where: text.hasPrefix) else { return false }
        return !(last == "." && text.count > 60)
    }

    /// `key: value`, `- key: value`, `key:`.
    var isKeyAndColon: Bool {
        let line = text.hasPrefix("- ") ? text.dropFirst(2) : text
        let key = line.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        let rest = line.dropFirst(key.count)
        return !key.isEmpty && rest.first == ":" && (rest.count == 1 || rest.dropFirst().first == " ")
    }

    /// `[section]`, `key = value`.
    var isSetting: Bool {
        if text.first == "[", text.last == "]" { return true }
        let key = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." }
        return !key.isEmpty && text.dropFirst(key.count).drop { $0 == " " }.first == "="
    }

    /// `## Heading`.
    var isMarkdownHeading: Bool {
        let marks = text.prefix { $0 == "#" }
        return (1...6).contains(marks.count) && text.dropFirst(marks.count).first == " "
    }

    /// `[text](address)`.
    var hasLink: Bool { text.contains("](") }

    /// A line of one mark alone, as below headings: `=====`.
    var isRule: Bool {
        guard text.count >= 4, let first = text.first, "=-~*#_+^".contains(first) else { return false }
        return text.allSatisfy { $0 == first }
    }

    /// Whether white space stands before the text.
    var isIndented: Bool { indent > 0 }

    /// `- item`, `* item`, `1. item`.
    var isBullet: Bool {
        if ["- ", "* ", "+ ", "• "].contains(where: text.hasPrefix) { return true }
        let digits = text.prefix { $0.isNumber }
        return (1...3).contains(digits.count) && [". ", ") "].contains { text.dropFirst(digits.count).hasPrefix($0) }
    }
}

/// Whether lines are a table whose cells are divided by commas, semicolons or tabs.
private enum TextLookTable {
    /// How many records are looked at.
    private static let recordCount = 20

    static func isTable(_ lines: [Substring]) -> Bool {
        guard lines.count >= 2, let header = lines.first else { return false }
        return ([",", ";", "\t"] as [Character]).contains { separator in
            let cells = cellCount(header, separator)
            guard cells >= 2, !header.contains(". "), header.count <= 40 * cells else { return false }
            let records = lines.dropFirst().prefix(recordCount)
            let same = records.count { cellCount($0, separator) == cells }
            // Cells in quotes may go on in the next line.
            let hasQuotes = records.contains { $0.contains("\"") }
            return Double(same) >= (hasQuotes ? 0.3 : 0.8) * Double(records.count)
        }
    }

    /// The number of cells of a line. What stands between quotation marks is one.
    private static func cellCount(_ line: Substring, _ separator: Character) -> Int {
        var isQuoted = false
        var count = 1
        for character in line {
            if character == "\"" { isQuoted.toggle() }
            if character == separator, !isQuoted { count += 1 }
        }
        return count
    }
}
