import ArraySpans

/// Writes a file of named sections. A section is an array of numbers that ``SectionedFile`` maps as it is.
///
/// ```
/// ┌────────┬───────────┬─┬───────────┬─┬─────┬───────────┬─┬───────────────┐
/// │ header │ section 1 │0│ section 2 │0│  …  │ section n │0│ section table │
/// │ 64     │           │ │           │ │     │           │ │ n · 64        │
/// └────────┴───────────┴─┴───────────┴─┴─────┴───────────┴─┴───────────────┘
/// ```
///
/// All numbers are little-endian. Header, sections and table start at multiples of 64 bytes, with zeros between. The
/// header has the number of sections, the file's size, kind and version, and the checksums of itself and of the table.
/// The table has the name, place, length, element size and checksum of each section. Checksums are CRC-32C. So every
/// byte of the file has a checksum, or must be zero.
///
/// The file has another name until ``commit()`` (see ``PartialFile``). A writer that is given up leaves no file behind.
/// The same calls write the same bytes.
///
/// ```swift
/// var writer = try SectionedFileWriter(path: path, kind: FileKind("bm25"), version: 1)
/// try writer.add("keys", keys)
/// try writer.begin("postings", elementSize: 4)
/// for block in blocks { try writer.append(block) }
/// try writer.end()
/// try writer.commit()
/// ```
package struct SectionedFileWriter: ~Copyable {
    /// The file; `nil` if the bytes stay in memory, in `buffer`.
    private var file: PartialFile?
    private let isInMemory: Bool

    /// The number of bytes in the file.
    private var written = 0

    private let kind: FileKind
    private let version: UInt32
    private var rows: [SectionRow] = []

    /// The section that is being written, if one is.
    private var open: OpenSection?

    /// Small pieces are gathered here before they are written. Without a file, all bytes are.
    private var buffer: [UInt8] = []
    private static let bufferSize = 256 * 1024

    private struct OpenSection {
        let name: String
        let elementSize: Int
        let offset: Int
        var byteCount = 0
        var checksum = CRC32C()
    }

    /// Creates the file, under another name until it is complete.
    ///
    /// - Parameters:
    ///   - path: Where the file will be.
    ///   - kind: What the file is for.
    ///   - version: The version of what its sections mean. The code of the kind counts it up.
    /// - Throws: `cannotWrite` or `noSpace`.
    package init(path: String, kind: FileKind, version: UInt32) throws(MappedFileError) {
        self.init(file: try PartialFile(path: path), kind: kind, version: version)
    }

    /// Writes to a file that is open and empty.
    package init(file: consuming PartialFile, kind: FileKind, version: UInt32) {
        path = file.path
        isInMemory = false
        self.file = consume file
        self.kind = kind
        self.version = version
        buffer.reserveCapacity(Self.bufferSize)
        buffer.append(contentsOf: [UInt8](repeating: 0, count: FileHeader.byteCount))
    }

    /// Writes to memory. ``bytes()`` gives what a file would hold.
    package init(inMemory kind: FileKind, version: UInt32) {
        path = "bytes in memory"
        isInMemory = true
        file = nil
        self.kind = kind
        self.version = version
        buffer.append(contentsOf: [UInt8](repeating: 0, count: FileHeader.byteCount))
    }

    /// The path that the file will have.
    package let path: String

    // MARK: - Sections

    /// Writes a whole section.
    ///
    /// - Throws: `cannotWrite` or `noSpace`.
    /// - Precondition: `name` is new, not empty and at most 24 bytes long. No other section is open. There are fewer
    ///   than 1,024.
    package mutating func add<Element: BitwiseCopyable>(
        _ name: String,
        _ values: Span<Element>
    ) throws(MappedFileError) {
        begin(name, elementSize: MemoryLayout<Element>.stride)
        try append(values)
        end()
    }

    /// Writes a whole section.
    ///
    /// - Throws: `cannotWrite` or `noSpace`.
    package mutating func add<Element: BitwiseCopyable>(_ name: String, _ values: [Element]) throws(MappedFileError) {
        try add(name, values.span)
    }

    /// Starts a section that is written in pieces.
    ///
    /// - Precondition: As for a section that is added whole. `elementSize` is at least 1.
    package mutating func begin(_ name: String, elementSize: Int) {
        precondition(open == nil, "Section '\(open?.name ?? "")' is not ended")
        precondition(
            (1...maximumSectionNameLength).contains(name.utf8.count) && !name.utf8.contains(0),
            "A section's name has 1 to \(maximumSectionNameLength) bytes, unlike '\(name)'"
        )
        precondition(!rows.contains { $0.name == name }, "There is a section '\(name)' already")
        precondition(rows.count < maximumSectionCount, "A file has at most \(maximumSectionCount) sections")
        precondition(elementSize >= 1 && elementSize <= UInt32.max, "An element cannot have \(elementSize) bytes")
        open = OpenSection(name: name, elementSize: elementSize, offset: position)
    }

    /// Writes the next bytes of the open section.
    ///
    /// - Throws: `cannotWrite` or `noSpace`.
    package mutating func append(_ bytes: RawSpan) throws(MappedFileError) {
        precondition(open != nil, "No section is open")
        open?.checksum.update(bytes)
        open?.byteCount += bytes.byteCount
        try write(bytes)
    }

    /// Writes the next elements of the open section.
    ///
    /// - Throws: `cannotWrite` or `noSpace`.
    /// - Precondition: They have the element size of the section.
    package mutating func append<Element: BitwiseCopyable>(_ values: Span<Element>) throws(MappedFileError) {
        requireNoPadding(Element.self)
        precondition(
            open?.elementSize == MemoryLayout<Element>.stride,
            "Section '\(open?.name ?? "")' has other elements than \(Element.self)"
        )
        // SAFETY: the elements have been found to have no padding at their ends.
        try append(unsafe values.bytes)
    }

    /// Writes the next elements of the open section.
    ///
    /// - Throws: `cannotWrite` or `noSpace`.
    package mutating func append<Element: BitwiseCopyable>(_ values: [Element]) throws(MappedFileError) {
        try append(values.span)
    }

    /// Ends the open section.
    ///
    /// - Precondition: Its bytes are a multiple of the element size.
    package mutating func end() {
        guard let section = open else { preconditionFailure("No section is open") }
        precondition(
            section.byteCount % section.elementSize == 0,
            "Section '\(section.name)' has \(section.byteCount) bytes, no multiple of \(section.elementSize)"
        )
        rows.append(
            SectionRow(
                name: section.name,
                offset: section.offset,
                byteCount: section.byteCount,
                elementSize: section.elementSize,
                checksum: section.checksum.value
            )
        )
        open = nil
        let padding = -section.byteCount & (sectionAlignment - 1)
        buffer.append(contentsOf: repeatElement(0, count: padding))
    }

    /// Writes the table and the header, and replaces the file at the path.
    ///
    /// - Throws: `cannotWrite` or `noSpace`. The old file is then still there, unless only the folder could not be
    ///   synchronised.
    package consuming func commit() throws(MappedFileError) {
        let header = writeTable()
        try flush()
        guard var file = file.take() else { preconditionFailure("There is no file to complete") }
        try file.overwrite(header, at: 0)
        try file.commit()
    }

    /// Completes what was written to memory, and returns it.
    ///
    /// - Precondition: The writer has no file.
    package consuming func bytes() -> [UInt8] {
        precondition(isInMemory, "The bytes are in the file '\(path)'")
        let header = writeTable()
        buffer.replaceSubrange(0..<header.count, with: header)
        return buffer
    }

    /// Writes the table, and returns the header.
    private mutating func writeTable() -> [UInt8] {
        precondition(open == nil, "Section '\(open?.name ?? "")' is not ended")
        let table = rows.flatMap(\.encoded)
        let tableOffset = position
        buffer.append(contentsOf: table)
        let header = FileHeader(
            kind: kind,
            version: version,
            fileByteCount: position,
            tableOffset: tableOffset,
            sectionCount: rows.count,
            tableChecksum: CRC32C(table).value
        )
        return header.encoded
    }

    // MARK: - Bytes

    /// Where the next byte will stand in the file.
    private var position: Int { written + buffer.count }

    private mutating func write(_ bytes: RawSpan) throws(MappedFileError) {
        if buffer.count + bytes.byteCount > Self.bufferSize { try flush() }
        if bytes.byteCount > Self.bufferSize, !isInMemory {
            try file?.append(bytes)
            written += bytes.byteCount
        } else {
            // SAFETY: the pointer does not leave the closure.
            unsafe bytes.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
        }
    }

    private mutating func flush() throws(MappedFileError) {
        guard !isInMemory else { return }
        try file?.append(buffer)
        written += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }
}

/// Traps on a type with padding. Padding holds arbitrary bytes of memory, which must not reach a file.
private func requireNoPadding<Element: BitwiseCopyable>(_ type: Element.Type) {
    precondition(
        MemoryLayout<Element>.size == MemoryLayout<Element>.stride && MemoryLayout<Element>.size > 0,
        "\(type) has padding at its end or no size, and cannot stand in a file"
    )
}
