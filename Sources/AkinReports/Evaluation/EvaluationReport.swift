package import RetrievalEvaluation

/// How well rankings answer the queries of one or several datasets, and how they compare with the first of them.
///
/// The report of one dataset is encoded as the dataset itself. The report of several has `datasets` and their `mean`.
package struct EvaluationReport: Sendable {
    /// The mean of a measure over queries.
    package struct Figure: Sendable {
        package var measure: Measure
        package var mean: Double
        /// The 95 % interval of the mean; `nil` without resampling.
        package var interval: ConfidenceInterval?
    }

    /// A ranking with a figure for each measure.
    package struct Ranking: Sendable {
        package var kind: RankingKind
        package var name: String
        package var figures: [Figure]
        /// The queries answered in a second; `nil` for a file, for a mean over datasets and for a single query.
        package var queriesPerSecond: Double?
        /// How many papers of the answers to judged queries share their score with another; `nil` unless the ranking
        /// is a file.
        package var tiedScores: Int?
        /// How many papers the answers to judged queries have; `nil` unless the ranking is a file.
        package var rankedPapers: Int?
    }

    /// A ranking compared with the first one by a measure.
    package struct Comparison: Sendable {
        package var ranking: String
        package var baseline: String
        package var measure: Measure
        package var result: PairedComparison
        /// The p-value of the randomization test, corrected by Holm for the number of rankings that are compared by
        /// this measure; `nil` if there is only one.
        package var correctedP: Double?
    }

    /// What all rankings give for one query.
    package struct QueryValues: Encodable, Sendable {
        package var query: String
        package var rankings: [Ranking]

        private enum CodingKeys: String, CodingKey {
            case query
            case rankings = "results"
        }
    }

    /// A dataset with its figures.
    package struct Dataset: Encodable, Sendable {
        package var name: String
        /// The number of judged queries.
        package var queryCount: Int
        package var rankings: [Ranking]
        package var comparisons: [Comparison]
        /// The values of each query; `nil` unless they were asked for.
        package var queries: [QueryValues]?
        package var absentPapers: Int?
        package var absentQueries: Int?

        private enum CodingKeys: String, CodingKey {
            case name = "dataset"
            case queryCount
            case rankings = "results"
            case comparisons, queries, absentPapers, absentQueries
        }
    }

    /// The means over several datasets. Each dataset counts alike.
    package struct Mean: Encodable, Sendable {
        package var rankings: [Ranking]
        package var comparisons: [Comparison]

        private enum CodingKeys: String, CodingKey {
            case rankings = "results"
            case comparisons
        }
    }

    /// The measures, in the order of the figures.
    package let measures: [Measure]
    /// How intervals and tests were made; `nil` without them.
    package let resampling: Resampling?
    package let datasets: [Dataset]
    /// The means over the datasets; `nil` for a single dataset.
    package let mean: Mean?

    /// Computes the report.
    ///
    /// - Parameters:
    ///   - measured: The datasets, at least one. All of them have the same rankings.
    ///   - measures: What to measure.
    ///   - comparedMeasures: By what to compare the rankings with the first.
    ///   - resampling: How to make intervals and tests; `nil` leaves both out.
    ///   - listsQueries: Whether to report the values of each query.
    /// - Complexity: O(*r* · *q* · *n*) for *r* rankings and measures, *q* queries and *n* samples.
    package init(
        _ measured: [MeasuredDataset], measures: [Measure], comparedMeasures: [Measure], resampling: Resampling?,
        listsQueries: Bool
    ) {
        self.measures = measures
        self.resampling = resampling
        let figures = EvaluationFigures(measures: measures, compared: comparedMeasures, resampling: resampling)
        datasets = measured.map { dataset in
            Dataset(
                name: dataset.name,
                queryCount: dataset.qrels.queryCount,
                rankings: dataset.rankings.map(figures.ranking),
                comparisons: figures.comparisons(on: [dataset]),
                queries: listsQueries ? figures.queries(of: dataset) : nil,
                absentPapers: dataset.absentPapers,
                absentQueries: dataset.absentQueries
            )
        }
        mean =
            measured.count == 1
            ? nil
            : Mean(rankings: figures.meanRankings(over: measured), comparisons: figures.comparisons(on: measured))
    }
}
