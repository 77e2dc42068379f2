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

/// Reads a file with random bytes exchanged, and cut at random places. Nothing but a crash is wrong.
func readDamaged(_ content: [UInt8], named name: String, as format: ImportFormat) throws {
    for seed in UInt64(0)..<200 {
        var random = SeededGenerator(seed: seed)
        var bytes = content + content
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            bytes[Int.random(in: bytes.indices, using: &random)] =
                Bool.random(using: &random)
                ? UInt8.random(in: 0...255, using: &random)
                : Array("\n\r\",;\t-% {}[]".utf8).randomElement(using: &random) ?? 0
        }
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        if bytes.allSatisfy({ $0 <= 0x20 }) { continue }
        _ = try? readAll(bytes, named: name, ImportOptions(format: format, threads: 1))
    }
}
