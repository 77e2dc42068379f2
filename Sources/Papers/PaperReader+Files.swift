import Foundation

extension PaperReader {
    /// The files to read papers from, at a path that names a file or a folder.
    ///
    /// Of a folder, these are the files directly in it whose names end as those of a known format do, in ascending order
    /// of their names; hidden files are passed by, and so are texts that no importer recognises, such as a `README.txt`.
    /// A file that cannot be read is among them, so that its reader says why. A folder with a `corpus.jsonl` is a data
    /// set for evaluation, whose other files are queries and judgements, so that it is that file alone.
    ///
    /// - Parameters:
    ///   - path: A file, which is returned as it is, or a folder.
    ///   - options: How files are to be read; its formats count here.
    /// - Returns: Paths, of which each begins with the given one.
    /// - Throws: ``PapersError`` where there is nothing at the path, the folder cannot be read, or no file of it can be read
    ///   as papers.
    public static func files(
        at path: String, options: ImportOptions = ImportOptions()
    ) throws(PapersError) -> [String] {
        guard try PathKind(of: path) == .folder else { return [path] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw PapersError(
                .unreadable, path: path, message: "Cannot read the folder '\(path)': \(error.localizedDescription)",
                remedy: "Make the folder readable, or give files.")
        }
        let folder = path.hasSuffix("/") ? path : path + "/"
        if names.contains("corpus.jsonl") { return [folder + "corpus.jsonl"] }
        let importers = options.format.importer.map { [$0] } ?? options.formats.compactMap(\.importer)
        let endings = Set(importers.flatMap { $0.fileExtensions })
        let candidates = names.filter { !$0.hasPrefix(".") && endings.contains(FormatDetection.fileExtension(of: $0)) }
        let paths = candidates.map { folder + $0 }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let files = paths.filter { isOfKnownFormat($0, options) }
        guard !files.isEmpty else {
            let list = endings.sorted().map { "*.\($0)" }.joined(separator: ", ")
            throw PapersError(
                .nothingToImport, path: path,
                message: "Cannot read papers from the folder '\(path)': no file in it has a known format",
                remedy: "Give a folder with files named \(list), or name the files.")
        }
        return files
    }

    /// Whether a file is one that papers can be read from, or that ought to be and cannot.
    private static func isOfKnownFormat(_ path: String, _ options: ImportOptions) -> Bool {
        do throws(PapersError) {
            guard case .file = try PathKind(of: path) else { return false }
            _ = try PaperReader(path: path, options: options)
            return true
        } catch {
            return error.code != .unknownFormat
        }
    }
}
