import Akin
import Foundation
package import RetrievalEvaluation
import SystemCalls

/// A dataset and the rankings of its queries that were measured.
package struct MeasuredDataset: Sendable {
    /// A ranking of the queries.
    package struct Ranking: Sendable {
        package var kind: RankingKind
        package var name: String
        package var evaluation: Evaluation

        package init(kind: RankingKind, name: String, evaluation: Evaluation) {
            self.kind = kind
            self.name = name
            self.evaluation = evaluation
        }
    }

    package var name: String
    package var qrels: Qrels
    package var rankings: [Ranking]
    /// The judged papers that the library does not have; `nil` where no library answered.
    package var absentPapers: Int?
    /// The judged queries that the library cannot answer; `nil` where no library answered.
    package var absentQueries: Int?

    package init(
        name: String, qrels: Qrels, rankings: [Ranking], absentPapers: Int? = nil, absentQueries: Int? = nil
    ) {
        self.name = name
        self.qrels = qrels
        self.rankings = rankings
        self.absentPapers = absentPapers
        self.absentQueries = absentQueries
    }
}

/// Where a ranking comes from. The name is its key in JSON.
package enum RankingKind: String, Sendable {
    /// From a mode of the library.
    case mode
    /// From a file.
    case run
}

// MARK: - Files

/// Writes `DATASET.qrels` and a `DATASET-RANKING.run` for every ranking of every dataset, in TREC's form.
///
/// - Parameters:
///   - datasets: The datasets.
///   - folder: The folder to write into. It is made if it does not exist.
/// - Throws: `AkinError` with code `cannotWrite` if the folder cannot be made; `RetrievalEvaluationError` if a file
///   cannot be written, or a name does not fit the form.
package func writeTRECFiles(of datasets: [MeasuredDataset], to folder: String) throws {
    let url = URL(filePath: folder)
    do throws(SystemError) {
        try makeFolders(folder)
    } catch {
        throw AkinError(
            .cannotWrite, "Cannot make the folder '\(folder)' (\(systemMessage(error.number))).",
            remedy: .chooseAnotherFolder, cause: error
        )
    }
    for dataset in datasets {
        try dataset.qrels.write(trecFile: url.appending(path: "\(dataset.name).qrels").path)
        for ranking in dataset.rankings {
            let name = "\(dataset.name)-\(ranking.name.replacing("/", with: "-")).run"
            try ranking.evaluation.run.write(trecFile: url.appending(path: name).path)
        }
    }
}
