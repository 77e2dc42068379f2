import Bisection
import Foundation
import HNSW
import LatentSemantics
import LexicalIndex
import MappedFiles
import PaperStore
import Papers
import Ranking
import TextAnalysis
import TextEncoding

/// One state of a library, open for reading: its indexes and its analyzer, all immutable and most of them mapped.
///
/// A generation holds a shared lock on its folder for as long as it lives, so that no writer removes the files under a
/// reader. Any number of threads may ask it at once.
package final class Generation: Sendable {
    package let folder: GenerationFolder
    package let manifest: Manifest
    /// What rankings ask.
    let index: SegmentedIndex
    /// The papers as questions see them.
    let indexed: IndexedPapers
    private let lock: FileLock
    private let manifestChecksum: String?

    /// The vector space; `nil` if no paper of the library has a term.
    var model: LatentSemanticModel? { index.model }

    package var segments: [Segment] { index.segments }

    /// The analyzer that the terms of the indexes were made by.
    var analyzer: Analyzer { indexed.analyzer }

    /// Opens a generation.
    ///
    /// - Parameters:
    ///   - folder: The generation's folder.
    ///   - checksum: The checksum of the manifest by what the store says; `nil` for a store of an earlier build, which
    ///     says nothing.
    ///   - readsThrough: Whether to read all files to their ends before they are mapped.
    /// - Throws: `AkinError` with code `damaged` or `newerVersion`, naming the file. A folder that is gone, or that a
    ///   writer looks at to remove it, gives ``FolderIsGone``: a writer may have replaced the generation since its
    ///   number was read.
    init(_ folder: GenerationFolder, manifestChecksum checksum: String?, readsThrough: Bool = false) throws {
        self.folder = folder
        manifestChecksum = checksum
        let lock: FileLock
        do {
            // Nobody waits for the writer, which may be suspended.
            guard let free = try FileLock.attempt(folder.path, .shared, creates: false) else {
                Thread.sleep(forTimeInterval: 0.001)
                throw FolderIsGone(folder: folder, isCertain: false)
            }
            lock = free
        } catch let error as MappedFileError {
            guard FileManager.default.fileExists(atPath: folder.path) else { throw FolderIsGone(folder: folder) }
            throw error
        }
        guard lock.isInPlace else { throw FolderIsGone(folder: folder) }
        self.lock = lock
        let manifest = try Manifest(in: folder)
        if let checksum, try checksum != Manifest.checksum(in: folder) {
            throw AkinError(
                .damaged, "Cannot use '\(folder.path)': it is of another library than the papers beside it.",
                remedy: .repair)
        }
        for file in manifest.files {
            try file.check(in: folder)
            if readsThrough { try file.readThrough(in: folder) }
        }
        self.manifest = manifest
        let model = try manifest.lsa?.model.map { try LatentSemanticModel(mapping: folder.path(of: $0)) }
        guard model?.rank == manifest.lsa?.dimensions, model.map({ $0.settings == manifest.analyzer }) ?? true else {
            throw AkinError(
                .damaged, "Cannot use '\(folder.path)': its files were not written together.", remedy: .repair)
        }
        index = SegmentedIndex(
            model: model,
            segments: try manifest.segments.map { try Segment($0, of: manifest, in: folder) },
            fittedPaperCount: manifest.fittedPaperCount, calibration: manifest.calibration,
            meanVectors: manifest.meanVectors)
        indexed = try IndexedPapers(index: index, manifest: manifest)
    }

    /// Whether this is what a store means by a generation in force: its number and checksum, in the folder that has the
    /// place now. A library that was removed and made anew counts from 1 again.
    ///
    /// - Throws: `PaperStoreError`.
    func isInForce(by papers: PaperStore.Reader) throws -> Bool {
        try folder.number == papers.generation && manifestChecksum == Manifest.checksum(keptBy: papers)
            && lock.isInPlace
    }

    /// What is wrong with the files, a sentence each; reads every byte of them.
    ///
    /// - Throws: `AkinError` with code `cannotRead` if the system refuses to open a file.
    func damages() throws -> [String] {
        var damages: [String] = []
        func note(_ verify: () throws -> Void) throws {
            do {
                try verify()
            } catch {
                let translated = AkinError(translating: error)
                if translated.code == .cannotRead { throw translated }
                damages.append("\(error)")
            }
        }
        for model in manifest.spaces.compactMap(\.model) + (manifest.start.map { [$0] } ?? []) {
            try note { try LatentSemanticModel.verify(fileAt: folder.path(of: model)) }
        }
        for (segment, entry) in zip(segments, manifest.segments) {
            let papers = Set(segment.lexical.keys)
            if let vectors = segment.vectors, !segment.lexical.keys.elementsEqual(vectors.keys) {
                damages.append("In '\(folder.path)', the two indexes of segment \(segment.number) are of other papers.")
            }
            for (space, vectors) in segment.given.sorted(by: { $0.key < $1.key })
            where !vectors.keys.allSatisfy(papers.contains) {
                damages.append(
                    "In '\(folder.path)', the space '\(space)' of segment \(segment.number) has vectors of "
                        + "other papers."
                )
            }
            try note { try segment.lexical.verify() }
            for vectors in entry.vectors.values {
                try note { try VectorIndex.verify(fileAt: folder.path(of: vectors)) }
            }
        }
        return damages
    }

    /// What is wrong with the indexed vectors of given spaces, compared with those in the store, a sentence each.
    ///
    /// - Throws: The error of the store.
    /// - Complexity: Reads all given vectors.
    func vectorFindings(_ papers: PaperStore.Reader) throws -> [String] {
        let stored = Dictionary(try papers.spaces().map { ($0.name, $0.identity) }) { first, _ in first }
        let content = try StoredContent(papers)
        var findings: [String] = []
        for space in manifest.givenSpaces {
            guard let name = SpaceName(rawValue: space.name), stored[space.name] == space.encoder else {
                findings.append("'\(folder.path)' and the store disagree about the space '\(space.name)'.")
                continue
            }
            var wrong = 0
            for segment in segments {
                guard let index = segment.given[name] else { continue }
                let keys = index.keys.filter { !segment.removed.contains($0) }.sorted()
                let found = try content.unitVectors(keys.map { PaperKey($0) }, in: space.name)
                wrong += keys.count - found.keys.count
                for (place, key) in found.keys.enumerated() {
                    let row = found.rows[place * space.dimensions..<(place + 1) * space.dimensions]
                    if index.vector(for: key).map({ !index.holds(row, as: $0) }) ?? true { wrong += 1 }
                }
            }
            if wrong > 0 {
                findings.append(
                    "'\(folder.path)' indexes \(wrong) vector(s) of the space '\(space.name)' that the store "
                        + "does not have."
                )
            }
        }
        return findings
    }

    /// The generation's folder was removed before it could be opened.
    struct FolderIsGone: Error {
        var folder: GenerationFolder
        /// Whether it is gone; otherwise a writer has it to itself for a moment, and may be about to remove it.
        var isCertain = true

        /// The error if the store still names this generation.
        var damage: AkinError {
            AkinError(.damaged, "Cannot open '\(folder.path)': the folder is missing.", remedy: .repair)
        }
    }
}

