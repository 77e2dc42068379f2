import HNSW

// Vectors of 64 components, under keys of our own.
func randomVectors(_ count: Int) -> [Float] { (0..<count * 64).map { _ in .random(in: -1...1) } }

var index = try VectorIndex(dimensions: 64, metric: .cosine)
try index.add(randomVectors(5_000), keys: Array(0..<5_000))  // on all cores
try index.certify()  // measures its own recall

let query = randomVectors(1)
for neighbor in try index.search(for: query, k: 3, recall: 0.95) {
    print("key \(neighbor.key) at distance \(neighbor.distance)")
}

// Among some keys, within a radius, for many queries at once.
let even = try index.search(for: query, k: 3, where: { $0.isMultiple(of: 2) })
let three = try index.search(for: query, k: 3, among: [17, 42, 4_711])
let near = try index.search(for: query, within: 0.7)
let lists = try index.search(forEach: randomVectors(100), k: 3)
print(even.count, three.count, near.count, lists.count)

// No search finds a removed vector. Opening a saved index maps its file.
index.remove(42)
try index.save(to: "vectors.hnsw")
let opened = try VectorIndex(mapping: "vectors.hnsw")
print("\(opened.count) vectors, opened again")
