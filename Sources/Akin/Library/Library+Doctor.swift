import Foundation
import LatentSemantics
import MappedFiles
import PaperStore
import Papers
import ReleasedModels
import TextAnalysis

// MARK: - Integrity

extension Library {
    /// Checks every byte of a library, and changes nothing.
    ///
    /// The check compares the checksums of all papers and of all sections of all files in force. It compares the files
    /// with what the manifest says of them, and the papers in the indexes with those in the store. It also finds an
    /// index whose terms this system's libstemmer would not make.
    ///
    /// - Parameter path: The library's folder.
    /// - Returns: What was found. A damaged library is a finding and not an error, and so is one of an older format.
    /// - Throws: `AkinError`: `noLibrary` if there is no library in the folder, `newerVersion` if a newer version of
    ///   Akin wrote it, `cannotRead` if the system refuses to open a file, `internalFailure` if a file cannot be read
    ///   for another reason.
    /// - Complexity: Reads all files: some seconds for 157,000 papers.
    public static func checkIntegrity(at path: String) throws(AkinError) -> IntegrityReport {
        try integrity(of: LibraryFolder(existingAt: path))
    }

    /// Checks this library, wherever it lies, as ``checkIntegrity(at:)`` does.
    ///
    /// - Throws: `AkinError`, as that function; the error of a server.
    package func checkIntegrity() throws(AkinError) -> IntegrityReport {
        guard let server else { return try Self.checkIntegrity(at: path) }
        return try akinError { try server.check() }
    }

    /// Checks a library, and again if writers put so many generations in force that the one to check is gone.
    private static func integrity(of folder: LibraryFolder) throws(AkinError) -> IntegrityReport {
        var missing: GenerationFolder?
        while true {
            var report = IntegrityReport()
            do {
                let store = try folder.openStore()
                let checksHeader = try store.read { papers in
                    report = IntegrityReport()
                    try check(papers, in: folder, knownMissing: missing, &report)
                    return papers.checksHeader
                }
                if !checksHeader {
                    let findings = try store.headerFindings()
                    report.findings += findings
                    report.isStoreDamaged = report.isStoreDamaged || !findings.isEmpty
                }
                return report
            } catch let error as Generation.FolderIsGone {
                missing = error.isCertain ? error.folder : nil
            } catch let error as PaperStoreError where error.code == .damaged {
                report.isStoreDamaged = true
                report.findings.append("\(error)")
                return report
            } catch {
                throw AkinError(translating: error)
            }
        }
    }

    /// Checks the papers of a library, and the generation in force, which is held meanwhile.
    ///
    /// - Throws: `Generation.FolderIsGone` if the folder of the generation is gone and is not known to be; `AkinError`;
    ///   `PaperStoreError`.
    private static func check(
        _ papers: PaperStore.Reader, in folder: LibraryFolder, knownMissing: GenerationFolder?,
        _ report: inout IntegrityReport
    ) throws {
        var generation: Generation?
        var obstacles: [String] = []
        if papers.generation > 0 {
            do {
                generation = try Generation(
                    folder.generation(papers.generation), manifestChecksum: Manifest.checksum(keptBy: papers),
                    readsThrough: true)
            } catch let error as Generation.FolderIsGone {
                guard error.isCertain, error.folder == knownMissing else { throw error }
                obstacles.append("'\(error.folder.path)' is missing.")
            } catch {
                obstacles.append(try damage(error))
            }
        }
        report.findings = try papers.findings()
        report.isStoreDamaged = !report.findings.isEmpty
        report.paperCount = try papers.paperCount()
        let examined = try papers.examinePapers()
        report.findings += examined.findings
        report.hasDamagedPapers = !examined.damaged.isEmpty
        let lost = try papers.lostPapers()
        report.lostPapers = lost + examined.damaged.filter { !lost.contains($0) }
        if !lost.isEmpty {
            report.findings.append("A repair of '\(folder.store)' lost \(lost.count) paper(s) and did not name them.")
        }
        let keys = try papers.keys()
        report.findings += obstacles
        if let generation {
            let found = try findings(in: generation, of: papers, keys: keys, &report)
            report.findings += found
        } else if papers.generation == 0, !keys.isEmpty {
            report.findings.append("'\(folder.store)' names no generation that indexes its papers.")
        }
    }

