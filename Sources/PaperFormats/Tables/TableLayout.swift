import JSONReading
import Papers

/// A table of papers: its shape, its columns, and where its rows begin.
struct TableLayout: Sendable {
    /// A column and what it says of a paper.
    struct Column: Sendable {
        let header: String
        let field: PaperField
        /// The place of the column, from 0.
        let place: Int
        /// How late the column comes among those of its field.
        let rank: Int
        /// Whether nothing stands in the header.
        var isNameless = false
        /// Whether semicolons part the names in the cells of the column, also where a cell has one name alone.
        var partsAtSemicolons = false
    }

    let shape: TableShape

    /// The columns in the order in which they are read: of two for one field, the surer first.
    private(set) var columns: [Column]

    /// The number of columns.
    let width: Int

    /// The bytes before the first row after the header.
    let start: Int

    /// The line of that row, from 1.
    let line: Int

    /// The share of the first rows that have as many cells as the header, from 0 to 1; `nil` if there is no row.
    let regularity: Double?

    /// The most rows before the header. Databases put the question and the like there.
    private static let mostRowsBeforeHeader = 10

    /// How many rows tell whether the table is one.
    private static let sampleLength = 20

    /// Finds the table at the beginning of a file: of the delimiters that give a column of titles, the one with the
    /// most columns. `nil` if none does.
    ///
    /// - Parameters:
    ///   - head: The beginning of the file, without a byte-order mark.
    ///   - isWhole: Whether that is all of it.
    ///   - map: What the caller says of columns: the header for each field.
    init?(of head: [UInt8], isWhole: Bool, map: [String: String] = [:]) {
        // No header begins like a record of JSON, XML or BibTeX.
        if let first = head.first(where: { $0 > 0x20 }), "{[<@%".utf8.contains(first) { return nil }
        let lineEnd = UInt8(ascii: head.contains(UInt8(ascii: "\n")) ? "\n" : "\r")
        let layouts = [",", ";", "\t", "|"].compactMap { (mark: Unicode.Scalar) in
            TableLayout(
                of: head, isWhole: isWhole, map: map, shape: TableShape(delimiter: UInt8(ascii: mark), lineEnd: lineEnd)
            )
        }
        guard let widest = layouts.max(by: { $0.width < $1.width }) else { return nil }
        self = widest
    }

    private init?(of head: [UInt8], isWhole: Bool, map: [String: String], shape: TableShape) {
        var start = 0
        var line = 1
        var unclosed = TableShape.UnclosedBytes()
        for _ in 0...Self.mostRowsBeforeHeader {
            guard start < head.count else { return nil }
            var end = head.count
            switch shape.rowEnd(in: head, from: start, isAtEnd: isWhole, unclosed: &unclosed) {
            case .at(let found): end = found
            case .beyond: return nil
            case .nowhere: end = shape.lineEnd(in: head, from: start) ?? head.count
            }
            guard let cells = shape.cells(of: head, in: start..<end) else { return nil }
            line += 1 + head[start..<end].count { $0 == shape.lineEnd }
            start = end + 1
            let columns = Self.columns(of: cells, map: map)
            guard columns.contains(where: { $0.field == .title }) else { continue }
            self.init(head, isWhole, shape, columns, width: cells.count, start: start, line: line)
            return
        }
        return nil
    }

    private init?(
        _ head: [UInt8], _ isWhole: Bool, _ shape: TableShape, _ columns: [Column], width: Int, start: Int, line: Int
    ) {
        self.shape = shape
        self.columns = columns.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
        self.width = width
        self.start = start
        self.line = line
        var rows = (count: 0, regular: 0)
        var next = start
        var unclosed = TableShape.UnclosedBytes()
        var listed: Set<Int> = []
        while next < head.count {
            guard case .at(let end) = shape.rowEnd(in: head, from: next, isAtEnd: isWhole, unclosed: &unclosed),
                let cells = shape.cells(of: head, in: next..<end)
            else { break }
            next = end + 1
            for (place, cell) in cells.enumerated() where cell.contains(";") { listed.insert(place) }
            if rows.count == Self.sampleLength || cells.allSatisfy(\.isEmpty) { continue }
            // The second line of a table in Markdown: `--- | :---:`.
            if rows.count == 0, cells.allSatisfy({ $0.allSatisfy { "-: ".contains($0) } }) { return nil }
            rows.count += 1
            if cells.count == width { rows.regular += 1 }
        }
        regularity = rows.count > 0 ? Double(rows.regular) / Double(rows.count) : nil
        let isOfZotero = columns.contains { $0.header == "Item Type" } && columns.contains { $0.header == "Key" }
        for index in self.columns.indices {
            let column = self.columns[index]
            let isFull = ["author full names", "author full name"].contains(column.header.lowercased())
            self.columns[index].partsAtSemicolons = isOfZotero || isFull || listed.contains(column.place)
        }
    }

