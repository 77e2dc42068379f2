/// A file of named sections, mapped into memory. ``SectionedFileWriter`` writes it and draws its layout.
///
/// Opening takes the same time for every size of file. It reads the header and the section table, and checks their
/// checksums, the file's size, kind and version, and that the sections lie in the file one after another. ``verify()``
/// compares the checksums of all sections. `array` with `verified: true` compares the checksum of its section.
///
/// Nothing in a file makes this type read outside it. A file that is damaged, cut short or made up is refused with a
/// ``MappedFileError`` that names the file and the section.
package final class SectionedFile: Sendable {
    private let file: MappedFile
    private let rows: [SectionRow]
    private let tableOffset: Int

    /// The version of what the sections mean.
    package let version: UInt32

    /// Opens the file at `path`.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - kind: The kind that the file must have.
    ///   - versions: The versions that the caller can read.
    /// - Throws: `cannotOpen`, `empty`, `truncated`, `notThisKind`, `newerVersion`, `olderVersion`, `damagedHeader`.
    package convenience init(path: String, kind: FileKind, versions: ClosedRange<UInt32>) throws(MappedFileError) {
        try self.init(MappedFile(path: path), kind: kind, versions: versions)
    }

    /// Reads the header of a file that is in memory, as ``init(path:kind:versions:)`` does.
    ///
    /// - Throws: `empty`, `truncated`, `notThisKind`, `newerVersion`, `olderVersion`, `damagedHeader`.
    package init(_ file: MappedFile, kind: FileKind, versions: ClosedRange<UInt32>) throws(MappedFileError) {
        let path = file.path
        let header = try file.withBytes { bytes throws(MappedFileError) in
            try Self.header(of: bytes, path: path, kind: kind, versions: versions)
        }
        rows = try file.withBytes { bytes throws(MappedFileError) in
            try Self.table(of: bytes, header: header, path: path)
        }
        self.file = file
        tableOffset = Int(header.tableOffset)
        version = header.version
    }

    /// The path as it was given.
    package var path: String { file.path }

    /// The size of the file in bytes.
    package var byteCount: Int { file.byteCount }

    /// The names of the sections, in their order.
    package var sectionNames: [String] { rows.map(\.name) }

    /// Whether there is a section `name`.
    package func has(_ name: String) -> Bool { rows.contains { $0.name == name } }

    // MARK: - Sections

    /// Finds the elements of a section.
    ///
    /// - Parameters:
    ///   - name: The section.
    ///   - type: The type of its elements; any pattern of bits must be a value of it.
    ///   - count: The number of elements that there must be, if it is known.
    ///   - verified: Whether to compare the section's checksum, which reads all of the section.
    /// - Returns: The elements where they lie in the file. The file stays mapped as long as the array exists.
    /// - Throws: `missingSection`; `damagedSection` if the elements have another size, are not `count`, or have another
    ///   checksum.
    package func array<Element: BitwiseCopyable>(
        _ name: String,
        of type: Element.Type,
        count: Int? = nil,
        verified: Bool = false
    ) throws(MappedFileError) -> FrozenArray<Element> {
        precondition(MemoryLayout<Element>.alignment <= sectionAlignment, "\(type) needs more than \(sectionAlignment)")
        guard let row = rows.first(where: { $0.name == name }) else {
            throw failure(.missingSection, name, "it has no section '\(name)'")
        }
        let elementSize = MemoryLayout<Element>.stride
        guard row.elementSize == elementSize else {
            throw failure(
                .damagedSection, name,
                "the elements of section '\(name)' have \(row.elementSize) bytes instead of \(elementSize)"
            )
        }
        let elements = Int(row.byteCount) / elementSize
        guard count == nil || count == elements else {
            throw failure(
                .damagedSection, name, "section '\(name)' has \(elements) elements instead of \(count ?? 0)"
            )
        }
        if verified { try verify(row) }
        // SAFETY: `table(of:)` has checked that the section starts at a multiple of 64, that its size is a multiple of
        // the element's, and that it ends before the section table, so in the mapping. The owner keeps the mapping.
        guard let base = unsafe file.baseAddress else { throw failure(.empty, name, "it is empty") }
        return unsafe FrozenArray(
            owner: file,
            baseAddress: (base + Int(row.offset)).assumingMemoryBound(to: Element.self),
            count: elements
        )
    }

    /// Tells the system that reads of a section will be all over it, so that it reads no pages ahead.
    ///
    /// Without such a section nothing happens.
    package func expectScatteredReads(of name: String) {
        guard let row = rows.first(where: { $0.name == name }) else { return }
        file.expectScatteredReads(in: Int(row.offset)..<Int(row.offset + row.byteCount))
    }

    // MARK: - Verifying

    /// Reads the whole file, and compares the checksum of every section and the gaps between sections with zero.
    ///
    /// Together with opening, it finds a change of any one byte of the file.
    ///
    /// - Throws: `damagedSection`, with the name of the first section that differs.
    /// - Complexity: O(*bytes*), at the speed of memory or of the disk.
    package func verify() throws(MappedFileError) {
        for (index, row) in rows.enumerated() {
            try verify(row)
            let end = Int(row.offset + row.byteCount)
            let next = index + 1 < rows.count ? Int(rows[index + 1].offset) : tableOffset
            let gap = file.withBytes { bytes in (end..<next).allSatisfy { bytes.byte(at: $0) == 0 } }
            guard gap else {
                throw failure(.damagedSection, row.name, "the bytes behind section '\(row.name)' changed")
            }
        }
    }

    private func verify(_ row: SectionRow) throws(MappedFileError) {
        let range = Int(row.offset)..<Int(row.offset + row.byteCount)
        let sum = file.withBytes { CRC32C($0.extracting(range)).value }
        guard sum == row.checksum else {
            throw failure(
                .damagedSection, row.name,
                "section '\(row.name)' has the checksum \(hexadecimal(sum)) instead of \(hexadecimal(row.checksum))"
            )
        }
    }

    private func failure(_ code: MappedFileError.Code, _ section: String, _ reason: String) -> MappedFileError {
        MappedFileError(
            code, path: path, section: section,
            message: "Cannot read '\(path)': \(reason). \(remedy)"
        )
    }
}

