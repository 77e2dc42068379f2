import PaperStore
import Papers
import TestSupport
import Testing

@Suite("Vectors as rows")
struct StoredVectorTests {
    @Test
    func `floats are kept as they are, and codes within half a step`() {
        for count in [1, 2, 7, 384] {
            let components = (0..<count).map { Float($0 * 37 % 101 - 50) / 70 }
            #expect(StoredVector(components, as: .floats).components == components)
            let codes = StoredVector(components, as: .codes)
            #expect(codes.dimensions == count && codes.form == .codes)
            let halfStep = (components.map(\.magnitude).max() ?? 0) / 254 * 1.0001
            for (own, coded) in zip(components, codes.components) { #expect(abs(own - coded) <= halfStep) }
        }
        #expect(StoredVector([0, 0], as: .codes).components == [0, 0])
        #expect(StoredVector([.leastNonzeroMagnitude, 0], as: .codes).components.allSatisfy { $0.isFinite })
    }

    @Test
    func `a store gives both forms back, moves them and forgets neither`() throws {
        try TemporaryFolder.with { folder in
            let store = try PaperStore(opening: folder + "/papers.sqlite", mode: .readWrite)
            let vectors: [StoredVector] = [.init([0.5, -1], as: .floats), .init([0.25, 1], as: .codes)]
            try store.write { papers in
                try papers.setSpace(.init(name: "toy", encoder: "toy", version: "1", dimensions: 2))
                _ = try papers.upsert([
                    Paper(id: "p0", title: "One", abstract: "A"), Paper(id: "p1", title: "Two", abstract: "B"),
                ])
                for (key, vector) in try zip(papers.keys(), vectors) {
                    #expect(try papers.setVector(vector, forKey: key, in: "toy"))
                    #expect(try !papers.setVector(vector, forKey: key, in: "toy"), "nothing changed")
                }
            }
            try store.read { papers in
                var found: [StoredVector] = []
                try papers.forEachVector(forKeys: papers.keys(), in: "toy") { found.append($1) }
                #expect(found == vectors)
            }
        }
    }
}
