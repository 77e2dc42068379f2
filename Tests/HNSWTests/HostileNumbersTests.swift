import Foundation
import HNSW
import TestSupport
import Testing
import VectorKernels

@Suite("Hostile numbers in an index file with right checksums")
struct HostileNumbersTests {
    @Test(arguments: VectorElements.allCases)
    func `each is refused or answered, and none traps`(elements: VectorElements) throws {
        try TemporaryFolder.with { folder in
            let original = folder + "/good.hnsw"
            try IndexUse.index(elements: elements, graph: true).save(to: original)
            let good = try SectionedBytes(path: original)
            let path = folder + "/altered.hnsw"
            for section in good.sections where section.count > 0 {
                let isShort = section.count <= 80
                let places = isShort ? Array(0..<section.count) : [0, section.count / 2, section.count - 1]
                for value in SectionedBytes.extremes(ofSize: section.elementSize) {
                    for elements in places.map({ $0..<$0 + 1 }) + [0..<section.count] {
                        var altered = good
                        altered.set(elements, of: section, to: value)
                        try Data(altered.bytes).write(to: URL(filePath: path))
                        try IndexUse.use(path)
                        guard let index = try? VectorIndex(mapping: path) else { continue }
                        for k in [0, 1, 10, 1_000, .max] { _ = try index.plan(forRecall: 0.99, k: k) }
                        _ = index.certificate?.description
                    }
                }
            }
        }
    }

    @Test
    func `a certificate whose ef is the greatest is refused or planned with`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/index.hnsw"
            try IndexUse.index(elements: .int8, graph: true).save(to: path)
            var file = try SectionedBytes(path: path)
            let section = try #require(file.sections.first { $0.name == "certificate" })
            // The first point's `ef` stands behind five counts and the curve's two numbers.
            file.set([7], of: section, to: 1 << 31)
            try Data(file.bytes).write(to: URL(filePath: path))
            let error = #expect(throws: HNSWError.self) { try VectorIndex(mapping: path) }
            #expect(error?.description.contains(path) == true)
        }
    }
}
