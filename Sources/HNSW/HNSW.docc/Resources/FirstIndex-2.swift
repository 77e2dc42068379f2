// Step 1. A vector for each thing, under a key that leads back to it.
import Foundation
import HNSW

/// A color as a vector of red, green and blue, 0 to 15 each.
func vector(of color: UInt64) -> [Float] {
    [Float(color >> 8 & 0xF), Float(color >> 4 & 0xF), Float(color & 0xF)]
}

let colors = Array(UInt64(0x000)...0xFFF)
let vectors = colors.flatMap { vector(of: $0) }

// Step 2. The index takes all of them at once.
var index = try VectorIndex(dimensions: 3, metric: .squaredEuclidean)
try index.add(vectors, keys: colors)
print("\(index.count) colors")
