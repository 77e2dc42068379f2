import HNSW

// Colors by red, green and blue, under keys of our own.
let metric: Metric = .squaredEuclidean
let colours: [(key: UInt64, name: String, rgb: [Float])] = [
    (1, "red", [1, 0, 0]),
    (2, "orange", [1, 0.6, 0]),
    (3, "yellow", [1, 1, 0]),
    (4, "green", [0, 0.6, 0]),
    (5, "cyan", [0, 1, 1]),
    (6, "blue", [0, 0, 1]),
    (7, "violet", [0.5, 0, 1]),
]
let names = Dictionary(uniqueKeysWithValues: colours.map { ($0.key, $0.name) })

func describe(_ neighbors: [Neighbor]) -> String {
    neighbors.map { "\(names[$0.key] ?? "?") (\($0.distance))" }.joined(separator: ", ")
}

// Build an index and search for the colors near gold.
var index = try VectorIndex(
    dimensions: 3, metric: metric, elements: VectorElements.float32, kernels: KernelTable.available.last ?? .scalar)
for colour in colours {
    try index.add(colour.rgb, key: colour.key)
}
let gold: [Float] = [1, 0.84, 0]
print("near gold:", try describe(index.search(for: gold, k: 2)))

// Search among some keys only.
print("near gold, even keys:", try describe(index.search(for: gold, k: 2, where: { $0.isMultiple(of: 2) })))
print("near gold, not orange:", try describe(index.search(for: gold, k: 2, excluding: [2])))

// Compare with the exact results.
print("near gold, exactly:", try describe(index.withoutGraph.search(for: gold, k: 2)))

// No search finds a removed vector.
index.remove(3)
print("without yellow:", try describe(index.search(for: gold, k: 2)))

// Save the index. Opening maps the file and copies nothing.
let path = CommandLine.arguments.dropFirst().first ?? "colours.hnsw"
try index.save(to: path)
let opened = try VectorIndex(mapping: path)
print("opened again:", try describe(opened.search(for: gold, k: 2)), "of", opened.count)
