import ArgumentParser
import RetrievalEvaluation

/// The flags that say what of an evaluation is reported, and how.
struct EvaluationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A measure: nDCG@k, MAP, recall@k or MRR; may be repeated. Default: nDCG@10, MAP, recall@100, MRR.",
            valueName: "name"
        )
    )
    var measure: [Measure] = []

    @Flag(help: "Add a table of every query's values, by the first measure; under --json by all.")
    var perQuery = false

    @Option(
        help: ArgumentHelp(
            "The samples of bootstrap intervals and the permutations of significance tests; 0 leaves both out.",
            valueName: "n"
        )
    )
    var resamples = 10_000

    @Option(help: ArgumentHelp("Where the random numbers of the samples start.", valueName: "n"))
    var seed: UInt64 = 42

    @Flag(help: "Print tables in Markdown.")
    var markdown = false

    func validate() throws {
        guard resamples >= 0 else { throw ValidationError("--resamples takes a number from 0 up, not \(resamples).") }
        for (index, measure) in measure.enumerated() where self.measure[..<index].contains(measure) {
            throw ValidationError("--measure \(measure) is there twice.")
        }
    }

    var measures: [Measure] { measure.isEmpty ? Measure.standard : measure }

    var resampling: Resampling? { resamples == 0 ? nil : Resampling(count: resamples, seed: seed) }
}
