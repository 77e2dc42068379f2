import Foundation
package import LatentSemantics
package import PaperStore
package import Papers
import ParallelLoops

/// Papers indexed in a folder of their own, outside of any library: what a server takes of them is read from there.
///
/// They are folded into the space of a model as new papers of a library on disk are. The folder goes with the value.
package final class LooseSegment {
    /// The papers' postings and vectors.
    package let segment: Segment
    /// Their entry in a manifest.
    package let entry: Manifest.Segment
    /// How much the space holds of them; `nil` without a space.
    package let retention: Retention?
    private let folder: String

    /// Indexes papers.
    ///
    /// - Parameters:
    ///   - keys: The papers, ascending.
    ///   - papers: Where their texts are read.
    ///   - manifest: How texts are cut into terms, and the spaces.
    ///   - model: The model of the space that the library learned; `nil` if it has none.
    ///   - progress: Called before each step, on the calling thread.
    /// - Throws: The error of the store, of the file system, or of an index.
    package init(
        of keys: [PaperKey], _ papers: PaperStore.Reader, under manifest: Manifest, _ model: LatentSemanticModel?,
        progress: @escaping @Sendable (AddProgress) -> Bool
    ) throws {
        folder = NSTemporaryDirectory() + "akin-segment-" + UUID().uuidString
        let library = LibraryFolder(path: folder)
        let target = library.generation(1)
        try FileManager.default.createDirectory(atPath: target.path, withIntermediateDirectories: true)
        do {
            let builder = GenerationBuilder(
                folder: library, current: nil, analyzer: manifest.analyzer, threads: availableCores,
                configuresBLAS: false, progress: progress)
            let content = try StoredContent(papers)
            var (entry, counts) = try builder.writeSegment(0, keys: keys, of: content, in: target)
            retention = try model?.retention(of: counts, threads: availableCores)
            if let model {
                try builder.writeVectors(of: &entry, keys: keys, counts: counts, model: model, in: target)
            }
            segment = try Segment(entry, of: manifest, in: target)
            self.entry = entry
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}

/// The given vectors of papers as they are indexed, of unit length.
///
/// - Parameters:
///   - keys: The papers, ascending.
///   - space: The name of a space that was given.
///   - papers: The store.
/// - Returns: The vector of each paper that has one.
/// - Throws: The error of the store; `AkinError` with code `damaged` for a vector of other dimensions.
package func givenUnitVectors(
    of keys: [PaperKey], in space: String, _ papers: PaperStore.Reader
) throws -> [(key: PaperKey, vector: [Float])] {
    let content = try StoredContent(papers)
    let found = try content.unitVectors(keys, in: space)
    let dimensions = content.spaces.first { $0.name == space }?.dimensions ?? 0
    return found.keys.enumerated().map { place, key in
        (PaperKey(key), Array(found.rows[place * dimensions..<(place + 1) * dimensions]))
    }
}