    /// What is wrong with a generation.
    ///
    /// - Parameters:
    ///   - generation: The generation.
    ///   - papers: The store.
    ///   - keys: The keys of the papers that the generation should hold, ascending.
    ///   - report: Learns whether a newer version has written the generation.
    /// - Returns: A sentence for each finding.
    /// - Throws: `AkinError`, except for damage and an older format.
    private static func findings(
        in generation: Generation, of papers: PaperStore.Reader, keys: [PaperKey], _ report: inout IntegrityReport
    ) throws -> [String] {
        let folder = generation.folder
        do {
            var findings = try generation.damages()
            let unknown = try Manifest.unknownEntries(in: folder)
            report.hasUnknownParts = !unknown.isEmpty
            findings += unknown.map { entry in
                "'\(folder.manifest)' has an entry '\(entry)' that this version of Akin does not know."
            }
            let indexed = generation.segments.flatMap(\.liveKeys).map { PaperKey($0) }.sorted()
            if indexed != keys {
                let absent = Set(keys).subtracting(indexed).count
                let gone = Set(indexed).subtracting(keys).count
                findings.append(
                    "'\(folder.path)' lacks \(absent) of the \(keys.count) papers in the store, and indexes \(gone) "
                        + "that the store does not have.")
            }
            findings += try generation.vectorFindings(papers)
            if let choice = try ModelChoice(settingsOf: papers), choice != generation.manifest.choice {
                findings.append("'\(folder.path)' and the store disagree about the model that was chosen.")
            }
            return findings
        } catch {
            return [try damage(error)]
        }
    }

    /// The finding that an error is.
    ///
    /// - Throws: `AkinError` for an error that is none.
    private static func damage(_ error: any Error) throws -> String {
        let error = AkinError(translating: error)
        guard [.damaged, .olderVersion].contains(error.code) else { throw error }
        return error.message
    }
}

// MARK: - Repair

extension Library {
    /// Rebuilds the model and the indexes of a library from its stored papers, if `checkIntegrity(at:)` finds
    /// anything.
    ///
    /// A paper whose stored content is damaged is named in the report and leaves the library. Nothing takes its place.
    /// If a repair is cut off after it lost papers, the check and the next repair name them.
    /// If the store itself is damaged, the papers that can be read are saved. A damaged store is kept beside the new
    /// one as `papers.sqlite.damaged`. The library keeps to the model and the rank that it was told. If that model
    /// cannot be used any more, the report says so, and the space is fitted as ``ModelSource/automatic`` says.
    ///
    /// - Parameters:
    ///   - path: The library's folder.
    ///   - threads: The most threads to use; `nil`, the default, is one for each core.
    ///   - waiting: How long to wait while another change is under way.
    /// - Returns: What was found, and which papers were lost.
    /// - Throws: `AkinError`: `noLibrary`, `newerVersion`, `locked` while another change is under way, `lockLost`,
    ///   `invalidArgument` for a number of threads out of 1 to 1,024, `noSpace`, `cannotWrite`, or `damaged` if nothing
    ///   of the store can be read.
    /// - Complexity: That of the check, and of indexing all papers where there is something to rebuild: half a minute
    ///   for 157,000 papers on two cores.
    public static func repair(
        at path: String, threads: Int? = nil, waiting: Waiting = .never
    ) throws(AkinError) -> IntegrityReport {
        try validate(threads: threads)
        let folder = try LibraryFolder(existingAt: path)
        let lock = try LibraryLock(folder, for: "repair", waiting: waiting)
        var report = try integrity(of: folder)
        guard !report.isHealthy else { return report }
        if report.isStoreDamaged {
            do {
                report.lostPapers = try PaperStore.salvage(folder.store).lost
            } catch {
                throw AkinError(translating: error, remedy: error.code == .damaged ? .restoreBackup : nil)
            }
        } else if report.hasDamagedPapers {
            try akinError {
                // A writer that closes the store folds what a killed one left into the file.
                _ = try PaperStore(opening: folder.store, mode: .readWrite)
                _ = try PaperStore.keepDamaged(folder.store)
            }
        }
        // A store that lost its settings names no generation, and then an older one still says what was chosen.
        let writer = try LibraryWriter(folder, holding: lock, waiting: waiting, removesGenerations: false)
        try writer.change(threads: threads, isRebuild: true) { store in
            let vectorCount = try store.vectorCount()
            let removed = try store.removeDamagedPapers()
            let lostCount = try vectorCount - store.vectorCount()
            if lostCount > 0 {
                report.findings.append(
                    "\(lostCount) vector(s) that were given are lost. Their papers are found by their words; give them "
                        + "their vectors again.")
            }
            try store.noteLost(removed)
            report.lostPapers = try store.lostPapers()
            report.paperCount = try store.paperCount()
            try restoreSpaces(of: store, by: manifest(in: folder.generation(store.generation)))
            let (choice, generation) = try modelChoice(of: store, in: folder, &report)
            let source = try modelSource(of: choice, in: generation, &report)
            return LibraryChange(
                newKeys: PaperKeySet(try store.keys()), modelSource: source,
                rank: choice.rank.map(RankChoice.fixed) ?? .automatic)
        }
        report.isRepaired = true
        // Nothing may take the report away now. If this fails, the next repair names the papers again.
        if !report.lostPapers.isEmpty { try? writer.store.write { try $0.forgetLost() } }
        return report
    }

