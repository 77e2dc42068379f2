import Foundation
import LatentSemantics
import MappedFiles
import Papers
import Ranking
import TextAnalysis

/// Writes the next generation of a library into its folder: new files for what changes, and links to all other files.
///
/// The generation is in force when its number is committed to the store. A builder that fails or is killed leaves a
/// folder that the next writer removes.
struct GenerationBuilder {
    let folder: LibraryFolder
    /// The generation in force; `nil` in a library that holds nothing yet, or is being rebuilt.
    let current: Generation?
    let analyzer: AnalyzerSettings
    let threads: Int
    /// Whether OpenBLAS may be told to use one thread.
    let configuresBLAS: Bool
    let progress: @Sendable (AddProgress) -> Bool

    /// Makes the folder of the next generation and locks it, so that no other writer takes it for a left one.
    ///
    /// The lock is one that readers hold too: nobody waits for it.
    ///
    /// - Throws: `AkinError` with code `lockLost` if another writer makes or removes the folder at the same time.
    func makeFolder(_ number: Int) throws -> FileLock {
        let target = folder.generation(number)
        do {
            try FileManager.default.createDirectory(atPath: target.path, withIntermediateDirectories: false)
            if let lock = try FileLock.attempt(target.path, .shared, creates: false), lock.isInPlace { return lock }
        } catch {
            let isThere = FileManager.default.fileExists(atPath: target.path)
            let isOfAnother =
                (error as? CocoaError)?.code == .fileWriteFileExists || error is MappedFileError && !isThere
            guard isOfAnother else { throw error }
        }
        throw AkinError(
            .lockLost, "Another writer works in '\(target.path)', though the library was locked. Nothing was changed.",
            remedy: .tryAgainLater)
    }

    /// Writes the generation into its folder and makes it durable.
    ///
    /// 1. Plan which segments are written again and whether the model is refitted.
    /// 2. Count the terms of the papers that go into a new segment, and write its lexical index. The order of the terms
    ///    is then no longer needed.
    /// 3. Fit the model, where it is planned, and write the segment's vectors.
    /// 4. Learn from the papers what the fit changes.
    /// 5. Link the files that stay, and write the manifest.
    ///
    /// - Parameters:
    ///   - change: What is new and what is gone.
    ///   - number: The number of the generation.
    ///   - content: The texts and the given vectors of papers.
    /// - Returns: The manifest of the generation.
    /// - Throws: The error of the part that failed; the folder then stays unfinished.
    func build(_ change: LibraryChange, number: Int, of content: StoredContent) throws -> Manifest {
        let kept = try current.map { try segments(of: $0, without: change.removedKeys) } ?? []
        let (plan, folded) = try plan(change, kept: kept) { try count($0, of: content) }
        let target = folder.generation(number)

        var manifest = current?.manifest ?? Manifest(generation: number, analyzer: analyzer)
        manifest.generation = number
        manifest.segments = kept.filter { !plan.rewrittenSegments.contains($0.number) && $0.livePaperCount > 0 }
        manifest.folded = folded
        if let rank = change.rank { manifest.choice.rank = rank.number }
        if plan.refits { manifest.forgetModel() }
        try manifest.enter(spaces: content.spaces)

        let rewritten = liveKeys(ofSegments: plan.rewrittenSegments, without: change.removedKeys)
        let keys = (change.newKeys.sortedKeys + rewritten).sorted()
        if !keys.isEmpty {
            let (entry, counts) = try writeSegment(manifest.nextSegment, keys: keys, of: content, in: target)
            var segment = entry
            var model = current?.model
            if plan.refits { model = try fitModel(&manifest, counts, from: change.modelSource, in: target) }
            if let model {
                try writeVectors(of: &segment, keys: keys, counts: consume counts, model: model, in: target)
            }
            try writeGivenVectors(of: &segment, &manifest, keys: keys, content, in: target)
            manifest.segments.append(segment)
            manifest.nextSegment += 1
            if plan.refits, let model {
                try calibrate(&manifest, keys, of: content, Segment(segment, of: manifest, in: target), model)
            }
        }
        try renewGivenVectors(of: &manifest, change, content, in: target)
        try AddProgress(.writing, papers: manifest.livePaperCount).tell(progress)
        try linkKeptFiles(of: manifest, into: target)
        try finish(manifest, in: target)
        return manifest
    }

    /// Writes a generation of papers that another library indexed, with its model and what it learned.
    ///
    /// - Parameters:
    ///   - other: The manifest of the other library.
    ///   - number: The number of the generation.
    ///   - keys: The papers, ascending.
    ///   - content: The texts and the given vectors of papers.
    ///   - file: Gives the bytes of the other library's files.
    /// - Returns: The manifest of the generation.
    /// - Throws: The error of the part that failed; the folder then stays unfinished.
    func build(
        adopting other: Manifest, number: Int, keys: [PaperKey], of content: StoredContent,
        file: (FileIdentity) throws -> [UInt8]
    ) throws -> Manifest {
        let target = folder.generation(number)
        var manifest = other
        manifest.generation = number
        manifest.segments = []
        manifest.nextSegment = 0
        for identity in manifest.files {
            let bytes = try file(identity)
            // SAFETY: bytes have no padding between them.
            try AtomicFile.write(unsafe bytes.span.bytes, to: target.path(of: identity))
            try identity.check(in: target)
        }
        if !keys.isEmpty {
            let (entry, counts) = try writeSegment(0, keys: keys, of: content, in: target)
            var segment = entry
            if let file = manifest.lsa?.model {
                let model = try LatentSemanticModel(mapping: target.path(of: file))
                try writeVectors(of: &segment, keys: keys, counts: counts, model: model, in: target)
            }
            try writeGivenVectors(of: &segment, &manifest, keys: keys, content, in: target)
            manifest.segments = [segment]
            manifest.nextSegment = 1
        }
        try AddProgress(.writing, papers: keys.count).tell(progress)
        try finish(manifest, in: target)
        return manifest
    }

    /// Writes the manifest, and makes the generation durable.
    private func finish(_ manifest: Manifest, in target: GenerationFolder) throws {
        try manifest.write(to: target)
        try Folder.synchronize(target.path)
        try Folder.synchronize(folder.path)
    }

    /// Gives the files of the generation in force that the new generation keeps a second name in the new folder.
    private func linkKeptFiles(of manifest: Manifest, into target: GenerationFolder) throws {
        guard let current else { return }
        let files = Set(manifest.files)
        for file in current.manifest.files where files.contains(file) {
            // A fit of the same papers writes the same file again.
            guard !FileManager.default.fileExists(atPath: target.path(of: file)) else { continue }
            try AtomicFile.link(current.folder.path(of: file), to: target.path(of: file))
        }
    }
}

extension Manifest {
    /// Removes the vector space that is about to be refitted. The choice of a model stays.
    fileprivate mutating func forgetModel() {
        spaces.removeAll { $0.kind == .latentSemantics }
        fittedPaperCount = 0
        folded = nil
    }
}
