import CVectorKernels
import TestSupport
import Testing
import VectorKernels

/// Rows and a query with known distances, for every combination of element type and metric.
private struct Example {
    static let rowCount = 13

    let size: Int
    var floats: [Float]
    var halves: [UInt16]
    var codes: [UInt8]
    var query: [Float]
    var signed: [Int8]
    var factors: [akin_factors]

    init(size: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let total = size * Self.rowCount
        self.size = size
        floats = (0..<total).map { _ in Float.random(in: -1...1, using: &generator) }
        query = (0..<size).map { _ in Float.random(in: -1...1, using: &generator) }
        halves = [UInt16](repeating: 0, count: total)
        unsafe akin_halves_from_floats(floats, total, &halves)
        codes = (0..<total).map { _ in
            [0, 255, UInt8.random(in: 0...255, using: &generator)].randomElement(using: &generator) ?? 0
        }
        signed = (0..<size).map { _ in
            [-128, 127, Int8.random(in: -128...127, using: &generator)].randomElement(using: &generator) ?? 0
        }
        factors = (0..<Self.rowCount).map { akin_factors(scale: 0.001 * Float($0 + 1), offset: Float($0)) }
    }

    /// Calls `body` with rows, query, kernels and the distances that they must give, for each combination.
    func forEachKind(
        of table: UnsafePointer<akin_dense_kernels>,
        _ body: (_ name: String, akin_rows, akin_query, akin_row_kernels, _ expected: [Double]) -> Void
    ) {
        let decoded = unsafe [Float](unsafeUninitializedCapacity: halves.count) { target, count in
            if let base = target.baseAddress { unsafe akin_floats_from_halves(halves, halves.count, base) }
            count = halves.count
        }
        let sum = signed.reduce(Int32(0)) { $0 + Int32($1) }
        func rows(_ base: UnsafeRawPointer?, _ elementSize: Int) -> akin_rows {
            unsafe akin_rows(
                rows: base, stride: size * elementSize, length: size, count: UInt32(Self.rowCount), factors: nil)
        }
        enum Kind { case inner, squared, cosine }
        func expected(_ values: [Float], _ kind: Kind) -> [Double] {
            (0..<Self.rowCount).map { row in
                let pairs = zip(query, values[row * size..<(row + 1) * size]).map { (Double($0), Double($1)) }
                let dot = pairs.reduce(0) { $0 + $1.0 * $1.1 }
                func squared(_ scale: Double) -> Double {
                    pairs.reduce(0) { $0 + ($1.0 - scale * $1.1) * ($1.0 - scale * $1.1) }
                }
                switch kind {
                case .inner: return -dot
                case .squared: return squared(0.5)
                case .cosine: return 1 - dot < 0x1p-8 ? squared(1) / 2 : 1 - dot
                }
            }
        }
        let expectedOfCodes = (0..<Self.rowCount).map { row in
            let dot = zip(signed, codes[row * size..<(row + 1) * size]).reduce(0) {
                $0 + Int($1.0) * (Int($1.1) - 128)
            }
            return 3 - 1.5 * Double(row) - 0.02 * 0.001 * Double(row + 1) * Double(dot)
        }
        unsafe floats.withUnsafeBytes { floatBytes in
            unsafe halves.withUnsafeBytes { halfBytes in
                unsafe codes.withUnsafeBytes { codeBytes in
                    unsafe query.withUnsafeBytes { queryBytes in
                        unsafe signed.withUnsafeBytes { signedBytes in
                            unsafe factors.withUnsafeBufferPointer { factors in
                                let floatQuery = unsafe akin_query(
                                    values: queryBytes.baseAddress, scale: 0.5, sum: 0, constant: 0, weight: 0)
                                let codeQuery = unsafe akin_query(
                                    values: signedBytes.baseAddress, scale: -0.02, sum: sum, constant: 3, weight: -1.5)
                                var codeRows = unsafe rows(codeBytes.baseAddress, 1)
                                unsafe codeRows.factors = factors.baseAddress
                                let floatRows = unsafe rows(floatBytes.baseAddress, 4)
                                let halfRows = unsafe rows(halfBytes.baseAddress, 2)
                                let kernels = unsafe table.pointee
                                let cases = unsafe [
                                    ("float, inner", floatRows, kernels.float_inner, expected(floats, .inner)),
                                    ("float, squared", floatRows, kernels.float_squared, expected(floats, .squared)),
                                    ("float, cosine", floatRows, kernels.float_cosine, expected(floats, .cosine)),
                                    ("half, inner", halfRows, kernels.half_inner, expected(decoded, .inner)),
                                    ("half, squared", halfRows, kernels.half_squared, expected(decoded, .squared)),
                                    ("half, cosine", halfRows, kernels.half_cosine, expected(decoded, .cosine)),
                                ]
                                unsafe cases.forEach { name, rows, kernels, expected in
                                    unsafe body(name, rows, floatQuery, kernels, expected)
                                }
                                unsafe body("code", codeRows, codeQuery, kernels.code, expectedOfCodes)
                            }
                        }
                    }
                }
            }
        }
    }
}

