import HNSW
import LatentSemantics
import LexicalIndex
import LinearAlgebra
import Papers
import Ranking
import TextAnalysis
import VectorKernels

// MARK: - The segments in force

extension GenerationBuilder {
    /// The segments of a generation, with the removals of a change entered.
    func segments(of generation: Generation, without removed: PaperKeySet) throws -> [Manifest.Segment] {
        guard !removed.isEmpty else { return generation.manifest.segments }
        return zip(generation.manifest.segments, generation.segments).map { entry, segment in
            var entry = entry
            let gone = segment.liveKeys.map { PaperKey($0) }.filter(removed.contains)
            if !gone.isEmpty { entry.removedKeys = (entry.removedKeys + gone).sorted() }
            return entry
        }
    }

    /// The papers that count in some of the segments in force, without those that a change removes.
    func liveKeys(ofSegments numbers: Set<Int>, without removed: PaperKeySet) -> [PaperKey] {
        guard let current else { return [] }
        return current.segments.filter { numbers.contains($0.number) }
            .flatMap { $0.liveKeys.map { PaperKey($0) }.filter { !removed.contains($0) } }
    }
}

// MARK: - The new segment

extension GenerationBuilder {
    /// Counts the terms of texts.
    func count(_ texts: [PaperText]) throws -> TermCounts {
        try AddProgress(.analysing, papers: texts.count).tell(progress)
        return try Analyzer(analyzer).countTerms(documentCount: texts.count, threads: threads, keepsOrder: true) {
            texts[$0].fields()
        }
    }

    /// Writes the files of a segment.
    ///
    /// - Parameters:
    ///   - number: The segment's number.
    ///   - keys: The papers, ascending.
    ///   - counts: The terms of the papers, in the same order.
    ///   - model: What makes their vectors; `nil` writes none.
    ///   - target: The folder of the generation.
    /// - Returns: The segment's entry in the manifest, and the papers' vectors.
    /// - Throws: The error of the index that failed.
    func writeSegment(
        _ number: Int, keys: [PaperKey], counts: TermCounts, model: LatentSemanticModel?, in target: GenerationFolder
    ) throws -> (segment: Manifest.Segment, vectors: DenseMatrix?) {
        try AddProgress(.indexing, papers: keys.count, fraction: 0).tell(progress)
        let keys = keys.map(\.rawValue)
        let lexicalPath = target.lexical(ofSegment: number)
        try LexicalIndex.write(counts, keys: keys, to: lexicalPath, threads: threads)
        var segment = Manifest.Segment(
            number: number, paperCount: keys.count, lexical: try FileIdentity(ofFileAt: lexicalPath), vectors: [:],
            languages: Dictionary(uniqueKeysWithValues: counts.languages.map { ($0.key.rawValue, $0.value) }))
        guard let model else { return (segment, nil) }

        let vectors = try model.embed(counts, threads: threads)
        let vectorPath = target.vectors(ofSegment: number)
        try writeVectors(vectors.values, dimensions: vectors.columnCount, keys: keys, to: vectorPath)
        segment.vectors[Manifest.Space.lsa] = try FileIdentity(ofFileAt: vectorPath)
        try AddProgress(.indexing, papers: keys.count, fraction: 1).tell(progress)
        return (segment, vectors)
    }

    /// Writes an index of vectors: with a graph from the size on where walking it beats a scan.
    func writeVectors(_ rows: [Float], dimensions: Int, keys: [UInt64], to path: String) throws {
        let graph = keys.count < VectorIndex.exactSearchCrossover ? nil : HNSWParameters()
        var index = try VectorIndex(dimensions: dimensions, metric: .innerProduct, graph: graph)
        try index.add(rows, keys: keys, threads: threads) { fraction in
            progress(AddProgress(.indexing, papers: keys.count, fraction: 0.9 * fraction))
        }
        try index.certify(threads: threads)
        try index.save(to: path)
    }
}
