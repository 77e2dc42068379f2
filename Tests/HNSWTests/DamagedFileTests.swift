import Foundation
import HNSW
import MappedFiles
import TestSupport
import Testing
import VectorKernels

/// Files that do not hold what was written lead to a typed error or to wrong results, never to a crash.
@Suite("Damaged index files")
struct DamagedFileTests {
    private static let dimensions = 9

    private func index(elements: VectorElements, graph: Bool) throws -> any VectorIndex {
        var vectors = Vectors.clustered(150, dimensions: Self.dimensions, clusters: 5, seed: 81)
        for i in 300..<900 { vectors[i] = vectors[i % 9] }
        let keys = Array(0..<UInt64(150))
        if !graph {
            var flat = FlatIndex(dimensions: Self.dimensions, metric: .squaredEuclidean, elements: elements)
            try flat.add(vectors, keys: keys)
            flat.remove(3)
            return flat
        }
        var index = HNSWIndex(
            dimensions: Self.dimensions, metric: .cosine, elements: elements,
            parameters: HNSWParameters(m: 4, efConstruction: 20))
        try index.add(vectors, keys: keys)
        for key in UInt64(0)..<20 { index.remove(key * 7) }
        index.certify(queries: 30)
        return index
    }

    /// Uses all that an index can do; nothing may trap, whatever the file held.
    private func use(_ path: String) throws {
        do throws(any Error) {
            let opened = try openVectorIndex(mapping: path)
            let query = [Float](repeating: 0.5, count: opened.dimensions)
            for k in [1, 10, 1000] {
                _ = try opened.search(for: query, k: k, ef: 12)
                _ = try opened.search(for: query, k: k, ef: 12, where: { $0 % 3 == 0 })
                _ = try opened.search(for: query, k: k, ef: 12, among: [0, 3, 5, 150, .max])
                _ = try opened.search(for: query, k: k, recall: 0.9)
            }
            for radius in [-1, 0.3, .infinity] as [Float] {
                _ = try opened.search(for: query, within: radius, ef: 2)
            }
            for key in UInt64(0)..<160 {
                _ = opened.contains(key)
                _ = opened.vector(for: key)
            }
            _ = opened.keys
            guard var changed = opened as? HNSWIndex else { return }
            _ = try? changed.add(query, key: 10_000)
            for key in UInt64(0)..<100 { changed.remove(key) }
            _ = try? changed.update(query, key: 120)
            changed.compact()
            _ = try changed.search(for: query, k: 10)
        } catch is HNSWError {
            // A typed error is what a damaged file is allowed to be.
        }
    }

    @Test(arguments: VectorElements.allCases, [true, false])
    func `cut short anywhere are refused`(elements: VectorElements, graph: Bool) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/index"
            try index(elements: elements, graph: graph).save(to: path)
            let bytes = try Data(contentsOf: URL(filePath: path))
            var generator = SeededGenerator(seed: 82)
            let cuts =
                (0..<100).map { _ in Int.random(in: 0..<bytes.count, using: &generator) } + [0, 1, bytes.count - 1]
            for cut in cuts {
                try bytes.prefix(cut).write(to: URL(filePath: path))
                #expect(throws: HNSWError.self, "cut at \(cut)") { _ = try openVectorIndex(mapping: path) }
            }
        }
    }

    @Test(arguments: VectorElements.allCases, [true, false])
    func `with flipped bits never crash`(elements: VectorElements, graph: Bool) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/index"
            try index(elements: elements, graph: graph).save(to: path)
            let bytes = try Data(contentsOf: URL(filePath: path))
            var generator = SeededGenerator(seed: 83)
            for _ in 0..<400 {
                var altered = bytes
                for _ in 0..<Int.random(in: 1...20, using: &generator) {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    altered[place] ^= UInt8(1 << Int.random(in: 0..<8, using: &generator))
                }
                try altered.write(to: URL(filePath: path))
                try use(path)
            }
        }
    }

    /// A hostile file has the right checksums. Sections are written anew, with one of them altered.
    @Test(arguments: VectorElements.allCases, [true, false])
    func `made up with valid checksums never crash`(elements: VectorElements, graph: Bool) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/index"
            try index(elements: elements, graph: graph).save(to: path)
            let file = try SectionedFile(path: path, kind: FileKind("hnsw"), versions: 1...1)
            var generator = SeededGenerator(seed: 84)
            for section in file.sectionNames {
                for variant in 0..<30 {
                    let made = folder + "/made"
                    var writer = try SectionedFileWriter(path: made, kind: FileKind("hnsw"), version: 1)
                    for name in file.sectionNames {
                        try copy(name, of: file, to: &writer, altered: name == section, variant: variant, &generator)
                    }
                    try writer.commit()
                    try use(made)
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
