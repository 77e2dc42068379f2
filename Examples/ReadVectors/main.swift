// Writes vectors to a file, and indexes those of a file batch by batch.

import Foundation
import HNSW
import VectorFiles

// Step 1. Vectors go to a file some at a time. It appears when it is complete.
func write(_ vectors: [[Float]], to path: String) throws {
    let writer = try VectorFileWriter(path: path, dimensions: vectors[0].count)
    for vector in vectors { try writer.append(vector) }
    try writer.finish()
}

// Step 2. The index of a file needs memory for a batch of it, and for what the index keeps.
func index(ofFileAt path: String) throws -> VectorIndex {
    let file = try VectorFile(path: path)
    var index = try VectorIndex(dimensions: file.dimensions, metric: .squaredEuclidean)
    try file.forEachBatch { first, components in
        let rows = first..<first + components.count / file.dimensions
        try index.add(components, keys: rows.map(UInt64.init))
    }
    return index
}

// Step 3. Both, in two formats.
let folder = FileManager.default.temporaryDirectory.appending(path: "read-vectors-\(UUID().uuidString)")
defer { try? FileManager.default.removeItem(at: folder) }
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)

let vectors = (0..<1_000).map { row in (0..<8).map { Float((row * 31 + $0 * 17) % 101) } }
for name in ["vectors.npy", "vectors.fvecs"] {
    let path = folder.appending(path: name).path
    try write(vectors, to: path)
    print(name, try index(ofFileAt: path).search(for: vectors[7], k: 1).map(\.key))
}
