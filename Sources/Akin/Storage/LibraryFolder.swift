import Foundation

/// Where everything lies in a library's folder.
///
///     papers.sqlite
///     lock
///     generation-000042/
///         manifest.json
///         model.lsa
///         segment-000007.hnsw
///         segment-000007.bm25
struct LibraryFolder: Sendable, Hashable {
    let path: String

    var store: String { path + "/papers.sqlite" }
    var lock: String { path + "/lock" }

    var exists: Bool { FileManager.default.fileExists(atPath: store) }

    func generation(_ number: Int) -> GenerationFolder {
        GenerationFolder(path: path + "/generation-" + Self.padded(number), number: number)
    }

    /// The generations that lie in the folder, whole or not, ascending.
    func generations() -> [GenerationFolder] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { name -> GenerationFolder? in
            guard name.hasPrefix("generation-"), let number = Int(name.dropFirst("generation-".count)) else { return nil }
            let folder = generation(number)
            return folder.path == path + "/" + name ? folder : nil
        }
        .sorted { $0.number < $1.number }
    }

    static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}

/// The folder of one generation.
struct GenerationFolder: Sendable, Hashable {
    let path: String
    let number: Int

    var manifest: String { path + "/manifest.json" }
    var model: String { path + "/model.lsa" }

    func vectors(ofSegment segment: Int) -> String {
        path + "/segment-" + LibraryFolder.padded(segment) + ".hnsw"
    }

    func lexical(ofSegment segment: Int) -> String {
        path + "/segment-" + LibraryFolder.padded(segment) + ".bm25"
    }
}
