import HNSW
import PaperStore
import Papers
import Ranking
import TextEncoding

// MARK: - Spaces of given vectors

extension Manifest {
    /// Brings the spaces of given vectors into line with the store.
    ///
    /// The vectors of a space that is gone, or that has another encoder now, leave the segments.
    ///
    /// - Throws: `AkinError` with code `damaged` for a space that no library has.
    mutating func enter(spaces stored: [PaperStore.GivenSpace]) throws(AkinError) {
        var given: [Space] = []
        for space in stored {
            let encoder = space.identity
            guard let name = SpaceName(rawValue: space.name), name != .latentSemantics, space.dimensions > 0 else {
                throw AkinError(
                    .damaged, "Cannot index the space '\(space.name)' of \(space.dimensions) dimensions.",
                    remedy: .repair)
            }
            let known = givenSpaces.first { $0.name == space.name && $0.encoder == encoder }
            given.append(known ?? Space(name, of: encoder))
        }
        for gone in givenSpaces where !given.contains(gone) {
            for index in segments.indices { segments[index].vectors[gone.name] = nil }
        }
        spaces = spaces.filter { $0.kind == .latentSemantics } + given
    }
}

extension GenerationBuilder {
    /// Writes the given vectors of a new segment: a file for each space that any of its papers has a vector in.
    ///
    /// - Parameters:
    ///   - segment: The segment's entry in the manifest, which gets the files.
    ///   - manifest: The manifest, whose spaces get a new mean vector where most of their vectors are new.
    ///   - keys: The papers, ascending.
    ///   - content: Where the vectors are read.
    ///   - target: The folder of the generation.
    /// - Throws: The error of the store or of the index.
    func writeGivenVectors(
        of segment: inout Manifest.Segment, _ manifest: inout Manifest, keys: [PaperKey], _ content: StoredContent,
        in target: GenerationFolder
    ) throws {
        for place in manifest.spaces.indices where manifest.spaces[place].kind == .given {
            try writeGivenVectors(
                of: &segment, &manifest.spaces[place], keys: keys, content, others: manifest.segments, in: target)
        }
    }

    /// Writes the given vectors of the segments that stay and have papers with other vectors than before.
    ///
    /// - Throws: The error of the store or of the index.
    func renewGivenVectors(
        of manifest: inout Manifest, _ change: LibraryChange, _ content: StoredContent, in target: GenerationFolder
    ) throws {
        guard let current else { return }
        for segment in current.segments {
            guard let entry = manifest.segments.firstIndex(where: { $0.number == segment.number }) else { continue }
            for place in manifest.spaces.indices where manifest.spaces[place].kind == .given {
                let space = manifest.spaces[place].name
                guard let changed = change.vectorKeys[space] else { continue }
                let keys = segment.liveKeys.map { PaperKey($0) }
                guard keys.contains(where: changed.contains) else { continue }
                try writeGivenVectors(
                    of: &manifest.segments[entry], &manifest.spaces[place], keys: keys, content,
                    others: manifest.segments.filter { $0.number != segment.number }, in: target)
            }
        }
    }

    private func writeGivenVectors(
        of segment: inout Manifest.Segment, _ space: inout Manifest.Space, keys: [PaperKey], _ content: StoredContent,
        others: [Manifest.Segment], in target: GenerationFolder
    ) throws {
        let found = try content.unitVectors(keys, in: space.name)
        guard !found.keys.isEmpty else {
            segment.vectors[space.name] = nil
            return
        }
        try AddProgress(.indexing, papers: found.keys.count, fraction: 0).tell(progress)
        let path = target.vectors(ofSegment: segment.number, space: space.name)
        try writeVectors(found, dimensions: space.dimensions, to: path)
        segment.vectors[space.name] = try FileIdentity(ofFileAt: path)
        try AddProgress(.indexing, papers: found.keys.count, fraction: 1).tell(progress)
        // The mean follows the vectors where most of them are new.
        let numbers = Set(others.map(\.number))
        let largest = (current?.segments ?? []).filter { numbers.contains($0.number) }
            .compactMap { segment in SpaceName(rawValue: space.name).flatMap { segment.given[$0]?.count } }.max()
        if space.mean == nil || found.keys.count >= largest ?? 0 {
            space.mean = Self.mean(of: found.rows, dimensions: space.dimensions)
        }
    }

    private static func mean(of rows: [Float], dimensions: Int) -> [Float] {
        var sums = [Double](repeating: 0, count: dimensions)
        for start in stride(from: 0, to: rows.count, by: dimensions) {
            for axis in 0..<dimensions { sums[axis] += Double(rows[start + axis]) }
        }
        let count = Double(rows.count / dimensions)
        return sums.map { Float($0 / count) }
    }
}
