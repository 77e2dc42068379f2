import RetrievalEvaluation

/// Computes the figures of a report.
struct EvaluationFigures {
    var measures: [Measure]
    var compared: [Measure]
    var resampling: Resampling?

    /// The means of a ranking over the queries of its dataset.
    func ranking(_ ranking: MeasuredDataset.Ranking) -> EvaluationReport.Ranking {
        EvaluationReport.Ranking(
            kind: ranking.kind,
            name: ranking.name,
            figures: measures.map { measure in
                EvaluationReport.Figure(
                    measure: measure,
                    mean: ranking.evaluation.mean(of: measure),
                    interval: resampling.flatMap { ranking.evaluation.interval(of: measure, $0) }
                )
            },
            queriesPerSecond: ranking.kind == .mode ? ranking.evaluation.queriesPerSecond ?? 0 : nil,
            tiedScores: ranking.kind == .run ? ranking.evaluation.tiedCount : nil,
            rankedPapers: ranking.kind == .run ? ranking.evaluation.retrievedCount : nil
        )
    }

    /// The means of every ranking over the datasets. Every dataset counts alike.
    func meanRankings(over datasets: [MeasuredDataset]) -> [EvaluationReport.Ranking] {
        guard let first = datasets.first else { return [] }
        return first.rankings.indices.map { index in
            let evaluations = datasets.map { $0.rankings[index].evaluation }
            return EvaluationReport.Ranking(
                kind: first.rankings[index].kind,
                name: first.rankings[index].name,
                figures: measures.map { measure in
                    EvaluationReport.Figure(
                        measure: measure,
                        mean: evaluations.reduce(0) { $0 + $1.mean(of: measure) } / Double(evaluations.count),
                        interval: resampling.flatMap { resampling in
                            bootstrapInterval(
                                ofMeanOverGroups: evaluations.map { $0.values(of: measure) }, resampling)
                        }
                    )
                }
            )
        }
    }

    /// How the rankings after the first compare with it, on one dataset or over several.
    func comparisons(on datasets: [MeasuredDataset]) -> [EvaluationReport.Comparison] {
        guard let resampling, let rankings = datasets.first?.rankings, let baseline = rankings.first else { return [] }
        var comparisons = rankings.indices.dropFirst().flatMap { index in
            compared.map { measure in
                let pairs = datasets.map { ($0.rankings[index].evaluation, $0.rankings[0].evaluation) }
                return EvaluationReport.Comparison(
                    ranking: rankings[index].name,
                    baseline: baseline.name,
                    measure: measure,
                    result: PairedComparison(overCollections: pairs, by: measure, resampling)
                )
            }
        }
        guard rankings.count > 2 else { return comparisons }
        for measure in compared {
            let family = comparisons.indices.filter { comparisons[$0].measure == measure }
            let corrected = holmCorrected(family.map { comparisons[$0].result.randomizationTest.pValue })
            for (index, p) in zip(family, corrected) { comparisons[index].correctedP = p }
        }
        return comparisons
    }

    /// The values of every query.
    func queries(of dataset: MeasuredDataset) -> [EvaluationReport.QueryValues] {
        let values = dataset.rankings.map { ranking in measures.map { ranking.evaluation.values(of: $0) } }
        return dataset.qrels.queryIDs.enumerated().map { index, query in
            EvaluationReport.QueryValues(
                query: query.rawValue,
                rankings: zip(dataset.rankings, values).map { ranking, values in
                    EvaluationReport.Ranking(
                        kind: ranking.kind,
                        name: ranking.name,
                        figures: zip(measures, values).map { EvaluationReport.Figure(measure: $0, mean: $1[index]) }
                    )
                }
            )
        }
    }
}