    /// Gives spaces whose encoder the store has lost the encoder that the manifest names.
    private static func restoreSpaces(of store: PaperStore.Writer, by manifest: Manifest?) throws {
        for space in try store.spaces() where space.encoder == PaperStore.GivenSpace.unknownEncoder {
            let known = manifest?.givenSpaces.first { $0.name == space.name && $0.dimensions == space.dimensions }
            guard let encoder = known?.encoder else { continue }
            try store.setSpace(
                .init(
                    name: space.name, encoder: encoder.name, version: encoder.version, dimensions: encoder.dimensions))
        }
    }

    /// What the library was told about its model, from the first place that still says it, and the generation that has
    /// a copy of the model that was chosen.
    private static func modelChoice(
        of papers: PaperStore.Reader, in folder: LibraryFolder, _ report: inout IntegrityReport
    ) throws -> (choice: ModelChoice, generation: GenerationFolder) {
        let inForce = folder.generation(papers.generation)
        // The settings have no checksum. A manifest has one, and the store knows it.
        if let checksum = try Manifest.checksum(keptBy: papers), let manifest = try manifest(in: inForce),
            try Manifest.checksum(in: inForce) == checksum
        {
            if let other = try ModelChoice(settingsOf: papers), other != manifest.choice {
                report.findings.append("The choice of model and rank in '\(inForce.manifest)' was kept.")
            }
            return (manifest.choice, inForce)
        }
        if let choice = try ModelChoice(settingsOf: papers) { return (choice, inForce) }
        for generation in papers.generation > 0 ? [inForce] : folder.generations().reversed() {
            if let manifest = try manifest(in: generation) { return (manifest.choice, generation) }
            if let choice = ModelChoice(olderManifestIn: generation) { return (choice, generation) }
        }
        return (ModelChoice(), inForce)
    }

    /// The manifest of a generation; `nil` if it is damaged.
    ///
    /// - Throws: `AkinError` with code `cannotRead`: a manifest that cannot be opened now may be whole.
    private static func manifest(in generation: GenerationFolder) throws(AkinError) -> Manifest? {
        do {
            return try Manifest(in: generation)
        } catch {
            guard error.code != .cannotRead else { throw error }
            return nil
        }
    }

    /// Where the rebuilt model comes from. A chosen model that cannot be used any more becomes a finding.
    ///
    /// - Throws: `AkinError` with code `cannotRead` if the system refuses to open the model.
    private static func modelSource(
        of choice: ModelChoice, in generation: GenerationFolder, _ report: inout IntegrityReport
    ) throws -> ModelSource {
        do {
            switch choice.policy {
            case .automatic, .ownPapers: break
            case .released: try checkSettings(of: ModelSource.releasedModel(), called: "The released model")
            case .file:
                let start = try manifest(in: generation)?.start
                try start?.check(in: generation)
                try start?.readThrough(in: generation)
                try LatentSemanticModel.verify(fileAt: generation.start)
                try checkSettings(
                    of: LatentSemanticModel(mapping: generation.start), called: "The model '\(generation.start)'")
            }
            return ModelSource(choice.policy, start: generation.start)
        } catch {
            // A program without the model, or a file that cannot be opened now, must not change what was chosen.
            guard ![.cannotRead, .invalidArgument].contains(AkinError(translating: error).code) else { throw error }
            report.findings.append(
                "\(error) The vector space was fitted without that model. A refit takes another.")
            return .automatic
        }
    }

    /// Checks that a model was made for texts that are cut into words as a rebuilt library's are.
    private static func checkSettings(of model: LatentSemanticModel, called name: String) throws {
        guard model.settings == AnalyzerSettings() else {
            throw AkinError(.damaged, "\(name) was made for texts that are cut into words otherwise.")
        }
    }
}