    /// The column "Name" of a table whose other columns are those of papers, as Notion exports one. Other tables have
    /// names of people and things there.
    private static func titleUnderName(_ headers: [String]) -> Int? {
        let fields = headers.compactMap { PaperField(named: $0) }
        let marks = fields.filter { [.authors, .abstract, .doi, .arXiv, .venue, .year].contains($0) }
        guard !fields.contains(.title), Set(marks).count > 1, marks.contains(where: { $0 != .year && $0 != .venue })
        else { return nil }
        return headers.firstIndex { $0.lowercased() == "name" }
    }

    /// Whether the columns are those of papers, see ``PaperField/arePaperFields(_:)``. The column of the titles is
    /// known by whatever name.
    var hasPapers: Bool {
        PaperField.arePaperFields(columns.lazy.filter { $0.field != .title && !$0.isNameless }.map(\.header))
    }

    /// What the headers say, and what the caller says of them.
    private static func columns(of headers: [String], map: [String: String]) -> [Column] {
        var mapped: [Int: String] = [:]
        for (field, header) in map {
            let place =
                headers.firstIndex(of: header)
                ?? headers.firstIndex { $0.lowercased() == header.lowercased().trimmingSpaces }
            if let place { mapped[place] = field }
        }
        // A field that the caller maps has no other column.
        let taken = Set(mapped.values.compactMap { PaperField(named: $0) })
        if let place = titleUnderName(headers), !taken.contains(.title), mapped[place] == nil {
            mapped[place] = "title"
        }
        return headers.enumerated().map { place, header in
            let name = header.isEmpty ? "column \(place + 1)" : header
            if let field = mapped[place] {
                return Column(
                    header: name, field: PaperField(named: field) ?? .attribute(field), place: place, rank: -1)
            }
            let known = PaperField(named: header).flatMap { taken.contains($0) ? nil : $0 }
            let field = known ?? .attribute(name.lowercased())
            return Column(
                header: name, field: field, place: place, rank: PaperField.rank(of: header), isNameless: header.isEmpty)
        }
    }
}

// MARK: - The paper of a row

extension TableLayout {
    /// What a row says of its paper.
    func draft(of cells: [String]) -> PaperDraft {
        var draft = PaperDraft()
        var pages: (first: String?, last: String?)
        for column in columns where column.place < cells.count {
            let text = cells[column.place]
            if text.isEmpty { continue }
            switch column.field {
            case .firstPage where pages.first == nil: pages.first = text
            case .lastPage where pages.last == nil: pages.last = text
            case .authors where draft.authors.isEmpty:
                draft.authors = authorNames(in: text, partsAtSemicolons: column.partsAtSemicolons)
            case .editor, .translator:
                let role = column.field == .editor ? "editor" : "translator"
                for name in authorNames(in: text, partsAtSemicolons: column.partsAtSemicolons) {
                    draft.add(name, to: role)
                }
            case .attribute("attributes") where text.hasPrefix("{"): Self.noteAttributes(text, in: &draft)
            default: draft.note(text, as: column.field, named: column.header)
            }
        }
        if pages.first != nil || pages.last != nil { draft.notePages(from: pages.first, to: pages.last) }
        for (place, text) in cells.enumerated().dropFirst(width) { draft.add(text, to: "column \(place + 1)") }
        if draft.year == nil { Self.readSource(of: &draft) }
        draft.noteVenueOfLastResort()
        return draft
    }

    /// Notes the attributes of a JSON object, as ``CSVExporter`` writes them.
    private static func noteAttributes(_ json: String, in draft: inout PaperDraft) {
        let bytes = Array(json.utf8)
        var reader = JSONReader(bytes, in: bytes.indices)
        guard let value = try? reader.value(), case .object(let fields) = value else {
            return draft.add(json, to: "attributes")
        }
        for (name, values) in fields { for text in values.texts { draft.add(text, to: name) } }
    }

    /// Takes venue and year out of what Embase calls the source: `Endoscopic Ultrasound (2014) 3:3 (152-160)`.
    private static func readSource(of draft: inout PaperDraft) {
        guard let source = draft.venue, let match = source.firstMatch(of: /^(.+?) \((\d{4})\)/),
            draft.noteDate(String(match.output.2))
        else { return }
        draft.venue = String(match.output.1)
        draft.add(source, to: "source")
    }
}
