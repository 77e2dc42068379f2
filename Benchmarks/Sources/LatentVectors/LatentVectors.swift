import BenchmarkVectors
import Foundation
import LatentSemantics
import LinearAlgebra
import PaperFormats
import Papers
import TextAnalysis

/// Embeds papers as `akin add` does, at rank 256, and writes their vectors: one row a paper, of Euclidean length 1.
///
///     LatentVectors PAPERS OUTPUT.npy [SENTENCES]
///
/// With a number of sentences, each sentence of a title or an abstract counts as a paper of its own. The sentences are
/// spread evenly over the papers, and there are fewer if the papers have no more.
///
/// Papers whose vector is zero are left out. They are equally far from everything, and some systems fail on them.
@main
struct LatentVectors {
    static func main() throws {
        let arguments = CommandLine.arguments
        let limit = arguments.count == 4 ? Int(arguments[3]) : nil
        guard arguments.count == 3 || limit ?? 0 > 0 else {
            print("usage: LatentVectors PAPERS OUTPUT.npy [SENTENCES]")
            exit(2)
        }
        let reader = try PaperReader(path: arguments[1])
        var texts: [[String]] = []
        while let batch = try reader.nextBatch() {
            texts += batch.papers.map { [$0.title, $0.abstract] }
        }
        if let limit { texts = sentences(of: texts, limit: limit) }
        let analyzer = try Analyzer()
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let counts = analyzer.countTerms(documentCount: texts.count, threads: threads) { [texts] in texts[$0] }
        useOneBLASThread()
        var parameters = LatentSemanticModel.Parameters()
        parameters.rank = 256
        let model = try LatentSemanticModel.fit(counts, settings: analyzer.settings, parameters: parameters)
        let embedded = try model.embed(counts)
        var vectors = Vectors(dimensions: embedded.columnCount, values: embedded.values)
        let zeroes = (0..<vectors.count).filter { row in vectors[row].allSatisfy { $0 == 0 } }
        if !zeroes.isEmpty {
            let absent = Set(zeroes)
            vectors = vectors.rows((0..<vectors.count).lazy.filter { !absent.contains($0) })
        }
        try vectors.write(to: URL(filePath: arguments[2]))
        print(
            "\(arguments[2]): \(vectors.count) vectors of rank \(vectors.dimensions); "
                + "\(zeroes.count) \(limit == nil ? "papers" : "sentences") have no place in the space"
        )
    }

    /// The fewest words of a sentence. Shorter ones are mostly headings and parts of references.
    private static let fewestWords = 4

    /// The sentences of texts, at most `limit`, spread evenly.
    private static func sentences(of texts: [[String]], limit: Int) -> [[String]] {
        let all = texts.joined().flatMap { sentences(of: $0) }
        guard all.count > limit else { return all.map { [$0] } }
        return (0..<limit).map { [all[$0 * all.count / limit]] }
    }

    /// The sentences of a text: it is cut behind a stop that a space and an upper-case letter follow.
    private static func sentences(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        let stops: Set<UInt8> = [UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!")]
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        let space = UInt8(ascii: " ")
        var sentences: [String] = []
        var start = 0
        for i in bytes.indices {
            let isEnd = i == bytes.count - 1
            guard
                isEnd
                    || stops.contains(bytes[i]) && i + 2 < bytes.count && bytes[i + 1] == space
                        && capitals.contains(bytes[i + 2])
            else { continue }
            let sentence = bytes[start...i]
            if sentence.count(where: { $0 == space }) + 1 >= fewestWords {
                sentences.append(String(decoding: sentence, as: UTF8.self))
            }
            start = i + 1
        }
        return sentences
    }
}
