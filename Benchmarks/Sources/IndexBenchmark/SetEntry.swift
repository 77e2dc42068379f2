import BenchmarkVectors
import Foundation
import Measuring

/// A set that can be measured.
struct SetEntry {
    var name: String
    var metric: DistanceMeasure
    var origin: String
    /// The most vectors to index; `nil` for all.
    var limit: Int?
    /// Whether every system takes part, or the main ones alone.
    var isForAll: Bool
    /// The set's share of the time of a run.
    var share: Double
    var source: Source

    /// Where the vectors come from.
    enum Source {
        /// Vectors of one kind. Some of them become queries.
        case vectors(() throws -> Vectors)
        /// Files with queries of their own.
        case published(PublishedSet)
    }

    /// Reads or makes the vectors, and writes them for the workers.
    func load(_ settings: Settings, folder: URL) throws -> VectorSet {
        switch source {
        case .vectors(let vectors):
            try VectorSet(
                name: name, metric: metric, origin: origin, vectors: vectors(), limit: settings.limit ?? limit,
                queryCount: settings.queryCount ?? Settings.heldOutCount, folder: folder
            )
        case .published(let files):
            try VectorSet(name: name, metric: metric, origin: origin, files: files, settings, folder: folder)
        }
    }
}

extension SetEntry {
    /// The sets that the settings name.
    static func chosen(by settings: Settings) throws -> [SetEntry] {
        if let file = settings.vectorFile {
            return [try given(URL(filePath: file), settings)]
        }
        let all = [papers(settings), sentences(settings)].compactMap { $0 } + synthetic
        guard let names = settings.sets else { return all.filter { settings.isFull || $0.share > 0 } }
        return try names.compactMap { name in
            let entry = all.first { $0.name == name }
            guard entry != nil || latentNames.contains(name) else {
                throw BenchmarkError("there is no set '\(name)' here, but \(all.map(\.name).joined(separator: ", "))")
            }
            return entry
        }
    }

    /// The set of a file of vectors, or of a folder of files.
    private static func given(_ url: URL, _ settings: Settings) throws -> SetEntry {
        let isFolder = (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory ?? false
        let files =
            isFolder && settings.queryFile == nil
            ? try PublishedSet(folder: url, limit: settings.limit) : try PublishedSet(settings, base: url)
        let metric = settings.metric ?? files?.metric ?? .squaredEuclidean
        return SetEntry(
            name: files?.name ?? url.deletingPathExtension().lastPathComponent, metric: metric,
            origin: "Vectors of '\(url.relativePath)'.", isForAll: true, share: 1,
            source: files.map(Source.published) ?? .vectors { try Vectors(file: url) })
    }

    /// The first set that the settings name, or else the set of a name; `nil`, with a message, if it is not there.
    static func chosen(by settings: Settings, otherwise name: String) throws -> SetEntry? {
        var settings = settings
        if settings.sets == nil, settings.vectorFile == nil { settings.sets = [name] }
        return try chosen(by: settings).first
    }

    /// The sets that may be absent, which is not an error.
    private static let latentNames = ["lsa-157k", "lsa-1m"]

    private static func papers(_ settings: Settings) -> SetEntry? {
        latent("lsa-157k", "lsa.npy", of: "papers", count: nil, isForAll: true, share: 19, settings)
    }

    private static func sentences(_ settings: Settings) -> SetEntry? {
        latent(
            "lsa-1m", "lsa-sentences.npy", of: "sentences of papers", count: 1_000_000, isForAll: false, share: 0,
            settings)
    }

    /// A set of vectors that `make bench-hnsw` makes; `nil`, with a message, if they are not there.
    private static func latent(
        _ name: String, _ file: String, of things: String, count: Int?, isForAll: Bool, share: Double,
        _ settings: Settings
    ) -> SetEntry? {
        let file = settings.folder.appending(path: file)
        guard FileManager.default.fileExists(atPath: file.path) else {
            if settings.sets.map({ $0.contains(name) }) ?? (share > 0 || settings.isFull) {
                print("without \(name): '\(file.relativePath)' is absent, for it is made of papers that are not here")
            }
            return nil
        }
        return SetEntry(
            name: name, metric: .innerProduct,
            origin: "Latent semantic vectors of \(things) at rank 256, of Euclidean length 1.", limit: count,
            isForAll: isForAll, share: share, source: .vectors { try Vectors(file: file) }
        )
    }

    private static var synthetic: [SetEntry] {
        [
            clustered("clustered-l2", .squaredEuclidean), clustered("clustered-cosine", .cosine),
            gaussian("gaussian-l2", .squaredEuclidean, share: 4), gaussian("gaussian-cosine", .cosine, share: 0),
        ]
    }

    private static func clustered(_ name: String, _ metric: DistanceMeasure) -> SetEntry {
        SetEntry(
            name: name, metric: metric,
            origin:
                "\(SyntheticVectors.clusterCount) centres of normal components, around each normal noise of standard "
                + "deviation \(SyntheticVectors.clusterSpread).",
            isForAll: false, share: 3.5,
            source: .vectors { SyntheticVectors.clustered(count: 102_000, dimensions: 256) }
        )
    }

    private static func gaussian(_ name: String, _ metric: DistanceMeasure, share: Double) -> SetEntry {
        SetEntry(
            name: name, metric: metric, origin: "Independent normal components.", isForAll: false, share: share,
            source: .vectors { SyntheticVectors.gaussian(count: 102_000, dimensions: 128) }
        )
    }
}
