#if _endian(big)
#error("The files of this package are little-endian and are mapped as they are")
#endif

/// What a file is for: up to eight ASCII characters in its header, such as `hnsw`.
package struct FileKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The characters.
    package let rawValue: String

    /// Creates a kind.
    ///
    /// - Precondition: `rawValue` is one to eight ASCII characters, none of them a control character.
    package init(rawValue: String) {
        precondition(
            (1...8).contains(rawValue.utf8.count) && rawValue.utf8.allSatisfy { (0x20..<0x7F).contains($0) },
            "A file kind is one to eight ASCII characters, not '\(rawValue)'"
        )
        self.rawValue = rawValue
    }

    /// Creates a kind of its characters.
    package init(_ rawValue: String) { self.init(rawValue: rawValue) }

    package var description: String { rawValue }
}

/// Every section starts at a multiple of this many bytes: a cache line, and the widest vector register.
let sectionAlignment = 64

/// The most sections a file may have. It bounds the work that a hostile section table can cause.
let maximumSectionCount = 1024

/// The longest name of a section, in bytes.
let maximumSectionNameLength = 24

/// The first 64 bytes of a sectioned file.
///
/// ```
/// byte   0        8        16         20          24           32             40         44       48        60
///       ┌────────┬────────┬──────────┬───────────┬────────────┬──────────────┬──────────┬────────┬─────────┬────────┐
///       │ magic  │ kind   │ version  │ container │ file size  │ table's      │ number   │ CRC of │ zeros   │ CRC of │
///       │ 8      │ 8      │ u32      │ version   │ in bytes   │ place        │ of sect. │ table  │ 12      │ 0..<60 │
///       │        │        │          │ u32       │ u64        │ u64          │ u32      │ u32    │         │ u32    │
///       └────────┴────────┴──────────┴───────────┴────────────┴──────────────┴──────────┴────────┴─────────┴────────┘
/// ```
struct FileHeader: Equatable {
    static let byteCount = 64

    /// It holds a byte above ASCII and both ends of line, so a transfer of the file as text changes it.
    static let magic: [UInt8] = [0x89, 0x41, 0x4B, 0x49, 0x4E, 0x0D, 0x0A, 0x1A]  // \x89 A K I N \r \n \x1A

    /// The version of the container: of the header, the section table and the alignment, not of what sections mean.
    static let containerVersion: UInt32 = 1

    var kind: [UInt8]
    var version: UInt32
    var container = Self.containerVersion
    var fileByteCount: UInt64
    var tableOffset: UInt64
    var sectionCount: UInt32
    var tableChecksum: UInt32

    /// The kind as it stands in a header: padded with zeros to eight bytes.
    static func bytes(of kind: FileKind) -> [UInt8] { padded(kind.rawValue, to: 8) }

    /// The header as it stands in the file.
    var encoded: [UInt8] {
        var bytes = Self.magic + kind
        bytes.append(littleEndian: version)
        bytes.append(littleEndian: container)
        bytes.append(littleEndian: fileByteCount)
        bytes.append(littleEndian: tableOffset)
        bytes.append(littleEndian: sectionCount)
        bytes.append(littleEndian: tableChecksum)
        bytes.append(contentsOf: [UInt8](repeating: 0, count: 12))
        bytes.append(littleEndian: CRC32C(bytes).value)
        return bytes
    }

    /// Reads the header that `bytes` begin with, or `nil` if its checksum says that it is damaged.
    ///
    /// - Precondition: there are at least 64 bytes.
    init?(decoding bytes: RawSpan) {
        precondition(bytes.byteCount >= Self.byteCount)
        guard CRC32C(bytes.extracting(first: 60)).value == bytes.littleEndian(at: 60) else { return nil }
        kind = (8..<16).map { bytes.littleEndian(at: $0) }
        version = bytes.littleEndian(at: 16)
        container = bytes.littleEndian(at: 20)
        fileByteCount = bytes.littleEndian(at: 24)
        tableOffset = bytes.littleEndian(at: 32)
        sectionCount = bytes.littleEndian(at: 40)
        tableChecksum = bytes.littleEndian(at: 44)
    }

    init(
        kind: FileKind, version: UInt32, fileByteCount: Int, tableOffset: Int, sectionCount: Int, tableChecksum: UInt32
    ) {
        self.kind = Self.bytes(of: kind)
        self.version = version
        self.fileByteCount = UInt64(fileByteCount)
        self.tableOffset = UInt64(tableOffset)
        self.sectionCount = UInt32(sectionCount)
        self.tableChecksum = tableChecksum
    }
}

/// A row of the section table, 64 bytes.
///
/// ```
/// byte   0                24         32         40             44      48
///       ┌────────────────┬──────────┬──────────┬──────────────┬───────┬───────┐
///       │ name, UTF-8,   │ place    │ length   │ element's    │ CRC   │ zeros │
///       │ zeros behind   │ in file  │ in bytes │ size, bytes  │       │ 16    │
///       │ 24             │ u64      │ u64      │ u32          │ u32   │       │
///       └────────────────┴──────────┴──────────┴──────────────┴───────┴───────┘
/// ```
struct SectionRow: Equatable {
    static let byteCount = 64

    var name: String
    var offset: UInt64
    var byteCount: UInt64
    var elementSize: UInt32
    var checksum: UInt32

    /// The row as it stands in the file.
    var encoded: [UInt8] {
        var bytes = padded(name, to: maximumSectionNameLength)
        bytes.append(littleEndian: offset)
        bytes.append(littleEndian: byteCount)
        bytes.append(littleEndian: elementSize)
        bytes.append(littleEndian: checksum)
        bytes.append(contentsOf: [UInt8](repeating: 0, count: 16))
        return bytes
    }

    init(name: String, offset: Int, byteCount: Int, elementSize: Int, checksum: UInt32) {
        self.name = name
        self.offset = UInt64(offset)
        self.byteCount = UInt64(byteCount)
        self.elementSize = UInt32(elementSize)
        self.checksum = checksum
    }

    /// Reads the row that starts at `start`. A name that is not UTF-8 is read with replacement characters.
    init(decoding bytes: RawSpan, at start: Int) {
        let letters: [UInt8] = (start..<start + maximumSectionNameLength).map { bytes.littleEndian(at: $0) }
        name = String(decoding: letters.prefix { $0 != 0 }, as: UTF8.self)
        offset = bytes.littleEndian(at: start + 24)
        byteCount = bytes.littleEndian(at: start + 32)
        elementSize = bytes.littleEndian(at: start + 40)
        checksum = bytes.littleEndian(at: start + 44)
    }
}

/// The UTF-8 bytes of `text` with zeros behind, `count` in all.
private func padded(_ text: String, to count: Int) -> [UInt8] {
    Array(text.utf8) + [UInt8](repeating: 0, count: count - text.utf8.count)
}

extension [UInt8] {
    fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
        var rest = value
        for _ in 0..<MemoryLayout.size(ofValue: value) {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}

extension RawSpan {
    /// The number that starts at `offset`, which need not be aligned; traps if it does not lie in the span.
    fileprivate func littleEndian<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> Number {
        Number(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}
