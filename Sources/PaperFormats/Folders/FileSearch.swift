import SystemCalls

/// Finds the files with papers at a path: a file, a folder with its folders, or a zip archive.
///
/// Files are found in the order of their names, a folder's where its own name stands. A folder that is reached twice,
/// by symbolic links, is read once.
struct FileSearch {
    /// The files whose format is known, and those that cannot be read although their names suggest papers.
    private(set) var files: [FoundFile] = []

    /// How many files hold no papers. Hidden files are not counted.
    private(set) var passedOverCount = 0

    /// Folders and archives that cannot be read.
    private(set) var failures: [PaperFormatsError] = []

    private let options: ImportOptions
    private let extensions: Set<String>
    private var folders: Set<FileIdentity.Key> = []

    /// The most files of an archive, or folders of a folder, that are looked at.
    private static let maximumCount = 1_000_000

    /// Finds the files at a path.
    ///
    /// - Throws: ``PaperFormatsError``: `notFound` if nothing is there, `unreadable` if a folder or an archive cannot
    ///   be
    ///   read, `nothingToImport` if it has no file with a known format.
    init(_ path: String, options: ImportOptions) throws(PaperFormatsError) {
        self.options = options
        let importers = options.format.importer.map { [$0] } ?? options.formats.compactMap(\.importer)
        extensions = Set(importers.flatMap { $0.fileExtensions })
        let kind: PathKind
        do throws(PaperFormatsError) {
            kind = try PathKind(of: path)
        } catch {
            let file = try FoundFile(path: path)
            guard file.member != nil else { throw error }
            files = [file]
            return
        }
        switch kind {
        case .folder: try searchFolder(path)
        case .file where ZipArchive.isArchive(path): try searchArchive(path)
        default:
            files = [FoundFile(onDisk: path)]
            return
        }
        if files.isEmpty, failures.isEmpty {
            let list = extensions.sorted().map { "*.\($0)" }.joined(separator: ", ")
            let kind = kind == .folder ? "folder" : "archive"
            throw PaperFormatsError(
                .nothingToImport, path: path,
                message: "Cannot read papers from the \(kind) '\(path)': no file in it has a known format",
                remedy: list.isEmpty
                    ? "Name the files." : "Give a \(kind) with files named \(list), or name the files.")
        }
    }

    // MARK: - Folders

    private mutating func searchFolder(_ path: String) throws(PaperFormatsError) {
        var open = [path]
        var isFirst = true
        while let next = open.popLast() {
            do throws(PaperFormatsError) {
                open += try search(next, isFirst: isFirst).reversed()
            } catch {
                if isFirst { throw error }
                failures.append(error)
            }
            isFirst = false
        }
    }

    /// Looks at a file or at the names of a folder. Returns what is in the folder, in order.
    private mutating func search(_ path: String, isFirst: Bool) throws(PaperFormatsError) -> [String] {
        guard isFirst || !isWithoutPapers(path) else { return [] }
        let identity = try FileIdentity(of: path)
        guard identity.kind == .folder else {
            look(path, identity.kind)
            return []
        }
        guard folders.count < FileSearch.maximumCount, folders.insert(identity.key).inserted else { return [] }
        let names: [String]
        do throws(SystemError) {
            names = try SystemCalls.names(inFolder: path)
        } catch {
            throw PaperFormatsError(
                .unreadable, path: path, message: "Cannot read the folder '\(path)': \(systemMessage(error.number))",
                remedy: "Make the folder readable, or give files.")
        }
        let folder = path.hasSuffix("/") ? path : path + "/"
        if let only = FolderRules.onlyFile(of: names) {
            files.append(FoundFile(onDisk: folder + only))
            return []
        }
        if names.contains(FolderRules.papisFile) {
            let only = FoundFile(onDisk: folder + FolderRules.papisFile)
            if isOfPapis(only) {
                files.append(only)
                return []
            }
        }
        return names.filter { !FolderRules.isJunk($0) }.map { folder + $0 }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether a path is no more there, as a link to nothing is not. It is passed over.
    private mutating func isWithoutPapers(_ path: String) -> Bool {
        do throws(PaperFormatsError) {
            _ = try PathKind(of: path)
            return false
        } catch {
            passedOverCount += 1
            return true
        }
    }

    private mutating func look(_ path: String, _ kind: PathKind) {
        guard case .file = kind else { return passedOverCount += 1 }
        if FormatDetection.fileExtension(of: path) == "zip", ZipArchive.isArchive(path) {
            do throws(PaperFormatsError) {
                try searchArchive(path)
            } catch {
                failures.append(error)
            }
        } else {
            look(FoundFile(onDisk: path))
        }
    }

    /// Takes a file if its name suggests papers and its content does not contradict.
    private mutating func look(_ file: FoundFile) {
        guard extensions.contains(FormatDetection.fileExtension(of: file.path)), mayHavePapers(file) else {
            passedOverCount += 1
            return
        }
        files.append(file)
    }

    /// Whether a file has a known format, or cannot be read although its name suggests papers.
    private func mayHavePapers(_ file: FoundFile) -> Bool {
        do throws(PaperFormatsError) {
            _ = try PaperReader(file, options: options)
            return true
        } catch {
            // Any file may be named as text is, and a binary one says nothing about papers.
            let isVague = PageImporter.fileExtensions.contains(FormatDetection.fileExtension(of: file.path))
            return error.code != .unknownFormat && !(error.code == .notText && isVague)
        }
    }

    /// Whether a file describes a document of papis.
    private func isOfPapis(_ file: FoundFile) -> Bool {
        (try? PaperReader(file, options: options))?.format == .papis
    }

    // MARK: - Archives

    private mutating func searchArchive(_ path: String) throws(PaperFormatsError) {
        let archive = try ZipArchive(path: path)
        if let disguise = archive.disguise {
            throw PaperFormatsError(
                .notText, path: path, message: "Cannot read papers from '\(path)': it is \(disguise)",
                remedy: "Export the papers in one of the formats for literature, or as CSV.")
        }
        let entries = archive.entries.prefix(FileSearch.maximumCount)
            .filter { !$0.name.split(separator: "/").contains(where: FolderRules.isJunk) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let namesInFolder = Dictionary(grouping: entries) { $0.name.split(separator: "/").dropLast() }
            .mapValues { $0.map { String($0.name.split(separator: "/").last ?? "") } }
        var onlyFiles = namesInFolder.compactMapValues(FolderRules.onlyFile)
        for entry in entries where entry.name.split(separator: "/").last.map(String.init) == FolderRules.papisFile {
            if isOfPapis(FoundFile(entry, of: archive)) {
                onlyFiles[entry.name.split(separator: "/").dropLast()] = FolderRules.papisFile
            }
        }
        for entry in entries {
            let parts = entry.name.split(separator: "/")
            if let only = onlyFiles[parts.dropLast()] {
                if parts.last.map(String.init) == only { files.append(FoundFile(entry, of: archive)) }
            } else {
                look(FoundFile(entry, of: archive))
            }
        }
    }
}
