import ArgumentParser
import RetrievalEvaluation

/// The flags that choose what an evaluation reports.
struct EvaluationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A measure: nDCG@k, MAP, MAP@k, recall@k, P@k, R-precision, success@k, MRR or MRR@k, or as ir-measures "
                + "writes it (AP, RR@10, R@100, Rprec); may be repeated. Default: nDCG@10, MAP, recall@100, MRR.",
            valueName: "name"
        )
    )
    var measure: [Measure] = []

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Measure what papers print at k: nDCG@k, recall@k, P@k, MRR@k and MAP@k; may be repeated.", valueName: "n"))
    var k: [Int] = []

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
        for k in k where k < 1 { throw ValidationError("--k takes a number from 1 up, not \(k).") }
        for (index, k) in k.enumerated() where self.k[..<index].contains(k) {
            throw ValidationError("--k \(k) is there twice.")
        }
        for (index, measure) in measure.enumerated() where self.measure[..<index].contains(measure) {
            throw ValidationError("--measure \(measure) is there twice.")
        }
    }

    /// A hundred times as many as papers report; they take 8 MB a measure.
    private static let mostResamples = 1_000_000

    /// Those of `--measure`, and those of each `--k` that are not among them.
    var measures: [Measure] {
        var chosen = measure.isEmpty && k.isEmpty ? Measure.standard : measure
        for measure in k.flatMap(Measure.published) where !chosen.contains(measure) { chosen.append(measure) }
        return chosen
    }

    var resampling: Resampling? { resamples == 0 ? nil : Resampling(count: resamples, seed: seed) }
}
