import RetrievalEvaluation

extension EvaluationReport {
    /// Prints the report as JSON: of one dataset, the dataset itself; of several, all of them and their mean.
    func writeJSON(perQuery: Bool) {
        if datasets.count == 1 {
            JSONOutput.write(output(datasets[0], perQuery: perQuery))
        } else {
            let mean = MeanOutput(
                results: datasets[0].rows.indices.map { index in
                    let row = datasets[0].rows[index]
                    return result(row, figures: measures.map { meanFigure(row: index, $0) }, qps: nil)
                },
                comparisons: comparisons(on: datasets, by: measures).map(ComparisonOutput.init)
            )
            JSONOutput.write(
                SeveralOutput(datasets: datasets.map { output($0, perQuery: perQuery) }, mean: mean)
            )
        }
    }

    private func output(_ dataset: Dataset, perQuery: Bool) -> DatasetOutput {
        DatasetOutput(
            dataset: dataset.name,
            queryCount: dataset.qrels.queryCount,
            results: dataset.rows.map { row in
                result(
                    row, figures: measures.map { figure(row, $0) },
                    qps: row.kind == .mode ? row.evaluation.queriesPerSecond ?? 0 : nil
                )
            },
            comparisons: comparisons(on: [dataset], by: measures).map(ComparisonOutput.init),
            queries: perQuery ? queries(of: dataset) : nil,
            absentPapers: dataset.absentPapers,
            absentQueries: dataset.absentQueries
        )
    }

    private func result(_ row: Row, figures: [Figure], qps: Double?) -> [String: Value] {
        var result: [String: Value] = [row.kind.rawValue: .text(row.name)]
        var intervals: [String: [Double]] = [:]
        for (measure, figure) in zip(measures, figures) {
            result[measure.key] = .number(figure.mean)
            if let interval = figure.interval { intervals[measure.key] = [interval.lower, interval.upper] }
        }
        if !intervals.isEmpty { result["intervals"] = .intervals(intervals) }
        if let qps { result["qps"] = .number(qps) }
        return result
    }

    private func queries(of dataset: Dataset) -> [QueryOutput] {
        let values = dataset.rows.map { row in measures.map { row.evaluation.values(of: $0) } }
        return dataset.qrels.queryIDs.enumerated().map { index, query in
            QueryOutput(
                query: query.rawValue,
                results: zip(dataset.rows, values).map { row, values in
                    var result: [String: Value] = [row.kind.rawValue: .text(row.name)]
                    for (measure, values) in zip(measures, values) { result[measure.key] = .number(values[index]) }
                    return result
                }
            )
        }
    }
}

// MARK: - Shapes

private struct SeveralOutput: Encodable {
    var datasets: [DatasetOutput]
    var mean: MeanOutput
}

private struct MeanOutput: Encodable {
    var results: [[String: Value]]
    var comparisons: [ComparisonOutput]
}

private struct DatasetOutput: Encodable {
    var dataset: String
    var queryCount: Int
    var results: [[String: Value]]
    var comparisons: [ComparisonOutput]
    var queries: [QueryOutput]?
    var absentPapers: Int?
    var absentQueries: Int?
}

private struct QueryOutput: Encodable {
    var query: String
    var results: [[String: Value]]
}

private struct ComparisonOutput: Encodable {
    struct TTest: Encodable {
        var t: Double
        var degreesOfFreedom: Int
        var p: Double
    }

    var ranking: String
    var baseline: String
    var measure: String
    var difference: Double
    var interval: [Double]?
    var wins: Int
    var ties: Int
    var losses: Int
    var p: Double
    var pFloor: Double
    var isExact: Bool
    var tTest: TTest?

    init(_ comparison: EvaluationReport.Comparison) {
        let result = comparison.result
        ranking = comparison.row.name
        baseline = comparison.baseline.name
        measure = comparison.measure.key
        difference = result.meanDifference
        interval = result.interval.map { [$0.lower, $0.upper] }
        wins = result.wins
        ties = result.ties
        losses = result.losses
        p = result.randomizationTest.pValue
        pFloor = result.randomizationTest.floor
        isExact = result.randomizationTest.isExact
        tTest = result.tTest.map { TTest(t: $0.t, degreesOfFreedom: $0.degreesOfFreedom, p: $0.pValue) }
    }
}

private enum Value: Encodable {
    case text(String)
    case number(Double)
    case intervals([String: [Double]])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .intervals(let intervals): try container.encode(intervals)
        }
    }
}
