import Foundation
import Papers

/// A part of a Markdown file, as its lines begin.
struct MarkdownBlock {
    enum Kind: Equatable {
        case heading(level: Int)
        /// An entry of a list. The indent says how deep it is.
        case item(indent: Int)
        /// A row of a table: its cells, and the names of the columns, if the table has any.
        case row(cells: [String], columns: [String])
        case paragraph
    }

    let kind: Kind
    /// The line on which the block begins, from 1.
    let line: Int
    /// The text without what marks the block, line by line.
    var lines: [String]

    var text: String { lines.joined(separator: "\n") }
}

/// Cuts a Markdown file into blocks. Code and comments are left out.
struct MarkdownBlocks {
    /// The blocks in the order of the file.
    private(set) var blocks: [MarkdownBlock] = []
    /// The addresses of links that stand apart, by their names in lower case.
    private(set) var references: [String: String] = [:]

    private var open: MarkdownBlock?
    private var isAfterBlank = false
    private var fence: String?
    private var isInComment = false
    private var columns: [String]?
    private var lastRow: (cells: [String], line: Int)?

    /// Reads the lines of a file, the first of which has a number.
    init(_ text: Substring, firstLine: Int = 1) {
        var number = firstLine
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            append(line.last == "\r" ? line.dropLast() : line, number)
            number += 1
        }
        closeTable()
        close()
    }

    private mutating func close() {
        if let open { blocks.append(open) }
        open = nil
    }

    private mutating func begin(_ kind: MarkdownBlock.Kind, _ text: some StringProtocol, _ line: Int) {
        close()
        open = MarkdownBlock(kind: kind, line: line, lines: [text.trimmingSpaces])
    }

    private mutating func append(_ written: Substring, _ number: Int) {
        let line = withoutComments(written)
        let text = line.drop(while: \.isWhitespace)
        if let fence {
            if text.hasPrefix(fence) { self.fence = nil }
            return
        }
        if text.hasPrefix("```") || text.hasPrefix("~~~") {
            close()
            fence = String(text.prefix(3))
            return
        }
        if appendRow(text, number) { return }
        closeTable()
        if text.isEmpty {
            isAfterBlank = true
            if open?.kind == .paragraph { close() }
            return
        }
        defer { isAfterBlank = false }
        let indent = line.prefix(while: \.isWhitespace).reduce(0) { $0 + ($1 == "\t" ? 4 : 1) }
        if indent < 4, let (level, title) = Self.heading(text) {
            begin(.heading(level: level), title, number)
            close()
        } else if let item = Self.item(text) {
            begin(.item(indent: indent), item, number)
        } else if let (name, address) = Self.definition(text) {
            references[name] = address
        } else if let kind = open?.kind, kind == .paragraph || !isAfterBlank || indent >= 2 {
            open?.lines.append(text.trimmingSpaces)
        } else {
            begin(.paragraph, text.drop { $0 == ">" || $0 == " " }, number)
        }
    }

    /// A line without what stands in comments, which may go on over several lines.
    private mutating func withoutComments(_ line: Substring) -> Substring {
        guard isInComment || line.contains("<!--") else { return line }
        var result = ""
        var rest = line
        while true {
            if isInComment {
                guard let end = rest.range(of: "-->") else { return Substring(result) }
                rest = rest[end.upperBound...]
                isInComment = false
            }
            guard let start = rest.range(of: "<!--") else { return Substring(result + rest) }
            result += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            isInComment = true
        }
    }

    // MARK: - Lines

    private static func heading(_ text: Substring) -> (level: Int, text: Substring)? {
        let level = text.prefix { $0 == "#" }.count
        guard (1...6).contains(level), let next = text.dropFirst(level).first, next.isWhitespace else { return nil }
        var title = text.dropFirst(level)
        while let last = title.last, last == "#" || last.isWhitespace { title.removeLast() }
        return (level, title)
    }

    /// The text of an entry of a list, without its mark and without a box to tick.
    private static func item(_ text: Substring) -> Substring? {
        var rest = text.dropFirst()
        if let mark = text.first, "-*+".contains(mark) {
        } else {
            let digits = text.prefix(while: \.isNumber)
            guard !digits.isEmpty, digits.count <= 6, let mark = text.dropFirst(digits.count).first, ".)".contains(mark)
            else { return nil }
            rest = text.dropFirst(digits.count + 1)
        }
        guard let space = rest.first, space.isWhitespace else { return nil }
        rest = rest.drop(while: \.isWhitespace)
        for box in ["[ ] ", "[x] ", "[X] "] where rest.hasPrefix(box) { rest = rest.dropFirst(4) }
        return rest
    }

    /// The name and the address of a link that is defined on a line of its own: `[1]: https://…`.
    private static func definition(_ text: Substring) -> (name: String, address: String)? {
        guard text.first == "[", let close = text.range(of: "]:") else { return nil }
        let address = text[close.upperBound...].drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
        guard !address.isEmpty else { return nil }
        return (
            text[..<close.lowerBound].dropFirst().lowercased(), String(address.drop { $0 == "<" }.prefix { $0 != ">" })
        )
    }

    // MARK: - Tables

    /// Reads a row of a table. Returns `false` for a line that is none.
    private mutating func appendRow(_ text: Substring, _ number: Int) -> Bool {
        guard text.first == "|" || columns != nil && text.contains("|") else { return false }
        if open != nil { close() }
        let cells = Self.cells(text)
        if cells.allSatisfy({ $0.allSatisfy { "-: ".contains($0) } && $0.contains("-") }) {
            columns = lastRow?.cells.map { MarkdownEntry.plain($0) } ?? []
            lastRow = nil
        } else {
            flushRow()
            lastRow = (cells, number)
        }
        return true
    }

    private mutating func flushRow() {
        guard let (cells, line) = lastRow else { return }
        lastRow = nil
        blocks.append(MarkdownBlock(kind: .row(cells: cells, columns: columns ?? []), line: line, lines: cells))
    }

    private mutating func closeTable() {
        flushRow()
        columns = nil
    }

    /// The cells of a row. A bar in code, in a formula or behind a backslash divides nothing.
    private static func cells(_ text: Substring) -> [String] {
        var cells: [String] = []
        var cell = ""
        var isEscaped = false
        var isInCode = false
        for character in text {
            if character == "`" { isInCode.toggle() }
            if character == "|", !isEscaped, !isInCode {
                cells.append(cell.trimmingSpaces)
                cell = ""
            } else {
                cell.append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        if !cell.trimmingSpaces.isEmpty { cells.append(cell.trimmingSpaces) }
        if text.first == "|", !cells.isEmpty { cells.removeFirst() }
        return cells
    }
}
