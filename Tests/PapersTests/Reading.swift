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
    try TemporaryFolder.with { folder in
        let path = "\(folder)/\(name)"
        try Data(content).write(to: URL(filePath: path))
        return try readAll(path, options)
    }
}