extension Segment {
    /// Opens the files of a segment.
    ///
    /// - Throws: `AkinError` with code `damaged` if the files and the manifest disagree; the error of a file.
    init(_ entry: Manifest.Segment, of manifest: Manifest, in folder: GenerationFolder) throws {
        let lexical = try LexicalIndex(mapping: folder.path(of: entry.lexical))
        let vectors = try entry.vectors[Manifest.Space.lsa].map { try VectorIndex(mapping: folder.path(of: $0)) }
        var given: [SpaceName: VectorIndex] = [:]
        var areGivenSound = true
        for space in manifest.givenSpaces {
            guard let name = SpaceName(rawValue: space.name), let file = entry.vectors[space.name] else { continue }
            let index = try VectorIndex(mapping: folder.path(of: file))
            if index.dimensions != space.dimensions || index.count > entry.paperCount { areGivenSound = false }
            given[name] = index
        }
        let counts = [lexical.documentCount] + (vectors.map { [$0.count] } ?? [])
        guard counts.allSatisfy({ $0 == entry.paperCount }), vectors?.dimensions == manifest.lsa?.dimensions,
            areGivenSound
        else {
            throw AkinError(
                .damaged,
                "Cannot use segment \(entry.number) of '\(folder.path)': its files and the manifest disagree about "
                    + "what they hold.",
                remedy: .repair
            )
        }
        self.init(
            number: entry.number, vectors: vectors, given: given, lexical: lexical,
            removed: RemovedKeys(entry.removedKeys.map(\.rawValue)))
    }
}

extension VectorIndex {
    /// Whether a vector of the index is one that was added. Codes alone hold it with an error.
    fileprivate func holds(_ vector: ArraySlice<Float>, as own: [Float]) -> Bool {
        guard elements == .int8Only else { return own.elementsEqual(vector) }
        return Embedding(own).cosine(with: Embedding(Array(vector))) > Self.leastCosineOfCodes
    }

    /// Codes are off by a 254th of the greatest difference from the center in each component, at most. Unit vectors of
    /// 1,000 components are then off by .13, if all their errors are the greatest.
    private static var leastCosineOfCodes: Float { 0.99 }
}
