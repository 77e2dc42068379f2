import Foundation
import LatentSemantics
import MappedFiles
import PaperStore
import Papers

// MARK: - Integrity and repair

extension Library {
    /// Checks every byte of a library: the checksums of all papers and of all sections of all files in force, and whether
    /// store and indexes agree about which papers there are. Nothing is changed.
    ///
    /// - Parameter path: The library's folder.
    /// - Returns: What was found; a damaged library is a finding and no error.
    /// - Throws: `AkinError` with code `noLibrary` if there is no library in the folder.
    public static func checkIntegrity(at path: String) throws(AkinError) -> IntegrityReport {
        try report(of: LibraryFolder(existingAt: path))
    }

    /// Rebuilds a library's model and indexes from its stored papers, where the check finds anything wrong.
    ///
    /// A paper whose stored content is damaged is named in the result and leaves the library; nothing is invented in its
    /// place. Where the store itself is damaged, what can be read of it is saved. A damaged store is kept beside the new
    /// one, as `papers.sqlite.damaged`.
    ///
    /// - Parameters:
    ///   - path: The library's folder.
    ///   - threads: The most threads to use. Default: one a core.
    /// - Returns: What was found, and which papers were lost.
    /// - Throws: `AkinError`: `noLibrary`, `newerVersion`, `locked`, `cannotWrite`, or `damaged` if nothing of the store can be
    ///   read.
    public static func repair(at path: String, threads: Int? = nil) throws(AkinError) -> IntegrityReport {
        let folder = try LibraryFolder(existingAt: path)
        let lock = try LibraryWriter.lock(folder)
        var report = try report(of: folder)
        guard !report.isHealthy else { return report }
        if report.isStoreDamaged {
            let salvage = try akinError { try PaperStore.salvage(folder.store) }
            report.lostPapers = salvage.lost
        } else if !report.lostPapers.isEmpty {
            try akinError { try AtomicFile.copy(folder.store, to: folder.nameForDamagedStore()) }
        }
        let writer = try LibraryWriter(folder, holding: lock)
        try writer.change(threads: threads, ignoresCurrent: true) { store in
            try store.removeDamagedPapers()
            return LibraryWriter.Edit(newKeys: PaperKeySet(try store.keys()))
        }
        report.isRepaired = true
        report.paperCount = try Library(at: path).info().paperCount
        return report
    }

    private static func report(of folder: LibraryFolder) throws(AkinError) -> IntegrityReport {
        var report = IntegrityReport()
        do {
            try PaperStore(opening: folder.store, mode: .readOnly).read { papers in
                report.findings = papers.findings()
                report.isStoreDamaged = !report.findings.isEmpty
                report.paperCount = try papers.paperCount()
                report.lostPapers = try papers.damagedPapers()
                let keys = try papers.keys()
                if papers.generation > 0 {
                    report.findings += try findings(in: folder.generation(papers.generation), keys: keys)
                } else if !keys.isEmpty {
                    report.findings.append("'\(folder.store)' names no generation that indexes its papers.")
                }
            }
        } catch let error as PaperStoreError where error.code == .damaged {
            report.isStoreDamaged = true
            report.findings.append("\(error)")
        } catch {
            throw AkinError(translating: error)
        }
        return report
    }

    /// What is wrong with a generation, given the keys of the papers that it should hold.
    private static func findings(in folder: GenerationFolder, keys: [PaperKey]) throws -> [String] {
        do {
            let generation = try Generation(folder)
            var findings = generation.damages()
            let indexed = generation.segments.flatMap(\.liveKeys).map { PaperKey($0) }.sorted()
            if indexed != keys {
                findings.append("'\(folder.path)' indexes \(indexed.count) papers and the store holds \(keys.count).")
            }
            return findings
        } catch is Generation.FolderIsGone {
            return ["'\(folder.path)' is missing."]
        } catch {
            let error = AkinError(translating: error)
            guard error.code == .damaged else { throw error }
            return [error.message]
        }
    }
}
