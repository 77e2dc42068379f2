import Foundation
import HNSW
import MappedFiles
import TestSupport
import Testing
import VectorKernels

/// Files that do not hold what was written lead to a typed error or to wrong results, never to a crash.
@Suite("Damaged index files")
struct DamagedFileTests {
    @Test(arguments: VectorElements.allCases, [true, false])
    func `cut short anywhere are refused`(elements: VectorElements, graph: Bool) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/index"
            try IndexUse.index(elements: elements, graph: graph).save(to: path)
            let bytes = try Data(contentsOf: URL(filePath: path))
            var generator = SeededGenerator(seed: 82)
            let cuts =
                (0..<100).map { _ in Int.random(in: 0..<bytes.count, using: &generator) } + [0, 1, bytes.count - 1]
            for cut in cuts {
                try bytes.prefix(cut).write(to: URL(filePath: path))
                #expect(throws: HNSWError.self, "cut at \(cut)") { _ = try VectorIndex(mapping: path) }
            }
        }
    }

    @Test(arguments: VectorElements.allCases, [true, false])
    func `with flipped bits are answered from or refused, and verifying finds every flip`(
        elements: VectorElements, graph: Bool
    ) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/index"
            try IndexUse.index(elements: elements, graph: graph).save(to: path)
            let bytes = try Data(contentsOf: URL(filePath: path))
            var generator = SeededGenerator(seed: 83)
            var outcomes: [IndexUse.Outcome: Int] = [:]
            for _ in 0..<400 {
                var altered = bytes
                for _ in 0..<Int.random(in: 1...20, using: &generator) {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    altered[place] ^= UInt8(1 << Int.random(in: 0..<8, using: &generator))
                }
                try altered.write(to: URL(filePath: path))
                outcomes[try IndexUse.use(path), default: 0] += 1
                if altered != bytes {
                    #expect(throws: HNSWError.self) { try VectorIndex.verify(fileAt: path) }
                }
            }
            #expect(outcomes[.answered, default: 0] > 0 && outcomes[.refused, default: 0] > 0, "\(outcomes)")
        }
    }

    /// A hostile file has the right checksums. Sections are written anew, with one of them altered.
    @Test(arguments: VectorElements.allCases, [true, false])
    func `made up with valid checksums never crash`(elements: VectorElements, graph: Bool) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/index"
            try IndexUse.index(elements: elements, graph: graph).save(to: path)
            let file = try SectionedFile(path: path, kind: FileKind("hnsw"), versions: 2...2)
            var generator = SeededGenerator(seed: 84)
            for section in file.sectionNames {
                for variant in 0..<30 {
                    let made = folder + "/made"
                    var writer = try SectionedFileWriter(path: made, kind: FileKind("hnsw"), version: 2)
                    for name in file.sectionNames {
                        try copy(name, of: file, to: &writer, altered: name == section, variant: variant, &generator)
                    }
                    try writer.commit()
                    try IndexUse.use(made)
                }
            }
        }
    }

    private func copy(
        _ name: String, of file: SectionedFile, to writer: inout SectionedFileWriter, altered: Bool, variant: Int,
        _ generator: inout SeededGenerator
    ) throws {
        func add<Element: FixedWidthInteger & BitwiseCopyable>(_ type: Element.Type) throws {
            var values = Array(try file.array(name, of: type))
            if altered {
                let ends: [Element] = [
                    .max, .min, 0, 1, .max - 1, .max / 2, Element(truncatingIfNeeded: values.count), 149, 150,
                ]
                switch variant {
                case 0: values.removeLast(min(values.count, 1))
                case 1: values.append(7)
                case 2: values = []
                case 3..<12: values = values.map { _ in ends[variant - 3] }
                case 12..<20 where name != "settings" && name != "certificate":
                    values = values.map { _ in Element.random(in: .min ... .max, using: &generator) }
                default:
                    for _ in 0..<(name == "settings" || name == "certificate" ? 1 : 10) where !values.isEmpty {
                        let place = Int.random(in: 0..<values.count, using: &generator)
                        values[place] =
                            Bool.random(using: &generator)
                            ? ends.randomElement(using: &generator) ?? 0
                            : Element.random(in: .min ... .max, using: &generator)
                    }
                }
            }
            try writer.add(name, values)
        }
        switch name {
        case "settings", "keys", "tombstones", "certificate": try add(UInt64.self)
        case "codes", "levels": try add(UInt8.self)
        case "halves": try add(UInt16.self)
        case "floats", "scales", "residuals", "norms":
            // As floats, for the size of an element is the same.
            try add(UInt32.self)
        default: try add(UInt32.self)
        }
    }
}

/// Copies a section of an index file as it is, in elements of its own size.
func copySection(_ name: String, of file: SectionedFile, to writer: inout SectionedFileWriter) throws {
    func add<Element: BitwiseCopyable>(_ type: Element.Type) throws {
        try writer.add(name, Array(file.array(name, of: type)))
    }
    switch name {
    case "settings", "keys", "tombstones", "certificate": try add(UInt64.self)
    case "codes", "levels": try add(UInt8.self)
    case "halves": try add(UInt16.self)
    default: try add(UInt32.self)
    }
}
