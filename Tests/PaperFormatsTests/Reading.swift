import Foundation
import PaperFormats
import Papers
import TestSupport

/// All that a reader gives of a file, in one batch.
func readAll(_ path: String, _ options: ImportOptions = ImportOptions()) throws -> PaperBatch {
    let reader = try PaperReader(path: path, options: options)
    var all = PaperBatch()
    while let batch = try reader.nextBatch() {
        all.papers += batch.papers
        all.skipped += batch.skipped
        all.notes += batch.notes
    }
    return all
}

/// All that a reader gives of a file with some content.
func readAll(
    _ content: some Collection<UInt8>, named name: String, _ options: ImportOptions = ImportOptions()
) throws -> PaperBatch {
    try TemporaryFolder.with { (folder: String) throws in
        let path = "\(folder)/\(name)"
        try Data(content).write(to: URL(filePath: path))
        return try readAll(path, options)
    }
}

/// The error of the module that `body` throws, or `nil` where it throws none.
func formatsError<Result>(_ body: () throws -> Result) throws -> PaperFormatsError? {
    do {
        _ = try body()
        return nil
    } catch let error as PaperFormatsError {
        return error
    }
}
