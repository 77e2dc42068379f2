import Foundation
import MappedFiles
import PaperStore
import Papers
import ParallelLoops
import SystemCalls

extension Library {
    /// Makes a library in a folder that has all that this one in a server has: papers, tags, notes, given vectors, the
    /// model and what was learned. It ranks as this one does.
    ///
    /// - Parameters:
    ///   - path: The folder. There is no library yet.
    ///   - threads: The most threads to use; `nil` is one for each core.
    ///   - progress: Called before each step, on the calling thread.
    /// - Returns: The number of papers.
    /// - Throws: `AkinError`: `invalidArgument` if there is a library in the folder, or if this library lies in a
    ///   folder itself; the error of the server; `noSpace`, `cannotWrite`, `cancelled`. Nothing is left in the folder then.
    /// - Complexity: Indexes all papers, and fits no model: some 40 seconds for 157,000 papers on two cores.
    package func pull(
        toLibraryAt path: String, threads: Int? = nil,
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> Int {
        guard let server else {
            throw AkinError(.invalidArgument, "Cannot pull '\(self.path)': it lies in a folder already.")
        }
        guard try !LibraryFolder(path: path).holdsStore() else {
            throw AkinError(
                .invalidArgument, "Cannot pull to '\(path)': there is a library already.", remedy: .chooseAnotherFolder)
        }
        // A pull that is cut off leaves no folder that passes for a library.
        guard try akinError({ try FileKind(of: path) }) != nil else {
            let unfinished = path + ".unfinished"
            try? FileManager.default.removeItem(atPath: unfinished)
            let count = try pull(from: server, toLibraryAt: unfinished, threads, progress)
            do {
                try FileManager.default.moveItem(atPath: unfinished, toPath: path)
            } catch {
                throw AkinError(
                    .cannotWrite, "Cannot give the folder '\(unfinished)' the name '\(path)'.",
                    remedy: .chooseAnotherFolder, cause: error)
            }
            return count
        }
        return try pull(from: server, toLibraryAt: path, threads, progress)
    }

    private func pull(
        from server: any LibraryServer, toLibraryAt path: String, _ threads: Int?,
        _ progress: @escaping @Sendable (AddProgress) -> Bool
    ) throws(AkinError) -> Int {
        try Library.make(at: path, waiting: .never) { library throws(AkinError) in
            let writer = try library.writer(for: "pull", keepsChange: false)
            let (folder, store, lock) = (writer.folder, writer.store, writer.lock)
            var isDone = false
            defer { if !isDone { try? LibraryWriter.removeGenerations(of: folder, by: store) } }
            return try akinError {
                let count = try server.readAll { content in
                    // The folder of the new generation is held until the generation is in force.
                    var held: FileLock?
                    defer { withExtendedLifetime(held) { held = nil } }
                    return try store.write { papers in
                        let keys = try papers.copyAll(of: content, progress)
                        if let manifest = content.manifest {
                            let builder = GenerationBuilder(
                                folder: folder, current: nil, analyzer: manifest.analyzer,
                                threads: threads ?? availableCores, configuresBLAS: false, progress: progress)
                            held = try builder.makeFolder(1)
                            let own = try builder.build(
                                adopting: manifest, number: 1, keys: keys, of: StoredContent(papers),
                                file: content.file)
                            try LibraryWriter.commit(own, in: folder, to: papers)
                        }
                        try lock.check()
                        return keys.count
                    }
                }
                isDone = true
                return count
            }
        }
    }
}

extension PaperStore.Writer {
    /// Copies all tables of a library in a server.
    ///
    /// - Returns: The keys of the papers, ascending.
    fileprivate func copyAll(
        of content: ServerContent, _ progress: (AddProgress) -> Bool
    ) throws -> [PaperKey] {
        var count = 0
        for table in StoreTable.all {
            try content.papers.forEachRow(of: table) { row in
                try copy(row, into: table)
                guard table.name == "papers" else { return }
                count += 1
                if count % 1_000 == 0 { try AddProgress(.reading, papers: count).tell(progress) }
            }
        }
        try reserveGivenKeys()
        return try keys()
    }
}