@Suite("Row kernels")
struct RowKernelTests {
    private static let sizes = [1, 7, 8, 13, 16, 31, 33, 64, 65, 207, 1025]

    @Test(arguments: KernelTable.available.indices, sizes)
    func `score, scan and compare as a loop over doubles does`(table: Int, size: Int) throws {
        let kernels = unsafe try #require(akin_dense_kernels_at(table))
        let example = Example(size: size, seed: UInt64(size))
        let ids: [UInt32] = [3, 0, 12, 7, 7, 1, 11, 5, 2]
        unsafe example.forEachKind(of: kernels) { name, rows, query, kernels, expected in
            var rows = unsafe rows
            var query = unsafe query
            var scores = [Float](repeating: .nan, count: ids.count)
            unsafe kernels.score(&rows, &query, ids, ids.count, &scores)
            let tolerance = 1e-6 * Double(size) + 1e-5
            for (id, score) in zip(ids, scores) {
                let difference = abs(Double(score) - expected[Int(id)])
                #expect(difference <= tolerance * max(1, abs(expected[Int(id)])), "\(name), row \(id)")
            }
            var scan = [Float](repeating: .nan, count: Example.rowCount)
            unsafe kernels.scan(&rows, &query, 0, Example.rowCount, &scan)
            #expect(ids.map { scan[Int($0)].bitPattern } == scores.map(\.bitPattern), "\(name): scan is not score")
            var tail: [Float] = [.nan, .nan]
            unsafe kernels.scan(&rows, &query, 11, 2, &tail)
            #expect(tail == Array(scan[11...]), "\(name): a scan from the middle")
            let least = ids.map { scan[Int($0)] }.min() ?? 0
            unsafe #expect(kernels.any_nearer(&rows, &query, ids, ids.count, least) == 0, "\(name)")
            unsafe #expect(kernels.any_nearer(&rows, &query, ids, ids.count, least.nextUp) == 1, "\(name)")
        }
    }

    @Test(arguments: KernelTable.available.indices)
    func `score those below a limit, in the order of the ids`(table: Int) throws {
        let kernels = unsafe try #require(akin_dense_kernels_at(table))
        let example = Example(size: 24, seed: 9)
        unsafe example.forEachKind(of: kernels) { name, rows, query, kernels, _ in
            var rows = unsafe rows
            var query = unsafe query
            var scan = [Float](repeating: .nan, count: Example.rowCount)
            unsafe kernels.scan(&rows, &query, 0, Example.rowCount, &scan)
            let ids: [UInt32] = [4, 9, 2, 12, 0, 6]
            var found = [UInt64](repeating: 0, count: ids.count)
            let all = unsafe kernels.near(&rows, &query, ids, ids.count, .max, nil, 0, &found)
            #expect(found.prefix(all).map { UInt32(truncatingIfNeeded: $0) >> 1 } == ids, "\(name)")
            // By ascending distance, and by limit.
            let sorted = found.sorted()
            #expect(
                sorted.map { UInt32(truncatingIfNeeded: $0) >> 1 } == ids.sorted { scan[Int($0)] < scan[Int($1)] },
                "\(name)")
            for limit in 0..<ids.count {
                var some = [UInt64](repeating: 0, count: ids.count)
                let count = unsafe kernels.near(&rows, &query, ids, ids.count, sorted[limit], nil, 0, &some)
                #expect(Array(some.prefix(count)) == found.filter { $0 < sorted[limit] }, "\(name)")
            }
            unsafe #expect(kernels.near(&rows, &query, ids, 0, .max, nil, 0, &found) == 0)
        }
    }
}

@Suite("Gathering the rows that links lead to")
struct GatherTests {
    @Test
    func `takes each once, those not seen before, up to the end of the list`() {
        let values = [Float](repeating: 0, count: 130)
        unsafe values.withUnsafeBytes { bytes in
            var rows = unsafe akin_rows(
                rows: bytes.baseAddress, stride: 4, length: 1, count: 130, factors: nil)
            let links: [UInt32] = [4, 129, 4, 64, 63, 0, 127, 130, 1]  // 4 twice; 130 is no row and ends the list
            var seen: [UInt64] = [0, 1, 0]  // 64 was seen
            let before = seen
            unsafe akin_look_ahead(&rows, links, links.count, seen)
            #expect(seen == before)
            var fresh = [UInt32](repeating: .max, count: links.count)
            #expect(unsafe akin_gather(&rows, links, links.count, &seen, &fresh) == 5)
            #expect(fresh.prefix(5) == [4, 129, 63, 0, 127])
            let nowSeen = (0..<130).filter { seen[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
            #expect(nowSeen == [0, 4, 63, 64, 127, 129])
            #expect(unsafe akin_gather(&rows, links, links.count, &seen, &fresh) == 0)
            #expect(unsafe akin_gather(&rows, Array(links.suffix(1)), 1, &seen, &fresh) == 1)
            #expect(unsafe akin_gather(&rows, links, 0, &seen, &fresh) == 0)
        }
    }
}
