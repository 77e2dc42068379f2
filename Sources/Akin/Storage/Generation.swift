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
    private let lock: FileLock?

    /// Opens a generation.
    ///
    /// - Throws: `AkinError` with code `damaged` or `newerVersion`, naming the file. A folder that is gone gives
    ///   ``FolderIsGone``: a writer may have replaced the generation since its number was read.
    init(_ folder: GenerationFolder) throws {
        self.folder = folder
        guard Folder.exists(folder.path) else { throw FolderIsGone() }
        do {
            lock = try FileLock(sharing: folder.path)
        } catch {
            guard Folder.exists(folder.path) else { throw FolderIsGone() }
            throw error
        }
        let manifest = try Manifest(path: folder.manifest)
        self.manifest = manifest
        let model = manifest.fittedPaperCount > 0 ? try LatentSemanticModel(mapping: folder.model) : nil
        self.model = model
        segments = try manifest.segments.map { try Segment($0, in: folder, dimensions: model?.rank) }
    }

    /// The folder had been removed when it was to be opened.
    struct FolderIsGone: Error {}
}

/// A run of papers that were indexed together: their vectors and their postings, under the same keys.
struct Segment: Sendable {
    let number: Int
    /// The papers' vectors; `nil` if the library has no model.
    let vectors: (any VectorIndex)?
    let lexical: LexicalIndex
    /// The papers that no longer count.
    let removed: KeySet

    init(_ entry: Manifest.Segment, in folder: GenerationFolder, dimensions: Int?) throws {
        number = entry.number
        removed = KeySet(entry.removedKeys)
        lexical = try LexicalIndex(mapping: folder.lexical(ofSegment: entry.number))
        vectors = try dimensions.map { _ in try openVectorIndex(mapping: folder.vectors(ofSegment: entry.number)) }
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
