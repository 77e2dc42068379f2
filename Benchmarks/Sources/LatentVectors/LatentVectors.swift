import Foundation
import LatentSemantics
import LinearAlgebra
import PaperFormats
import Papers
import TextAnalysis
import VectorFiles

/// Embeds papers as `akin add` does, at rank 256, and writes their vectors: one row a paper, of Euclidean length 1.
///
///     LatentVectors PAPERS OUTPUT.npy
///
/// Papers whose vector is zero are left out. They are equally far from everything, and some systems fail on them.
@main
struct LatentVectors {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            print("usage: LatentVectors PAPERS OUTPUT.npy")
            exit(2)
        }
        let reader = try PaperReader(path: arguments[1])
        var texts: [[String]] = []
        while let batch = try reader.nextBatch() {
            texts += batch.papers.map { [$0.title, $0.abstract] }
        }
        let analyzer = try Analyzer()
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let counts = analyzer.countTerms(documentCount: texts.count, threads: threads) { [texts] in texts[$0] }
        useOneBLASThread()
        var parameters = LatentSemanticModel.Parameters()
        parameters.rank = 256
        let model = try LatentSemanticModel.fit(counts, settings: analyzer.settings, parameters: parameters)
        let embedded = try model.embed(counts)
        let all = Vectors(dimensions: embedded.columnCount, values: embedded.values)
        let vectors = all.rows((0..<all.count).filter { row in all[row].contains { $0 != 0 } })
        try vectors.write(npy: URL(filePath: arguments[2]))
        print(
            "\(arguments[2]): \(vectors.count) vectors of rank \(vectors.dimensions); "
                + "\(all.count - vectors.count) papers have no place in the space"
        )
    }
}
