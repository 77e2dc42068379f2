import Foundation

/// The bytes of one of Akin's files that have sections, and its checksums. `SectionedFileFormat.swift` of the project
/// draws the layout; this is written apart from it.
struct SectionedBytes {
    private(set) var bytes: [UInt8]

    private static let headerLength = 64
    private static let rowLength = 64

    /// Takes the bytes of a file; `nil` if they do not begin like one.
    init?(_ data: Data) {
        guard data.count >= Self.headerLength, data.starts(with: [0x89, 0x41, 0x4B, 0x49, 0x4E]) else { return nil }
        bytes = Array(data)
    }

    /// Alters a byte, and makes all checksums right that the file has of it.
    mutating func alter(_ offset: Int, by mask: UInt8) {
        bytes[offset] ^= mask
        correctChecksums()
    }

    /// Replaces bytes by as many others, and makes all checksums right.
    mutating func replace(_ range: Range<Int>, with new: [UInt8]) {
        precondition(range.count == new.count, "the length of a section does not change")
        bytes.replaceSubrange(range, with: new)
        correctChecksums()
    }

    /// The checksum that a manifest keeps of the file: that of its header without the header's own checksum.
    var identity: UInt32 { crc32c(bytes.prefix(60)) }

    private mutating func correctChecksums() {
        let table = number(at: 32, length: 8)
        let count = min(number(at: 40, length: 4), 1024)
        // An altered header may point anywhere. What is out of the file has no checksum to correct.
        if table >= Self.headerLength, table <= bytes.count - count * Self.rowLength {
            for row in stride(from: table, to: table + count * Self.rowLength, by: Self.rowLength) {
                let start = number(at: row + 24, length: 8)
                let length = number(at: row + 32, length: 8)
                guard start <= bytes.count, length <= bytes.count - start else { continue }
                set(crc32c(bytes[start..<start + length]), at: row + 44)
            }
            set(crc32c(bytes[table..<table + count * Self.rowLength]), at: 44)
        }
        set(crc32c(bytes.prefix(60)), at: 60)
    }

    private func number(at offset: Int, length: Int) -> Int {
        let value = bytes[offset..<offset + length].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(min(value, UInt64(Int32.max)))
    }

    private mutating func set(_ value: UInt32, at offset: Int) {
        for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index))) }
    }
}

extension SectionedBytes {
    /// Writes a new checksum of a file into a manifest, in place of the old one.
    ///
    /// - Returns: Whether the manifest names the file.
    mutating func setIdentity(_ checksum: UInt32, ofFile name: String) -> Bool {
        let data = Data(bytes)
        guard
            let entry = data.range(of: Data("\"name\" : \"\(name)\"".utf8)),
            let key = data.range(of: Data("\"checksum\" : ".utf8), options: .backwards, in: 0..<entry.lowerBound)
        else { return false }
        let lineStart = (data[..<key.lowerBound].lastIndex(of: 0x0A) ?? 0) + 1
        let end = data[key.upperBound...].firstIndex { !(0x30...0x39).contains($0) } ?? key.upperBound
        let text = "\"checksum\" : \(checksum)"
        let width = end - lineStart
        // The indentation gives the digits that the new number has more.
        guard text.utf8.count <= width else { return false }
        let line = String(repeating: " ", count: width - text.utf8.count) + text
        replace(lineStart..<end, with: Array(line.utf8))
        return true
    }
}
