import Foundation
import HNSW
import LatentSemantics
import LexicalIndex
import MappedFiles

/// One state of a library, open for reading: its model and its segments, all mapped and immutable.
///
/// A generation holds a shared lock on its folder for as long as it lives, so that no writer removes the files under a
/// reader; any number of threads may ask it at once.
final class Generation: Sendable {
    let folder: GenerationFolder
    let manifest: Manifest
    /// The vector space; `nil` if no paper of the library has a term.
    let model: LatentSemanticModel?
    let segments: [Segment]
    private let lock: FileLock

    /// Opens a generation.
    ///
    /// - Throws: `AkinError` with code `damaged` or `newerVersion`, naming the file. A folder that is gone gives
    ///   ``FolderIsGone``: a writer may have replaced the generation since its number was read.
    init(_ folder: GenerationFolder) throws {
        self.folder = folder
        let lock: FileLock
        do {
            lock = try FileLock(folder.path, .shared, creates: false)
        } catch {
            guard FileManager.default.fileExists(atPath: folder.path) else { throw FolderIsGone(folder: folder) }
            throw error
        }
        guard lock.isInPlace else { throw FolderIsGone(folder: folder) }
        self.lock = lock
        let manifest = try Manifest(path: folder.manifest)
        self.manifest = manifest
        let model = manifest.fittedPaperCount > 0 ? try LatentSemanticModel(mapping: folder.model) : nil
        self.model = model
        guard manifest.generation == folder.number, model.map({ $0.settings == manifest.analyzer }) ?? true else {
            throw AkinError(
                .damaged,
                "Cannot use '\(folder.path)': its files were not written together. Rebuild it with `akin doctor --repair`."
            )
        }
        segments = try manifest.segments.map { try Segment($0, in: folder, dimensions: model?.rank) }
    }

    /// What is wrong with the files, a sentence each; reads every byte of them.
    func damages() -> [String] {
        var damages: [String] = []
        func note(_ verify: () throws -> Void) {
            do { try verify() } catch { damages.append("\(error)") }
        }
        if model != nil { note { try LatentSemanticModel.verify(fileAt: folder.model) } }
        if manifest.modelPolicy == .file { note { try LatentSemanticModel.verify(fileAt: folder.start) } }
        for segment in segments {
            if let vectors = segment.vectors, !segment.lexical.keys.elementsEqual(vectors.keys) {
                damages.append("In '\(folder.path)', the two indexes of segment \(segment.number) are of other papers.")
            }
            note { try segment.lexical.verify() }
            if segment.vectors != nil {
                note { try VectorIndex.verify(fileAt: folder.vectors(ofSegment: segment.number)) }
            }
        }
        return damages
    }

    /// The folder had been removed when it was to be opened.
    struct FolderIsGone: Error {
        var folder: GenerationFolder

        /// What it means where the folder is the one in force for good.
        var damage: AkinError {
            AkinError(
                .damaged, "Cannot open '\(folder.path)': the folder is missing. Rebuild it with `akin doctor --repair`."
            )
        }
    }
}

/// A run of papers that were indexed together: their vectors and their postings, under the same keys.
struct Segment: Sendable {
    let number: Int
    /// The papers' vectors; `nil` if the library has no model.
    let vectors: VectorIndex?
    let lexical: LexicalIndex
    /// The papers that no longer count.
    let removed: RemovedKeys

    init(_ entry: Manifest.Segment, in folder: GenerationFolder, dimensions: Int?) throws {
        number = entry.number
        removed = RemovedKeys(entry.removedKeys)
        lexical = try LexicalIndex(mapping: folder.lexical(ofSegment: entry.number))
        vectors = try dimensions.map { _ in try VectorIndex(mapping: folder.vectors(ofSegment: entry.number)) }
        let counts = [lexical.documentCount] + (vectors.map { [$0.count] } ?? [])
        guard counts.allSatisfy({ $0 == entry.paperCount }), vectors?.dimensions == dimensions else {
            throw AkinError(
                .damaged,
                "Cannot use segment \(entry.number) of '\(folder.path)': its files and the manifest disagree about what "
                    + "they hold. Rebuild it with `akin doctor --repair`."
            )
        }
    }

    /// The keys of the papers that count, ascending.
    var liveKeys: [UInt64] { lexical.keys.filter { !removed.contains($0) } }
}

/// The masked papers of a segment: keys in ascending order, as the manifest has them.
///
/// They come out of a file, so they take memory by their number and not by their size.
struct RemovedKeys: Sendable {
    private let keys: [UInt64]

    init(_ ascending: [UInt64]) {
        keys = ascending
    }

    var isEmpty: Bool { keys.isEmpty }

    var count: Int { keys.count }

    func contains(_ key: UInt64) -> Bool {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key
    }
}
