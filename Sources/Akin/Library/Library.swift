import Foundation
package import PaperStore
import Papers
import ParallelLoops
import Synchronization
import TextAnalysis

/// A library of papers: a folder that answers questions in plain words, and finds papers like others.
///
///     let library = try Library(creatingAt: "papers")
///     try library.add(from: PaperFiles(["papers.jsonl"]))
///     let answer = try library.search(for: "running big models with limited memory")
///     for hit in answer.hits { print(hit.rank, hit.paper.title) }
///
/// Any number of threads and processes may search a library at once, also while it is changed. One at a time may change
/// it; a second one waits as its ``Waiting`` says, or gets the error `locked`. A reader sees one state of the library
/// whole, and never a part of the next. A change that fails, or whose process is killed at any moment, leaves the
/// library as it was.
public final class Library: Sendable {
    /// The version of Akin.
    public static let version = releaseVersion

    /// The library's folder.
    public let path: String

    let configuresBLAS: Bool
    let waiting: Waiting
    private let place: Place
    private let current = LockedValue<Generation?>(nil)

    /// Where a library lies.
    private enum Place {
        case folder(LibraryFolder, PaperStore)
        case server(any LibraryServer)
    }

    /// Opens the library in a folder.
    ///
    /// - Parameters:
    ///   - path: The library's folder.
    ///   - configuresBLAS: Whether fitting a vector space may tell OpenBLAS to use one thread. This applies to the
    ///     whole process; see `useOneBLASThread()` in LinearAlgebra. Pass `false` if your program uses OpenBLAS and
    ///     wants its threads.
    ///   - waiting: How long the changes of this object wait while another one is under way. The default is
    ///     ``Waiting/never``: they fail with the error `locked`.
    /// - Throws: `AkinError`: `noLibrary` if there is none; `damaged` or `newerVersion` if its store cannot be read.
    /// - Complexity: Well under a millisecond. The indexes are opened at the first search.
    public init(
        at path: String, configuresBLAS: Bool = true, waiting: Waiting = .never
    ) throws(AkinError) {
        self.configuresBLAS = configuresBLAS
        self.waiting = waiting
        let folder = try LibraryFolder(existingAt: path)
        self.path = path
        place = .folder(folder, try akinError { try folder.openStore() })
    }

    /// A library that lies in a database server. It answers questions and takes changes of papers; what looks into its
    /// index, or makes another, is refused with the error `needsFolder`.
    ///
    /// - Parameters:
    ///   - server: The library in the server.
    ///   - waiting: What to do while somebody else changes the library.
    package init(on server: any LibraryServer, waiting: Waiting = .never) {
        configuresBLAS = true
        self.waiting = waiting
        path = server.name
        place = .server(server)
    }

    /// Opens the library in a folder, or creates an empty one if there is none.
    ///
    /// - Parameters:
    ///   - path: The library's folder. It is created if it does not exist.
    ///   - configuresBLAS: See ``init(at:configuresBLAS:waiting:)``.
    ///   - waiting: See ``init(at:configuresBLAS:waiting:)``. Creating the library waits as well.
    /// - Throws: `AkinError`: `cannotWrite` if the folder cannot be created; `locked` if another process creates it
    ///   at that moment; `damaged` or `newerVersion` if its store cannot be read.
    public convenience init(
        creatingAt path: String, configuresBLAS: Bool = true, waiting: Waiting = .never
    ) throws(AkinError) {
        if try !LibraryFolder(path: path).holdsStore() {
            _ = try LibraryWriter(creatingAt: path, waiting: waiting)
        }
        try self.init(at: path, configuresBLAS: configuresBLAS, waiting: waiting)
    }
}

// MARK: - Reading

extension Library {
    /// Calls `body` with the store and the generation in force, both from one moment.
    ///
    /// `body` reads papers in the transaction that the generation's number was read in. If the folder of the generation
    /// is gone when it is opened, a writer has put another generation in force, and the number is read again.
    ///
    /// - Throws: The error of `body`, translated; `damaged` if the generation in force cannot be opened.
    package func read<Result>(
        _ body: (_ papers: PaperStore.Reader, _ generation: Generation?) throws -> Result
    ) throws(AkinError) -> Result {
        let store = try store
        return try akinError {
            var missing: GenerationFolder?
            while true {
                do {
                    return try store.read { papers in try body(papers, self.generation(inForceOf: papers)) }
                } catch let error as Generation.FolderIsGone {
                    guard !error.isCertain || error.folder != missing else { throw error.damage }
                    missing = error.isCertain ? error.folder : nil
                }
            }
        }
    }