// MARK: - Opening

extension SectionedFile {
    private static func header(
        of bytes: RawSpan,
        path: String,
        kind: FileKind,
        versions: ClosedRange<UInt32>
    ) throws(MappedFileError) -> FileHeader {
        func failure(_ code: MappedFileError.Code, _ reason: String) -> MappedFileError {
            MappedFileError(code, path: path, message: "Cannot open '\(path)': \(reason)")
        }
        guard bytes.byteCount > 0 else { throw failure(.empty, "the file is empty. \(remedy)") }
        let start = min(bytes.byteCount, FileHeader.magic.count)
        guard (0..<start).allSatisfy({ bytes.byte(at: $0) == FileHeader.magic[$0] }) else {
            throw failure(.notThisKind, "it is no file of this program. Give the path of a '\(kind)' file.")
        }
        guard bytes.byteCount >= FileHeader.byteCount else {
            throw failure(.truncated, "it ends after \(bytes.byteCount) bytes, within its header. \(remedy)")
        }
        guard let header = FileHeader(decoding: bytes) else {
            throw failure(.damagedHeader, "its header is damaged. \(remedy)")
        }
        /// Refuses a version that this build does not read.
        func check(_ name: String, _ version: UInt32, in versions: ClosedRange<UInt32>) throws(MappedFileError) {
            guard !versions.contains(version) else { return }
            let isNewer = version > versions.upperBound
            let range =
                versions.count == 1 ? "\(versions.lowerBound)" : "\(versions.lowerBound)...\(versions.upperBound)"
            throw failure(
                isNewer ? .newerVersion : .olderVersion,
                "\(name) version \(version), this build reads \(range). "
                    + (isNewer ? "Use a newer build, or rebuild the file with this one." : "Rebuild the file.")
            )
        }
        try check("container", header.container, in: FileHeader.containerVersion...FileHeader.containerVersion)
        guard header.kind == FileHeader.bytes(of: kind) else {
            let found = String(decoding: header.kind.prefix { $0 != 0 }, as: UTF8.self)
            throw failure(.notThisKind, "it is a '\(found)' file. Give the path of a '\(kind)' file.")
        }
        try check("format", header.version, in: versions)
        guard header.fileByteCount <= bytes.byteCount else {
            throw failure(
                .truncated, "it ends after \(bytes.byteCount) of \(header.fileByteCount) bytes. \(remedy)"
            )
        }
        guard header.fileByteCount == bytes.byteCount else {
            throw failure(
                .damagedHeader, "it has \(bytes.byteCount) bytes and says \(header.fileByteCount). \(remedy)"
            )
        }
        return header
    }

    /// Reads the section table.
    ///
    /// The sections of the result lie behind the header, one after another, and end before the table.
    private static func table(
        of bytes: RawSpan, header: FileHeader, path: String
    ) throws(MappedFileError) -> [SectionRow] {
        func failure(_ section: String?, _ reason: String) -> MappedFileError {
            MappedFileError(
                .damagedHeader, path: path, section: section, message: "Cannot open '\(path)': \(reason). \(remedy)"
            )
        }
        // Sums of numbers from the file may overflow. Differences of numbers that were compared cannot.
        let length = UInt64(header.sectionCount) * UInt64(SectionRow.byteCount)
        guard header.sectionCount <= maximumSectionCount, header.tableOffset <= header.fileByteCount,
            header.fileByteCount - header.tableOffset == length, header.tableOffset % UInt64(sectionAlignment) == 0,
            header.tableOffset >= FileHeader.byteCount
        else { throw failure(nil, "its section table is not where it can be") }
        let table = bytes.extracting(Int(header.tableOffset)..<Int(header.fileByteCount))
        guard CRC32C(table).value == header.tableChecksum else { throw failure(nil, "its section table is damaged") }

        var rows: [SectionRow] = []
        var names: Set<String> = []
        var free = UInt64(FileHeader.byteCount)
        for index in 0..<Int(header.sectionCount) {
            let row = SectionRow(decoding: table, at: index * SectionRow.byteCount)
            guard !row.name.isEmpty, names.insert(row.name).inserted else {
                throw failure(row.name, "section \(index) has no name of its own")
            }
            guard row.offset >= free, row.offset % UInt64(sectionAlignment) == 0, row.offset <= header.tableOffset,
                row.byteCount <= header.tableOffset - row.offset
            else { throw failure(row.name, "section '\(row.name)' is not where it can be") }
            guard row.elementSize > 0, row.byteCount % UInt64(row.elementSize) == 0 else {
                throw failure(
                    row.name, "section '\(row.name)' has \(row.byteCount) bytes for elements of \(row.elementSize)"
                )
            }
            free = row.offset + row.byteCount
            rows.append(row)
        }
        return rows
    }
}

/// What to do about a file that does not hold what was written.
private let remedy = "Rebuild the file, or restore it from a copy."

private func hexadecimal(_ sum: UInt32) -> String {
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}

extension RawSpan {
    fileprivate func byte(at offset: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
}
