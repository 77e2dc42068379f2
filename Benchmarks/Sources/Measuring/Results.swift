package import Foundation

extension Encodable {
    /// Writes the results of a run as JSON that people can read, completely or not at all.
    package func writeResults(to file: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try encoder.encode(self).write(to: file, options: .atomic)
    }
}

/// The day of a run, as results name it.
package func today() -> String {
    Date.now.formatted(.iso8601.year().month().day())
}

extension Array {
    /// The element whose number is in the middle.
    ///
    /// - Precondition: There is one.
    package func median(_ number: (Element) -> Double) -> Element {
        let sorted = sorted { number($0) < number($1) }
        return sorted[sorted.count / 2]
    }
}
