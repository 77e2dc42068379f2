#if Store
import Papers

/// Reads the database of Zotero, `zotero.sqlite`: the papers of the user's library and of all groups.
///
/// A running Zotero is not disturbed: a copy of the database is read. What lies in the trash is left out, and so are
/// feeds. Notes and files belong to the paper that they are attached to; a note at the end counts those that belong to
/// none.
struct ZoteroImporter: PaperImporter {
    static let name = "zotero"

    /// None: of the databases in a folder, only `zotero.sqlite` is Zotero's, and it stands for its folder.
    static let fileExtensions: [String] = []

    private let file: PaperFile
    private var database: ZoteroDatabase?
    private var lastItem: Int64 = 0
    private var isAtEnd = false

    /// How many papers a batch has.
    private static let batchLength = 500

    init(_ file: PaperFile, options: ImportOptions) {
        self.file = file
    }

    /// Certain for every database of SQLite. Opening it tells whether it is Zotero's.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        head.starts(with: Array("SQLite format 3\u{0}".utf8)) ? .certain : .no
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        if isAtEnd { return nil }
        if database == nil { database = try ZoteroDatabase(file) }
        guard let database else { return nil }
        let items = try database.items(after: lastItem, count: ZoteroImporter.batchLength)
        guard let last = items.last else {
            isAtEnd = true
            self.database = nil
            return try leftOut(of: database)
        }
        lastItem = last.id
        var batch = PaperBatch()
        for item in items {
            let paper = item.paper()
            if paper.isEmpty, !paper.isReference {
                batch.skipped.append(
                    SkippedRecord(
                        .noTitleAndNoAbstract, file: file.path, line: Int(item.id),
                        reason: "neither a title nor an abstract (the item '\(item.key)')"))
            } else {
                batch.papers.append(paper)
            }
        }
        return batch
    }

    private func leftOut(of database: ZoteroDatabase) throws(PaperFormatsError) -> PaperBatch? {
        let (notes, files) = try database.countsWithoutPaper()
        guard notes + files > 0 else { return nil }
        let message = "left out \(notes) notes and \(files) files that belong to no paper"
        return PaperBatch(notes: [ImportNote(.itemsLeftOut, file: file.path, line: 0, message: message)])
    }
}
#endif