    /// Calls `body` with the store as it is at one moment. No index is opened, so that a damaged one is not in the way.
    ///
    /// - Throws: The error of `body`, translated.
    func readPapers<Result>(_ body: (_ papers: PaperStore.Reader) throws -> Result) throws(AkinError) -> Result {
        try akinError {
            switch place {
            case .folder(_, let store): try store.read(body)
            case .server(let server): try server.readPapers(body)
            }
        }
    }

    /// Calls `body` with the papers and what indexes them, both from one moment, wherever the library lies.
    ///
    /// - Throws: What `read(_:)` throws; the error of a server.
    func ask<Result>(
        _ body: (_ papers: PaperStore.Reader, _ indexed: IndexedPapers?) throws -> Result
    ) throws(AkinError) -> Result {
        switch place {
        case .folder: try read { papers, generation in try body(papers, generation?.indexed) }
        case .server(let server): try akinError { try server.read(body) }
        }
    }

    /// The library's folder.
    ///
    /// - Throws: `AkinError` with code `needsFolder` if it lies in a server.
    var folder: LibraryFolder {
        get throws(AkinError) {
            switch place {
            case .folder(let folder, _): folder
            case .server(let server): throw AkinError(needsFolder: server.name)
            }
        }
    }

    /// The store in the library's folder.
    private var store: PaperStore {
        get throws(AkinError) {
            switch place {
            case .folder(_, let store): store
            case .server(let server): throw AkinError(needsFolder: server.name)
            }
        }
    }

    /// The server that the library lies in; `nil` if it lies in a folder.
    var server: (any LibraryServer)? {
        if case .server(let server) = place { server } else { nil }
    }

    /// What the library takes on its disk, in bytes.
    func byteCount() throws -> Int {
        switch place {
        case .folder(let folder, _): folder.byteCount
        case .server(let server): try server.byteCount()
        }
    }

    /// The writer of this library.
    ///
    /// The library lets go of the generation that it has open, or the writer could not remove it.
    ///
    /// - Parameters:
    ///   - activity: What it does, in one word.
    ///   - keepsChange: Whether its change can be taken back.
    /// - Returns: The writer.
    /// - Throws: What `LibraryWriter.init(at:for:waiting:)` throws.
    func writer(for activity: String, keepsChange: Bool = true) throws(AkinError) -> LibraryWriter {
        _ = try folder
        let writer = try LibraryWriter(at: path, for: activity, waiting: waiting, keepsChange: keepsChange)
        current.withLock { $0 = nil }
        return writer
    }

    /// Changes papers and what indexes them, in one transaction, wherever the library lies.
    ///
    /// - Parameters:
    ///   - activity: What is done, in a few words: the name of the change, and what those read who wait.
    ///   - keepsChange: Whether the change can be taken back.
    ///   - threads: The most threads to use; `nil` is one for each core.
    ///   - progress: Called before each step, on the calling thread.
    ///   - edit: Changes the papers in the store and says what is to be indexed.
    /// - Throws: `AkinError`; the library stays as it was. `needsFolder` for a change of spaces or of the model of a
    ///   library in a server.
    func change(
        _ activity: String, keepsChange: Bool = true, threads: Int? = nil,
        progress: @escaping @Sendable (AddProgress) -> Bool = { _ in true },
        _ edit: (PaperStore.Writer) throws -> LibraryChange
    ) throws(AkinError) {
        switch place {
        case .folder:
            let writer = try writer(for: activity, keepsChange: keepsChange)
            try writer.change(threads: threads, configuresBLAS: configuresBLAS, progress: progress, edit)
        case .server(let server):
            try akinError {
                try server.change(waiting: waiting, progress: progress) { papers in
                    let change = try papers.keeping(keepsChange ? activity : nil, edit)
                    guard !change.changesSpaces, !change.isRefitWanted else {
                        throw AkinError(needsFolder: server.name)
                    }
                    return change
                }
            }
        }
    }

    /// Opens the generation in force, or returns it if it is open.
    private func generation(inForceOf papers: PaperStore.Reader) throws -> Generation? {
        let number = papers.generation
        guard number > 0 else { return nil }
        if let opened = current.withLock({ $0 }), try opened.isInForce(by: papers) { return opened }
        let generation = try Generation(
            folder.generation(number), manifestChecksum: Manifest.checksum(keptBy: papers))
        current.withLock { $0 = generation }
        return generation
    }
}
