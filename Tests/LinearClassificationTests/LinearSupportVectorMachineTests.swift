import LinearClassification
import TestSupport
import Testing

@Suite("A linear support vector machine")
struct LinearSupportVectorMachineTests {
    /// Examples of two classes around (2, 1) and (−2, −1) among axes of noise; some of them lie on the wrong side.
    private func examples(_ count: Int, seed: UInt64) -> (rows: SparseRows, isPositive: [Bool], dense: [[Double]]) {
        var generator = SeededGenerator(seed: seed)
        var rows = SparseRows(columnCount: 6)
        var dense: [[Double]] = []
        let isPositive = (0..<count).map { $0 % 3 == 0 }
        for isPositive in isPositive {
            let side = isPositive ? 1.0 : -1
            var row = [2 * side + 2 * generator.nextGaussian(), side + generator.nextGaussian(), 0, 0, 0, 0]
            for axis in 2..<6 where Bool.random(using: &generator) { row[axis] = generator.nextGaussian() }
            for (axis, value) in row.enumerated() where value != 0 { rows.append(axis, Float(value)) }
            rows.endRow()
            dense.append(row)
        }
        return (rows, isPositive, dense)
    }

    /// The function that the machine minimizes.
    private func objective(
        _ weights: [Double], _ bias: Double, _ dense: [[Double]], _ isPositive: [Bool], _ costs: [Float]
    ) -> Double {
        var sum = (weights.reduce(0) { $0 + $1 * $1 } + bias * bias) / 2
        for (place, row) in dense.enumerated() {
            let product = zip(weights, row).reduce(bias) { $0 + $1.0 * $1.1 }
            let slack = max(0, 1 - (isPositive[place] ? product : -product))
            sum += Double(costs[place]) * slack * slack
        }
        return sum
    }

    /// The minimum by gradient descent: the slow twin.
    private func descended(
        _ dense: [[Double]], _ isPositive: [Bool], _ costs: [Float]
    ) -> (weights: [Double], bias: Double) {
        var (weights, bias) = ([Double](repeating: 0, count: 6), 0.0)
        let curvature = zip(dense, costs).reduce(1.0) { sum, example in
            sum + 2 * Double(example.1) * example.0.reduce(1) { $0 + $1 * $1 }
        }
        for _ in 0..<20_000 {
            var (gradient, biasGradient) = (weights, bias)
            for (place, row) in dense.enumerated() {
                let label: Double = isPositive[place] ? 1 : -1
                let slack = 1 - label * zip(weights, row).reduce(bias) { $0 + $1.0 * $1.1 }
                guard slack > 0 else { continue }
                let pull = 2 * Double(costs[place]) * slack * label
                for axis in row.indices { gradient[axis] -= pull * row[axis] }
                biasGradient -= pull
            }
            for axis in weights.indices { weights[axis] -= gradient[axis] / curvature }
            bias -= biasGradient / curvature
        }
        return (weights, bias)
    }

    @Test(arguments: [1, 2, 7, 13, 31, 60])
    func `the weights are those of the minimum that gradient descent finds`(count: Int) {
        let (rows, isPositive, dense) = examples(count, seed: UInt64(count))
        let costs = isPositive.map { $0 ? Float(2) : 0.5 }
        var limits = LinearSupportVectorMachine.Limits()
        (limits.passes, limits.tolerance) = (5_000, 1e-5)
        let machine = LinearSupportVectorMachine(rows, isPositive: isPositive, costs: costs, limits: limits)
        let exact = descended(dense, isPositive, costs)
        for (weight, other) in zip(machine.weights, exact.weights) { #expect(abs(Double(weight) - other) < 2e-3) }
        #expect(abs(Double(machine.bias) - exact.bias) < 2e-3)
    }

    @Test
    func `more passes come nearer to the minimum`() {
        let (rows, isPositive, dense) = examples(200, seed: 9)
        let costs = isPositive.map { $0 ? Float(8) : 1 }
        let exact = descended(dense, isPositive, costs)
        let least = objective(exact.weights, exact.bias, dense, isPositive, costs)
        let found = [30, 300, 3_000].map { passes in
            var limits = LinearSupportVectorMachine.Limits()
            (limits.passes, limits.tolerance) = (passes, 1e-5)
            let machine = LinearSupportVectorMachine(rows, isPositive: isPositive, costs: costs, limits: limits)
            #expect(machine.passCount <= passes)
            return objective(machine.weights.map(Double.init), Double(machine.bias), dense, isPositive, costs)
        }
        #expect(found[0] >= found[1] && found[1] >= found[2], "\(found)")
        #expect(found[2] < least * 1.01, "\(found) and \(least)")
    }

    @Test
    func `errors that cost more are fewer`() {
        let (rows, isPositive, _) = examples(200, seed: 4)
        func missed(_ cost: Float) -> Int {
            let machine = LinearSupportVectorMachine(
                rows, isPositive: isPositive, costs: isPositive.map { $0 ? cost : 1 })
            return isPositive.indices.count { isPositive[$0] && machine.decision($0, of: rows) < 0 }
        }
        #expect(missed(0.01) > missed(1) && missed(1) >= missed(100))
    }

    @Test
    func `the same examples and seed give the same weights, and no example gives none`() {
        let (rows, isPositive, _) = examples(50, seed: 3)
        let costs = [Float](repeating: 1, count: 50)
        let one = LinearSupportVectorMachine(rows, isPositive: isPositive, costs: costs)
        let other = LinearSupportVectorMachine(rows, isPositive: isPositive, costs: costs)
        #expect(one.weights == other.weights && one.bias == other.bias)
        let empty = LinearSupportVectorMachine(SparseRows(columnCount: 3), isPositive: [], costs: [])
        #expect(empty.weights == [0, 0, 0] && empty.bias == 0)
    }
}
