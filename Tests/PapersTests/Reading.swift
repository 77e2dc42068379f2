import Foundation
import Papers
import TestSupport

/// All that a reader gives of a file, in one batch.
func readAll(_ path: String, _ options: ImportOptions = ImportOptions()) throws -> ImportBatch {
    let reader = try PaperReader(path: path, options: options)
    var all = ImportBatch()
    while let batch = try reader.next() {
        all.papers += batch.papers
        all.skipped += batch.skipped
        all.notes += batch.notes
    }
    return all
}

/// All that a reader gives of a file with some content.
func readAll(
    _ content: some Collection<UInt8>, named name: String, _ options: ImportOptions = ImportOptions()
) throws -> ImportBatch {
    try TemporaryFolder.with { (folder: String) throws in
        let path = "\(folder)/\(name)"
        try Data(content).write(to: URL(filePath: path))
        return try readAll(path, options)
    }
}

/// The error of the module that `body` throws, or `nil` where it throws none.
func papersError<Result>(_ body: () throws -> Result) throws -> PapersError? {
    do {
        _ = try body()
        return nil
    } catch let error as PapersError {
        return error
    }
}
