import LatentSemantics
import LinearAlgebra
import TestSupport
import TextAnalysis

/// The settings that tests keep with their models; nothing is analyzed with them.
let plainSettings = AnalyzerSettings(language: .none, removesStopwords: false)

/// The titles of technical memoranda by which Deerwester et al. (1990) explain latent semantic analysis: five on the
/// use of computers, four on graphs, reduced to the words that they share.
let memoranda: [[String]] = [
    ["human", "interface", "computer"],
    ["survey", "user", "computer", "system", "response", "time"],
    ["eps", "user", "interface", "system"],
    ["system", "system", "human", "eps"],
    ["user", "response", "time"],
    ["trees"],
    ["graph", "trees"],
    ["graph", "minors", "trees"],
    ["graph", "minors", "survey"],
]

/// Documents of made-up words, some of them empty, the frequent words in most of them.
func randomDocuments(_ count: Int, words: Int, seed: UInt64) -> [[String]] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
        (0..<Int.random(in: 0...40, using: &generator)).map { _ in
            let uniform = Double.random(in: 0..<1, using: &generator)
            return "w\(Int(uniform * uniform * uniform * Double(words)))"
        }
    }
}

/// Fits a model as a program would, with OpenBLAS told to start no threads.
func fit(
    _ counts: TermCounts,
    settings: AnalyzerSettings = plainSettings,
    _ parameters: LatentSemanticModel.Parameters = .init(),
    threads: Int = 1
) throws(LatentSemanticsError) -> LatentSemanticModel {
    useOneBLASThread()
    return try LatentSemanticModel.fit(counts, settings: settings, parameters: parameters, threads: threads)
}

func innerProduct(_ left: some Sequence<Float>, _ right: some Sequence<Float>) -> Double {
    zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}
