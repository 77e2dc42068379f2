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

// Step 3. The nearest of a color, the nearest first.
let orange: UInt64 = 0xF80
for neighbor in try index.search(for: vector(of: orange), k: 4) {
    print(String(neighbor.key, radix: 16), neighbor.distance)
}

// Step 4. Only neighbors that meet a condition, or that are within a radius.
let grays = try index.search(for: vector(of: orange), k: 2, where: { $0 % 0x111 == 0 })
let close = try index.search(for: vector(of: orange), within: 2)
print("grays:", grays.map { String($0.key, radix: 16) }, "within the radius:", close.count)

// Step 5. The index measures itself, so that a search can ask for a recall.
try index.certify()
let nearly = try index.search(for: vector(of: orange), k: 10, recall: 0.99)
print(nearly.count, "neighbors, 99 of 100 of them true ones")
