import HNSW
import LatentSemantics
import LexicalIndex
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
    /// The papers whose texts are read and counted at once: some megabytes.
    private static let textsAtOnce = 4_096

    /// The papers whose vectors are computed at once: some megabytes.
    private static let vectorsAtOnce = 8_192

    /// Counts the terms of papers, a part of their texts at a time.
    ///
    /// - Parameters:
    ///   - keys: The papers, ascending.
    ///   - content: Where their texts are read.
    /// - Returns: The terms, with their order.
    /// - Throws: The error of the store.
    func count(_ keys: [PaperKey], of content: StoredContent) throws -> TermCounts {
        var counter = TermCounter(try Analyzer(analyzer), threads: threads, keepsOrder: true)
        for start in stride(from: 0, to: keys.count, by: Self.textsAtOnce) {
            let fraction = Double(start) / Double(keys.count)
            try AddProgress(.analysing, papers: keys.count, fraction: fraction).tell(progress)
            let texts = try content.texts(Array(keys[start..<min(start + Self.textsAtOnce, keys.count)]))
            counter.count(texts.count) { texts[$0].fields() }
        }
        return counter.finish()
    }

    /// Counts the terms of papers and writes the lexical index of a segment.
    ///
    /// - Parameters:
    ///   - number: The segment's number.
    ///   - keys: The papers, ascending.
    ///   - content: Where their texts are read.
    ///   - target: The folder of the generation.
    /// - Returns: The segment's entry in the manifest, and the terms of the papers without their order.
    /// - Throws: The error of the store or of the index.
    func writeSegment(
        _ number: Int, keys: [PaperKey], of content: StoredContent, in target: GenerationFolder
    ) throws -> (segment: Manifest.Segment, counts: TermCounts) {
        let counts = try count(keys, of: content)
        let path = target.lexical(ofSegment: number)
        try LexicalIndex.write(counts, keys: keys.map(\.rawValue), to: path, threads: threads)
        let segment = Manifest.Segment(
            number: number, paperCount: keys.count, lexical: try FileIdentity(ofFileAt: path), vectors: [:],
            languages: Dictionary(uniqueKeysWithValues: counts.languages.map { ($0.key.rawValue, $0.value) }))
        return (segment, counts.withoutOrder)
    }

    /// Embeds the papers of a segment and writes the index of their vectors.
    ///
    /// - Parameters:
    ///   - segment: The segment's entry in the manifest, which gets the file.
    ///   - keys: The papers, ascending.
    ///   - counts: The terms of the papers, in the same order. They are given back before the graph is built.
    ///   - model: What makes their vectors.
    ///   - target: The folder of the generation.
    /// - Throws: The error of the model or of the index.
    func writeVectors(
        of segment: inout Manifest.Segment, keys: [PaperKey], counts: consuming TermCounts,
        model: LatentSemanticModel, in target: GenerationFolder
    ) throws {
        try AddProgress(.indexing, papers: keys.count, fraction: 0).tell(progress)
        let path = target.vectors(ofSegment: segment.number)
        let vectors = try embeddedVectors(of: consume counts, keys: keys, model: model)
        try write(vectors, count: keys.count, to: path)
        segment.vectors[Manifest.Space.lsa] = try FileIdentity(ofFileAt: path)
        try AddProgress(.indexing, papers: keys.count, fraction: 1).tell(progress)
    }

    /// The vectors of papers, which have no graph yet.
    private func embeddedVectors(
        of counts: consuming TermCounts, keys: [PaperKey], model: LatentSemanticModel
    ) throws -> VectorIndexBuilder {
        let embedding = DocumentEmbedding(counts, in: model)
        var builder = try vectorIndexBuilder(dimensions: model.rank, count: keys.count)
        for start in stride(from: 0, to: keys.count, by: Self.vectorsAtOnce) {
            let part = start..<min(start + Self.vectorsAtOnce, keys.count)
            let rows = try embedding.rows(part, threads: threads)
            try builder.append(rows.values, keys: keys[part].map(\.rawValue))
        }
        return builder
    }

    /// Writes an index of vectors that are at hand.
    func writeVectors(_ vectors: StoredContent.UnitVectors, dimensions: Int, to path: String) throws {
        let count = vectors.keys.count
        var builder = try vectorIndexBuilder(
            dimensions: dimensions, count: count, elements: vectors.areCodes ? .int8Only : .int8)
        try builder.append(vectors.rows, keys: vectors.keys)
        try write(builder, count: count, to: path)
    }

    /// Begins an index of vectors: with a graph from the size on where walking it beats a scan.
    private func vectorIndexBuilder(
        dimensions: Int, count: Int, elements: VectorElements = .int8
    ) throws -> VectorIndexBuilder {
        let graph = count < VectorIndex.exactSearchCrossover ? nil : HNSWParameters()
        return try VectorIndexBuilder(
            dimensions: dimensions, metric: .innerProduct, elements: elements, graph: graph, threads: threads)
    }

    private func write(_ builder: consuming VectorIndexBuilder, count: Int, to path: String) throws {
        var index = try builder.finish { fraction in
            progress(AddProgress(.indexing, papers: count, fraction: 0.9 * fraction))
        }
        try index.certify(threads: threads)
        try index.save(to: path)
    }
}
