import Akin
import Foundation
import Measuring
import PaperFormats

/// Compares two vector spaces for small libraries: one of their own papers, and one that starts from a model of many
/// papers of their field. The rule which libraries start from the released model is based on it.
///
///     ModelBenchmark PAPERS.jsonl SETS FOLDER [SEEDS [NAMES]]
///
/// 1. Hold out the papers that the sets `litsearch-dev` and `cocitation-dev` judge, and a seventh of the others.
/// 2. Train a model on the rest, as the released one is trained on all papers.
/// 3. Make small libraries of held-out papers, each about one question: the first papers that a library of all held-out
///    papers finds for it, and those judged relevant.
/// 4. Build each library from its own papers alone and starting from the model. Ask both, and average nDCG@10.
///
/// Small libraries of other fields, from `cranfield`, `med`, `cacm` and `npl`, show where the model must not be used.
@main
struct ModelBenchmark {
    static let allSets = ["cocitation-dev", "litsearch-dev", "cacm", "cranfield", "med", "npl"]
    static let sizes = [50, 125, 500, 1_000, 2_000, 5_000, 10_000]

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4 else {
            print("usage: ModelBenchmark PAPERS.jsonl SETS FOLDER [SEEDS [NAMES]]")
            exit(2)
        }
        let (papers, sets, folder) = (arguments[1], arguments[2], arguments[3])
        let seeds = arguments.count > 4 ? Int(arguments[4]) ?? 60 : 60
        let names = arguments.count > 5 ? arguments[5].split(separator: ",").map(String.init) : allSets
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)

        let split = try Split(papers: papers, sets: sets, folder: folder)
        let heldOut = try QuestionSet.library(of: split.heldOut, in: folder + "/held-out")
        let model = folder + "/model.lsa"
        let training = ModelTraining(rank: 256, minimumPaperCount: 3)
        let report = try training.train(on: PaperFiles([split.training]), writing: model)
        print("A model of \(report.paperCount) papers, \(report.termCount) words, rank \(report.rank).")
        print(
            "nDCG@10. alone: a space of the library's papers; started: one that starts from the model. hybrid: the "
                + "library's α."
        )
        print(Trial.header)
        for name in names {
            let set = try QuestionSet(name, in: sets, heldOut: heldOut, folder: folder)
            for size in sizes where size <= set.paperCount {
                var trial = Trial(set: name, size: size)
                for pool in try set.pools(of: size, seeds: size < 500 ? seeds : max(3, seeds * 125 / size)) {
                    try trial.add(pool, model: model, folder: folder)
                }
                print(trial.rows, terminator: "")
                fflush(nil)
            }
        }
    }
}
