import ArgumentParser
import Foundation

/// Refuses an output file that is among the files that are read.
///
/// - Throws: `ValidationError`.
func checkOutput(_ output: String, apartFrom inputs: [String]) throws {
    let written = URL(filePath: output).resolvingSymlinksInPath().path
    let isRead = inputs.map { URL(filePath: $0).resolvingSymlinksInPath().path }.contains { read in
        read == written || written.hasPrefix(read + "/") || isOneFile(read, written)
    }
    if isRead { throw ValidationError("--output '\(output)' is, or lies among, the files that are read.") }
}

/// Whether two paths are names of one file.
private func isOneFile(_ first: String, _ second: String) -> Bool {
    let files = [first, second].compactMap { try? FileManager.default.attributesOfItem(atPath: $0) }
    let ids = files.map { [$0[.systemNumber] as? Int, $0[.systemFileNumber] as? Int] }
    return ids.count == 2 && ids[0] == ids[1]
}
