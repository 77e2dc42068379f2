import Foundation
import MappedFiles
import PaperStore
import SystemCalls

/// The places of a library's files.
///
///     papers.sqlite
///     lock
///     generation-000042/
///         manifest
///         model.lsa
///         start.lsa                     if the library was given a model to start from
///         segment-000007.bm25
///         segment-000007.lsa.hnsw       vectors of the space `lsa`
package struct LibraryFolder: Sendable, Hashable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// Creates the places of a library that has to be there.
    ///
    /// - Throws: `AkinError` with code `noLibrary`.
    init(existingAt path: String) throws(AkinError) {
        self.init(path: path)
        guard try holdsFile() else {
            guard generations().isEmpty else { throw missingStore }
            throw AkinError(.noLibrary, "There is no library in '\(path)'.", remedy: .addPapers)
        }
    }

    /// Makes the folder where there is none.
    ///
    /// - Throws: `AkinError`: `cannotWrite`, or `damaged` if papers were indexed in the folder and their store is gone.
    func make() throws(AkinError) {
        guard exists || generations().isEmpty else { throw missingStore }
        do {
            try makeFolders()
        } catch {
            throw AkinError(
                .cannotWrite, "Cannot make the folder '\(path)' for a library.", remedy: .chooseAnotherFolder,
                cause: error
            )
        }
    }

    /// Makes the folder and those above it that are missing, and makes the volume keep their names beyond a loss of
    /// power.
    private func makeFolders() throws {
        var parents: [String] = []
        var folder = URL(filePath: path).standardizedFileURL
        while try !fileExists(folder.path), folder.path != "/" {
            folder.deleteLastPathComponent()
            parents.append(folder.path)
        }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        // A folder that may be written and not read cannot be synchronized.
        for parent in parents where FileManager.default.isReadableFile(atPath: parent) {
            try Folder.synchronize(parent)
        }
    }

    private var missingStore: AkinError {
        AkinError(
            .damaged,
            "Cannot open the library in '\(path)': 'papers.sqlite' is missing, though papers were indexed.",
            remedy: .restoreBackup)
    }

    package var store: String { path + "/papers.sqlite" }
    package var lock: String { path + "/lock" }

    package var exists: Bool { FileManager.default.fileExists(atPath: store) }

    /// Whether there is a store. A failure to look is an error, and no absence.
    ///
    /// - Throws: `AkinError` with code `cannotRead`.
    private func holdsFile() throws(AkinError) -> Bool {
        do throws(SystemError) {
            return try fileExists(store)
        } catch  where error.number == ENOTDIR {
            // Below a file there is nothing.
            return false
        } catch {
            throw AkinError(
                .cannotRead, "Cannot open the library in '\(path)': \(systemMessage(error.number)).",
                remedy: .checkPermissions, cause: error)
        }
    }

    package func generation(_ number: Int) -> GenerationFolder {
        GenerationFolder(path: path + "/generation-" + Self.padded(number), number: number)
    }

    /// The generations in the folder, finished or not, in ascending order.
    package func generations() -> [GenerationFolder] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { name -> GenerationFolder? in
            guard name.hasPrefix("generation-"), let number = Int(name.dropFirst("generation-".count)) else {
                return nil
            }
            let folder = generation(number)
            return folder.path == path + "/" + name ? folder : nil
        }
        .sorted { $0.number < $1.number }
    }

    package static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}

/// The folder of one generation.
package struct GenerationFolder: Sendable, Hashable {
    package let path: String
    package let number: Int

    package var manifest: String { path + "/manifest" }
    /// The manifest of formats before 4.
    package var olderManifest: String { path + "/manifest.json" }
    package var model: String { path + "/model.lsa" }
    /// The model that ``model`` started from, if the library was given one as a file.
    package var start: String { path + "/start.lsa" }

    package func lexical(ofSegment segment: Int) -> String {
        path + "/segment-" + LibraryFolder.padded(segment) + ".bm25"
    }

    package func vectors(ofSegment segment: Int, space: String = Manifest.Space.lsa) -> String {
        path + "/segment-" + LibraryFolder.padded(segment) + "." + space + ".hnsw"
    }

    /// The path of a file that the manifest names.
    package func path(of file: FileIdentity) -> String { path + "/" + file.name }
}

// MARK: - Size

extension LibraryFolder {
    /// The size of everything in the folder; a file with several names counts once.
    var byteCount: Int {
        var seen: Set<Int> = []
        var sum = 0
        for case let name as String in FileManager.default.enumerator(atPath: path) ?? .init() {
            guard
                let attributes = try? FileManager.default.attributesOfItem(atPath: path + "/" + name),
                attributes[.type] as? FileAttributeType == .typeRegular,
                let file = attributes[.systemFileNumber] as? Int, seen.insert(file).inserted
            else { continue }
            let (total, isBeyond) = sum.addingReportingOverflow(attributes[.size] as? Int ?? 0)
            sum = isBeyond ? Int.max : total
        }
        return sum
    }
}

// MARK: - The store

extension LibraryFolder {
    /// Opens the store for reading.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store is empty and papers were indexed; `PaperStoreError`.
    func openStore() throws -> PaperStore {
        do {
            return try PaperStore(opening: store, mode: .readOnly)
        } catch {
            guard error.code == .unfinished, !generations().isEmpty else { throw error }
            throw AkinError(
                .damaged,
                "Cannot open '\(store)': it holds nothing, though papers were indexed.", remedy: .restoreBackup,
                cause: error
            )
        }
    }

    /// Whether there is a store. A store that was begun and never held anything does not count.
    ///
    /// - Throws: `AkinError` if there is a store that cannot be opened.
    func holdsStore() throws(AkinError) -> Bool {
        guard try holdsFile() else { return false }
        do {
            _ = try openStore()
            return true
        } catch let error as PaperStoreError where error.code == .unfinished {
            return false
        } catch {
            throw AkinError(translating: error)
        }
    }
}
