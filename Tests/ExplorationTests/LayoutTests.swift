import Exploration
import Testing

@Suite("A layout in the plane")
struct LayoutTests {
    private func places(of points: [[Float]], k: Int = 10, threads: Int = 1, seed: UInt64 = 0) -> [SIMD2<Float>] {
        let graph = WeightedGraph(fuzzy: nearestNeighbors(of: points, k: k))
        let start = spectralStart(of: graph, seed: seed, threads: threads)
        return layout(graph, from: start, LayoutParameters(epochs: 200, seed: seed), threads: threads) ?? []
    }

    private func distance(_ first: SIMD2<Float>, _ second: SIMD2<Float>) -> Float {
        ((first - second) * (first - second)).sum().squareRoot()
    }

    @Test
    func `the nearest place is one of the same blob`() {
        for seed in UInt64(0)..<3 {
            let places = places(of: blobs(3, size: 60, seed: seed), seed: seed)
            let strays = places.indices.count { point in
                let nearest = places.indices.filter { $0 != point }.min {
                    distance(places[$0], places[point]) < distance(places[$1], places[point])
                }
                return nearest.map { $0 / 60 != point / 60 } ?? true
            }
            #expect(strays <= 2, "seed \(seed)")
        }
    }

    @Test
    func `two blobs stay apart`() {
        let places = places(of: blobs(2, size: 80, seed: 4))
        let centers = [0, 80].map { start in places[start..<start + 80].reduce(.zero, +) / 80 }
        let radii = [0, 80].map { start in
            places[start..<start + 80].map { distance($0, centers[start / 80]) }.reduce(0, +) / 80
        }
        #expect(distance(centers[0], centers[1]) > 2 * (radii[0] + radii[1]) / 2)
    }

    @Test(arguments: [2, 3, 8])
    func `the number of threads does not change it`(threads: Int) {
        let points = blobs(3, size: 700, seed: 9)
        var neighbors = NearestNeighbors()
        for row in points.indices {
            neighbors.append((1...5).map { (column: UInt32((row + $0 * $0) % points.count), distance: Float($0)) })
        }
        let graph = WeightedGraph(fuzzy: neighbors)
        let results = [1, threads].map { threads in
            layout(
                graph, from: spectralStart(of: graph, threads: threads), LayoutParameters(epochs: 20), threads: threads)
        }
        #expect(results[0] == results[1])
    }

    @Test(arguments: [0, 1, 2, 7])
    func `few things have finite places, all different`(count: Int) {
        let places = places(of: Array(blobs(1, size: 7, seed: 2).prefix(count)))
        #expect(places.count == count)
        #expect(places.allSatisfy { $0.x.isFinite && $0.y.isFinite })
        #expect(Set(places.map { [$0.x, $0.y] }).count == count)
    }

    @Test
    func `things without neighbors have finite places`() {
        let graph = WeightedGraph(nodeCount: 30, edges: [(0, 1, 1), (1, 2, 1)])
        let places = layout(graph, from: spectralStart(of: graph, threads: 1), threads: 1) ?? []
        #expect(places.count == 30 && places.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }

    @Test
    func `a layout that is stopped has no places`() {
        let graph = ringOfCliques(3, size: 4)
        let start = spectralStart(of: graph, threads: 1)
        #expect(layout(graph, from: start, threads: 1) { $0 < 0.5 } == nil)
    }
}
