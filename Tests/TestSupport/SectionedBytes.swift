import Foundation

/// The bytes of a file with sections, whose numbers can be altered under right checksums.
///
/// `SectionedFileFormat.swift` draws the layout.
public struct SectionedBytes: Sendable {
    /// A section: its name, and where its elements are.
    public struct Section: Sendable {
        /// The name.
        public let name: String
        /// Where its bytes are in the file.
        public let bytes: Range<Int>
        /// The bytes of an element.
        public let elementSize: Int
        /// Where its row stands in the table.
        fileprivate let row: Int

        /// The number of elements.
        public var count: Int { elementSize > 0 ? bytes.count / elementSize : 0 }
    }

    /// The bytes of the file.
    public private(set) var bytes: [UInt8]
    /// The sections, in the order of the table.
    public let sections: [Section]
    private let table: Range<Int>

    /// Reads the bytes of a sound file.
    public init(path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        func number(_ offset: Int, _ length: Int) -> Int {
            bytes[offset..<offset + length].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        self.bytes = bytes
        let start = number(32, 8)
        table = start..<start + number(40, 4) * 64
        sections = stride(from: table.lowerBound, to: table.upperBound, by: 64).map { row in
            Section(
                name: String(decoding: bytes[row..<row + 24].prefix { $0 != 0 }, as: UTF8.self),
                bytes: number(row + 24, 8)..<number(row + 24, 8) + number(row + 32, 8),
                elementSize: number(row + 40, 4), row: row)
        }
    }

    /// Replaces elements of a section by a value, and corrects the checksums.
    public mutating func set(_ elements: some Sequence<Int>, of section: Section, to value: UInt64) {
        for element in elements {
            for byte in 0..<min(8, section.elementSize) {
                bytes[section.bytes.lowerBound + element * section.elementSize + byte] =
                    UInt8(truncatingIfNeeded: value >> (8 * UInt64(byte)))
            }
        }
        setChecksum(of: section.bytes, at: section.row + 44)
        setChecksum(of: table, at: 44)
        setChecksum(of: 0..<60, at: 60)
    }

    private mutating func setChecksum(of range: Range<Int>, at offset: Int) {
        let checksum = Self.crc32c(bytes[range])
        for byte in 0..<4 { bytes[offset + byte] = UInt8(truncatingIfNeeded: checksum >> (8 * UInt32(byte))) }
    }

    private static let crcTable: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
    }

    private static func crc32c(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(UInt32.max) { crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }

    /// Values that do harm where a number is used unchecked: ends of the integers, and floats that are no numbers.
    public static func extremes(ofSize size: Int) -> [UInt64] {
        switch size {
        case 8:
            [0, 1, 1 << 31 - 1, 1 << 31, 1 << 32, .max >> 1, .max]
                + [Double.nan, .infinity, -.infinity, -1, 1e300].map(\.bitPattern)
        case 4:
            [0, 1, 1 << 31 - 1, 1 << 31, UInt64(UInt32.max)]
                + [Float.nan, .infinity, -.infinity, -1, 1e38].map { UInt64($0.bitPattern) }
        default: [0, 1, 0x7F, 0x80, 0x7C00, 0x7E00, .max]
        }
    }
}
