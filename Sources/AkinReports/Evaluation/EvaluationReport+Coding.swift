import RetrievalEvaluation

extension EvaluationReport: Encodable {
    private enum CodingKeys: CodingKey {
        case datasets, mean
    }

    package func encode(to encoder: any Encoder) throws {
        guard let mean else { return try datasets[0].encode(to: encoder) }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(datasets, forKey: .datasets)
        try container.encode(mean, forKey: .mean)
    }
}

extension EvaluationReport.Ranking: Encodable {
    /// An object with the name under its kind, each mean under the key of its measure, and the intervals in an object
    /// of their own.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: ReportKey.self)
        try container.encode(name, forKey: ReportKey(kind.rawValue))
        var intervals: [String: [Double]] = [:]
        for figure in figures {
            try container.encode(figure.mean, forKey: ReportKey(figure.measure.key))
            if let interval = figure.interval { intervals[figure.measure.key] = [interval.lower, interval.upper] }
        }
        if !intervals.isEmpty { try container.encode(intervals, forKey: ReportKey("intervals")) }
        try container.encodeIfPresent(queriesPerSecond, forKey: ReportKey("qps"))
        try container.encodeIfPresent(tiedScores, forKey: ReportKey("tiedScores"))
        try container.encodeIfPresent(rankedPapers, forKey: ReportKey("rankedPapers"))
    }
}

extension EvaluationReport.Comparison: Encodable {
    private enum CodingKeys: CodingKey {
        case ranking, baseline, measure, difference, interval, wins, ties, losses, p, pHolm, pFloor, isExact, tTest
    }

    private enum TTestKeys: CodingKey {
        case t, degreesOfFreedom, p
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ranking, forKey: .ranking)
        try container.encode(baseline, forKey: .baseline)
        try container.encode(measure.key, forKey: .measure)
        try container.encode(result.meanDifference, forKey: .difference)
        try container.encodeIfPresent(result.interval.map { [$0.lower, $0.upper] }, forKey: .interval)
        try container.encode(result.wins, forKey: .wins)
        try container.encode(result.ties, forKey: .ties)
        try container.encode(result.losses, forKey: .losses)
        try container.encode(result.randomizationTest.pValue, forKey: .p)
        try container.encodeIfPresent(correctedP, forKey: .pHolm)
        try container.encode(result.randomizationTest.floor, forKey: .pFloor)
        try container.encode(result.randomizationTest.isExact, forKey: .isExact)
        guard let tTest = result.tTest else { return }
        var test = container.nestedContainer(keyedBy: TTestKeys.self, forKey: .tTest)
        try test.encode(tTest.t, forKey: .t)
        try test.encode(tTest.degreesOfFreedom, forKey: .degreesOfFreedom)
        try test.encode(tTest.pValue, forKey: .p)
    }
}
