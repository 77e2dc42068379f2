import Akin
import Foundation
import RetrievalEvaluation

/// What was measured: rankings of the queries of one or several datasets, how sure their means are, and how they compare
/// with the first of them.
struct EvaluationReport {
    /// A ranking under measurement.
    struct Row {
        /// What was ranked: by a mode of the library, or in a file.
        enum Kind: String {
            case mode
            case run
        }

        var name: String
        var kind: Kind
        var evaluation: Evaluation
    }

    /// A dataset and the rankings of its queries.
    struct Dataset {
        var name: String
        var qrels: Qrels
        var rows: [Row]
        /// The judged papers that the library does not have, and the queries that cannot be asked; `nil` where no
        /// library was asked.
        var absentPapers: Int?
        var absentQueries: Int?
    }

    /// The mean of a measure.
    struct Figure {
        var mean: Double
        var interval: ConfidenceInterval?
    }

    /// A ranking compared with the first one.
    struct Comparison {
        var row: Row
        var baseline: Row
        var measure: Measure
        var result: PairedComparison
    }

    /// The datasets, all with the same rows.
    let datasets: [Dataset]
    let measures: [Measure]
    /// How intervals and tests are made; `nil` if none are wanted.
    let resampling: Resampling?
}

// MARK: - Figures

extension EvaluationReport {
    /// The mean of a measure over the queries of a row.
    func figure(_ row: Row, _ measure: Measure) -> Figure {
        Figure(
            mean: row.evaluation.mean(of: measure),
            interval: resampling.flatMap { row.evaluation.interval(of: measure, $0) }
        )
    }

    /// The mean over the datasets, each of which counts alike, of the row at an index.
    func meanFigure(row: Int, _ measure: Measure) -> Figure {
        let evaluations = datasets.map { $0.rows[row].evaluation }
        return Figure(
            mean: evaluations.reduce(0) { $0 + $1.mean(of: measure) } / Double(evaluations.count),
            interval: resampling.flatMap { resampling in
                bootstrapInterval(ofMeanOverGroups: evaluations.map { $0.values(of: measure) }, resampling)
            }
        )
    }

    /// How the rows after the first compare with it, on some datasets: one, or all of them.
    func comparisons(on datasets: [Dataset], by measures: [Measure]) -> [Comparison] {
        guard let resampling, let rows = datasets.first?.rows, let baseline = rows.first else { return [] }
        return rows.indices.dropFirst().flatMap { index in
            measures.map { measure in
                let pairs = datasets.map { ($0.rows[index].evaluation, $0.rows[0].evaluation) }
                return Comparison(
                    row: rows[index], baseline: baseline, measure: measure,
                    result: PairedComparison(overCollections: pairs, by: measure, resampling)
                )
            }
        }
    }
}

// MARK: - Files

extension EvaluationReport {
    /// Writes `DATASET.qrels` and a `DATASET-RANKING.run` for every row, in the form of TREC.
    func writeFiles(to folder: String) throws {
        let url = URL(filePath: folder)
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw AkinError(
                .cannotWrite,
                "Cannot make the folder '\(folder)' (\(error.localizedDescription)). Check that its parent may be written "
                    + "to, or give --trec another."
            )
        }
        for dataset in datasets {
            try dataset.qrels.write(trecFile: url.appending(path: "\(dataset.name).qrels").path)
            for row in dataset.rows {
                let name = "\(dataset.name)-\(row.name.replacing("/", with: "-")).run"
                try row.evaluation.run.write(trecFile: url.appending(path: name).path)
            }
        }
    }
}
