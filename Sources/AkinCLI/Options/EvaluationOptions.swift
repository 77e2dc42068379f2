import ArgumentParser
import RetrievalEvaluation

/// The flags that choose what an evaluation reports.
struct EvaluationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A measure: nDCG@k, MAP, recall@k, P@k, R-precision, success@k, MRR or MRR@k; may be repeated. "
                + "Default: nDCG@10, MAP, recall@100, MRR.",
            valueName: "name"
        )
    )
    var measure: [Measure] = []

    @Flag(help: "Add a table of every query by the first measure; under --json by all measures.")
    var perQuery = false

    @Option(
        help: ArgumentHelp(
            "The number of bootstrap samples and of permutations; 0 leaves intervals and tests out.",
            valueName: "n"
        )
    )
    var resamples = 10_000

    @Option(help: ArgumentHelp("The seed of the random numbers.", valueName: "n"))
    var seed: UInt64 = 42

    @Flag(help: "Print tables in Markdown.")
    var markdown = false

    func validate() throws {
        guard (0...Self.mostResamples).contains(resamples) else {
            throw ValidationError("--resamples takes a number from 0 to \(Self.mostResamples), not \(resamples).")
        }
        for (index, measure) in measure.enumerated() where self.measure[..<index].contains(measure) {
            throw ValidationError("--measure \(measure) is there twice.")
        }
    }

    /// A hundred times as many as papers report; they take 8 MB a measure.
    private static let mostResamples = 1_000_000

    var measures: [Measure] { measure.isEmpty ? Measure.standard : measure }

    var resampling: Resampling? { resamples == 0 ? nil : Resampling(count: resamples, seed: seed) }
}
