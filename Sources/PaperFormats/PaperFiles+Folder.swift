import SystemCalls

extension PaperFiles {
    /// The files to read papers from, at a path that names a file or a folder.
    ///
    /// A file is returned as it is. For a folder, these are the files directly inside it that have the extension of a
    /// known format, in ascending order of their names. Hidden files are ignored, and so are files whose content no
    /// importer recognizes, such as a `README.txt`. A file that cannot be read is included, so that reading it reports
    /// the reason.
    ///
    /// A folder with a `corpus.jsonl` is a test collection. Only that file is returned, because the others hold queries
    /// and judgments.
    ///
    /// - Parameters:
    ///   - path: A file or a folder.
    ///   - options: How to read the files. Only the formats matter here.
    /// - Returns: The paths. Each begins with the given path.
    /// - Throws: ``PaperFormatsError``: `notFound` if there is nothing at the path, `unreadable` if the folder cannot
    ///   be read, `nothingToImport` if it has no file with a known format.
    /// - Complexity: O(*n* log *n*) for *n* files in the folder. The first 64 KB of each are read.
    public static func paths(
        in path: String, options: ImportOptions = ImportOptions()
    ) throws(PaperFormatsError) -> [String] {
        guard try PathKind(of: path) == .folder else { return [path] }
        let names: [String]
        do throws(SystemError) {
            names = try SystemCalls.names(inFolder: path)
        } catch {
            throw PaperFormatsError(
                .unreadable, path: path, message: "Cannot read the folder '\(path)': \(systemMessage(error.number))",
                remedy: "Make the folder readable, or give files.")
        }
        let folder = path.hasSuffix("/") ? path : path + "/"
        for corpus in ["corpus.jsonl", "corpus.jsonl.gz"] where names.contains(corpus) { return [folder + corpus] }
        let importers = options.format.importer.map { [$0] } ?? options.formats.compactMap(\.importer)
        let extensions = Set(importers.flatMap { $0.fileExtensions })
        let candidates = names.filter {
            !$0.hasPrefix(".") && extensions.contains(FormatDetection.fileExtension(of: $0))
        }
        let paths = candidates.map { folder + $0 }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let files = paths.filter { hasKnownFormat($0, options) }
        guard !files.isEmpty else {
            let list = extensions.sorted().map { "*.\($0)" }.joined(separator: ", ")
            throw PaperFormatsError(
                .nothingToImport, path: path,
                message: "Cannot read papers from the folder '\(path)': no file in it has a known format",
                remedy: "Give a folder with files named \(list), or name the files.")
        }
        return files
    }

    /// Whether a file has a known format, or cannot be read although its name suggests papers.
    private static func hasKnownFormat(_ path: String, _ options: ImportOptions) -> Bool {
        do throws(PaperFormatsError) {
            guard case .file = try PathKind(of: path) else { return false }
            _ = try PaperReader(path: path, options: options)
            return true
        } catch {
            return error.code != .unknownFormat
        }
    }
}
