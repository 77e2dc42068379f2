import Foundation
import HNSW
import LatentSemantics
import LexicalIndex
import LinearAlgebra
import MappedFiles
import TextAnalysis

/// Writes the next generation of a library into its folder: the segments that change, and links to those that do not.
///
/// Nothing names the generation until the caller commits its number, so a builder that fails or is killed leaves a folder
/// that the next writer clears away.
struct GenerationBuilder {
    let folder: LibraryFolder
    /// The generation in force; `nil` in a library that nothing was added to.
    let current: Generation?
    let analyzer: AnalyzerSettings
    let threads: Int
    /// Whether OpenBLAS may be told to use one thread.
    let configuresBLAS: Bool
    let progress: @Sendable (AddProgress) -> Void

    /// What the next generation is made of.
    struct Change {
        /// The number that the generation gets.
        var generation: Int
        /// The papers that no segment has yet, ascending.
        var newKeys: [UInt64]
        /// The papers that no longer count.
        var removedKeys: KeySet
        /// Whether the model is to be fitted anew whatever the rules say.
        var isRefitWanted = false
        /// Where the model shall come from; `nil` goes by what the library was told last.
        var modelSource: ModelSource?
        /// The dimensions that the model shall have; `nil` goes by what the library was told last.
        var rank: RankChoice?
    }

    /// Writes the generation and makes it durable.
    ///
    /// - Parameters:
    ///   - change: What is new and what is gone.
    ///   - texts: The texts of papers, in the order of the keys.
    /// - Throws: The error of the part that failed; the folder is then left unfinished.
    func build(_ change: Change, texts: ([UInt64]) throws -> [IndexedText]) throws {
        let kept = try current.map { try masked($0, change.removedKeys) } ?? []
        let (plan, folded) = try plan(change, kept: kept) { try count(texts($0)) }
        let target = folder.generation(change.generation)
        try FileManager.default.createDirectory(atPath: target.path, withIntermediateDirectories: true)

        var manifest = Manifest(
            generation: change.generation,
            segments: kept.filter { !plan.rewrittenSegments.contains($0.number) && $0.livePaperCount > 0 },
            nextSegment: current?.manifest.nextSegment ?? 0,
            fittedPaperCount: current?.manifest.fittedPaperCount ?? 0,
            analyzer: analyzer, modelOrigin: current?.manifest.modelOrigin ?? .papers,
            modelPolicy: current?.manifest.modelPolicy ?? .automatic,
            calibration: current?.manifest.calibration ?? Calibration()
        )
        manifest.rank = change.rank.map(\.number) ?? current?.manifest.rank
        let keys = (change.newKeys + liveKeys(of: plan.rewrittenSegments, without: change.removedKeys)).sorted()
        var model = plan.refits ? nil : current?.model
        if !keys.isEmpty {
            let texts = try texts(keys)
            let counts = try count(texts)
            if plan.refits {
                let fitted = try fitModel(counts, from: change.modelSource, rank: manifest.rank)
                try fitted.model?.save(to: target.model)
                if let start = fitted.start { try AtomicFile.copy(start, to: target.start) }
                model = fitted.model
                manifest.modelOrigin = fitted.origin
                manifest.modelPolicy = fitted.policy
            }
            let segment = Manifest.Segment(number: manifest.nextSegment, paperCount: keys.count)
            let vectors = try writeSegment(segment.number, keys: keys, counts: counts, model: model, in: target)
            if plan.refits, let model, let vectors {
                try calibrate(&manifest, texts, vectors, Segment(segment, in: target, dimensions: model.rank), model)
            }
            manifest.segments.append(segment)
            manifest.nextSegment += 1
        }
        manifest.folded = plan.refits ? nil : folded
        manifest.fittedPaperCount = plan.refits ? (model == nil ? 0 : keys.count) : manifest.fittedPaperCount
        progress(AddProgress(.writing, papers: manifest.livePaperCount))
        try link(manifest, keepsModel: !plan.refits && model != nil, into: target)
        try AtomicFile.write(manifest.encoded(), to: target.manifest)
        try Folder.synchronize(target.path)
        try Folder.synchronize(folder.path)
    }
}

// MARK: - What stays

extension GenerationBuilder {
    /// The segments in force, with the removals of this change entered.
    private func masked(_ generation: Generation, _ removed: KeySet) throws -> [Manifest.Segment] {
        guard !removed.isEmpty else { return generation.manifest.segments }
        return zip(generation.manifest.segments, generation.segments).map { entry, segment in
            var entry = entry
            let gone = segment.lexical.keys.filter { removed.contains($0) && !segment.removed.contains($0) }
            if !gone.isEmpty { entry.removedKeys = (entry.removedKeys + gone).sorted() }
            return entry
        }
    }

    private func liveKeys(of numbers: Set<Int>, without removed: KeySet) -> [UInt64] {
        guard let current else { return [] }
        return current.segments.filter { numbers.contains($0.number) }
            .flatMap { $0.liveKeys.filter { !removed.contains($0) } }
    }

    /// Gives the files that did not change a second name in the new folder.
    private func link(_ manifest: Manifest, keepsModel: Bool, into target: GenerationFolder) throws {
        guard let current else { return }
        if keepsModel {
            try AtomicFile.link(current.folder.model, to: target.model)
            if manifest.modelPolicy == .file { try AtomicFile.link(current.folder.start, to: target.start) }
        }
        for segment in current.segments where manifest.segments.contains(where: { $0.number == segment.number }) {
            let number = segment.number
            try AtomicFile.link(current.folder.lexical(ofSegment: number), to: target.lexical(ofSegment: number))
            if segment.vectors != nil {
                try AtomicFile.link(current.folder.vectors(ofSegment: number), to: target.vectors(ofSegment: number))
            }
        }
    }
}

// MARK: - What is new

extension GenerationBuilder {
    private func count(_ texts: [IndexedText]) throws -> TermCounts {
        progress(AddProgress(.analysing, papers: texts.count))
        return try Analyzer(analyzer).countTerms(documentCount: texts.count, threads: threads, keepsOrder: true) {
            texts[$0].fields
        }
    }

    private func writeSegment(
        _ number: Int, keys: [UInt64], counts: TermCounts, model: LatentSemanticModel?, in target: GenerationFolder
    ) throws -> DenseMatrix? {
        progress(AddProgress(.indexing, papers: keys.count, fraction: 0))
        try LexicalIndex.write(counts, keys: keys, to: target.lexical(ofSegment: number), threads: threads)
        guard let model else { return nil }
        let vectors = try model.embed(counts, threads: threads)
        progress(AddProgress(.indexing, papers: keys.count, fraction: 0.2))
        let path = target.vectors(ofSegment: number)
        var index = VectorIndex(
            dimensions: model.rank, metric: .innerProduct,
            graph: keys.count < VectorIndex.exactSearchCrossover ? nil : HNSWParameters()
        )
        try index.add(vectors.values, keys: keys, threads: threads)
        index.certify(threads: threads)
        try index.save(to: path)
        progress(AddProgress(.indexing, papers: keys.count, fraction: 1))
        return vectors
    }
}
