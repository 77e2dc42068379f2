import Foundation
import MappedFiles
import TestSupport

/// Makes altered files out of a good one.
struct FileFuzzer {
    private let bytes: Data
    private let sections: [Section]

    /// A section, its elements as bytes.
    private struct Section {
        let name: String
        let elementSize: Int
        var bytes: [UInt8]
    }

    /// What was done to a file.
    enum Kind: String, CaseIterable {
        /// Bits flipped, checksums as they were.
        case bits
        /// An end cut off, or something put behind it.
        case length
        /// A stretch of bytes overwritten, copied from elsewhere in the file or zeroed.
        case stretches
        /// Sections altered, swapped, left out or cut, with valid checksums: what a hostile writer would make.
        case sections
    }

    init(original: String, folder: String) throws {
        bytes = try Data(contentsOf: URL(filePath: original))
        let file = try SectionedFile(path: original, kind: FileKind("hnsw"), versions: 2...2)
        sections = try file.sectionNames.map { name in
            for size in [8, 4, 2, 1] {
                if let found = try? Self.read(name, size: size, of: file) {
                    return Section(name: name, elementSize: size, bytes: found)
                }
            }
            throw CocoaError(.fileReadCorruptFile)
        }
    }

    private static func read(_ name: String, size: Int, of file: SectionedFile) throws -> [UInt8] {
        func bytes<Element: FixedWidthInteger & BitwiseCopyable>(_ type: Element.Type) throws -> [UInt8] {
            Array(try file.array(name, of: type)).flatMap { element in
                (0..<size).map { UInt8(truncatingIfNeeded: element >> ($0 * 8)) }
            }
        }
        switch size {
        case 8: return try bytes(UInt64.self)
        case 4: return try bytes(UInt32.self)
        case 2: return try bytes(UInt16.self)
        default: return try bytes(UInt8.self)
        }
    }

    /// Writes a variant that depends on the generator alone, and says what it is.
    func write(to path: String, _ generator: inout SeededGenerator) throws -> Kind {
        let kind = Kind.allCases.randomElement(using: &generator) ?? .bits
        guard kind != .sections else {
            try writeSections(to: path, &generator)
            return kind
        }
        var altered = bytes
        func place() -> Int { Int.random(in: 0..<bytes.count, using: &generator) }
        switch kind {
        case .bits:
            for _ in 0..<(1 << Int.random(in: 0...6, using: &generator)) {
                altered[place()] ^= UInt8(1 << Int.random(in: 0..<8, using: &generator))
            }
        case .length:
            if Bool.random(using: &generator) {
                altered.removeLast(place())
            } else {
                altered.append(contentsOf: altered.prefix(Int.random(in: 1...200, using: &generator)))
            }
        default:
            let length = min(1 << Int.random(in: 0...12, using: &generator), bytes.count)
            let target = Int.random(in: 0...bytes.count - length, using: &generator)
            let source = Int.random(in: 0...bytes.count - length, using: &generator)
            let isZero = Bool.random(using: &generator)
            let stretch = isZero ? Data(count: length) : bytes[source..<source + length]
            altered.replaceSubrange(target..<target + length, with: stretch)
        }
        try altered.write(to: URL(filePath: path))
        return kind
    }

    // MARK: - Valid checksums

    private func writeSections(to path: String, _ generator: inout SeededGenerator) throws {
        var altered = sections
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let i = Int.random(in: 0..<altered.count, using: &generator)
            switch Int.random(in: 0..<12, using: &generator) {
            case 0:
                altered.remove(at: i)
                if altered.isEmpty { return try writeSections(to: path, &generator) }
            case 1:
                // Two sections change their contents.
                let j = Int.random(in: 0..<altered.count, using: &generator)
                let other = altered[j]
                altered[j] = Section(name: other.name, elementSize: altered[i].elementSize, bytes: altered[i].bytes)
                altered[i] = Section(name: altered[i].name, elementSize: other.elementSize, bytes: other.bytes)
            case 2:
                let kept = Int.random(in: 0...altered[i].bytes.count / altered[i].elementSize, using: &generator)
                altered[i].bytes.removeLast(altered[i].bytes.count - kept * altered[i].elementSize)
            case 3:
                altered[i].bytes += altered[i].bytes
            default:
                alter(&altered[i], &generator)
            }
        }
        var writer = try SectionedFileWriter(path: path, kind: FileKind("hnsw"), version: 2)
        for section in altered { try add(section, to: &writer) }
        try writer.commit()
    }

    /// Replaces some elements by ones that are likely to do harm.
    private func alter(_ section: inout Section, _ generator: inout SeededGenerator) {
        let size = section.elementSize
        let count = section.bytes.count / size
        guard count > 0 else { return }
        let isSmall = count < 100
        let changes = isSmall ? 1 : 1 << Int.random(in: 0...10, using: &generator)
        for _ in 0..<changes {
            let place = Int.random(in: 0..<count, using: &generator)
            let value: UInt64 =
                switch Int.random(in: 0..<7, using: &generator) {
                case 0: .max
                case 1: .max >> 1
                case 2: UInt64(count) &+ UInt64.random(in: 0...2, using: &generator) &- 1
                case 3: UInt64.random(in: 0...300, using: &generator)
                case 4: 1 << UInt64.random(in: 0..<UInt64(size * 8), using: &generator)
                case 5: 0x7F80_0000_7FC0_0000  // infinity and a NaN, as floats
                default: .random(in: .min ... .max, using: &generator)
                }
            for byte in 0..<size { section.bytes[place * size + byte] = UInt8(truncatingIfNeeded: value >> (byte * 8)) }
        }
    }

    private func add(_ section: Section, to writer: inout SectionedFileWriter) throws {
        writer.begin(section.name, elementSize: section.elementSize)
        // SAFETY: bytes have no padding between them.
        try writer.append(unsafe section.bytes.span.bytes)
        writer.end()
    }
}
