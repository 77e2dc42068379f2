extension PaperFiles {
    /// The files to read papers from, at a path that names a file, a folder or a zip archive.
    ///
    /// A file is returned as it is. For a folder, these are the files in it and in its folders that have the extension
    /// of a known format, in ascending order of their names. Hidden files are ignored. Files whose content no importer
    /// recognizes, such as a `README.txt`, are passed over. A file that cannot be read is included, so that reading it
    /// reports the reason. For an archive, these are its files by the same rules; their paths begin with that of the
    /// archive.
    ///
    /// A folder with a `corpus.jsonl` is a test collection. Only that file is returned, because the others hold queries
    /// and judgments. Of a folder with a `zotero.sqlite`, the data of Zotero, that is the only file.
    ///
    /// - Parameters:
    ///   - path: A file, a folder, an archive, or `-` for standard input.
    ///   - options: How to read the files. Only the formats matter here.
    /// - Returns: The paths. Each begins with the given path.
    /// - Throws: ``PaperFormatsError``: `notFound` if there is nothing at the path, `unreadable` if the folder cannot
    ///   be read, `nothingToImport` if it has no file with a known format.
    /// - Complexity: O(*n* log *n*) for *n* files in the folder. The first 64 KB of each are read.
    public static func paths(
        in path: String, options: ImportOptions = ImportOptions()
    ) throws(PaperFormatsError) -> [String] {
        try FileSearch(path, options: options).files.map(\.path)
    }
}
