import Foundation
import LatentSemantics
import TextAnalysis

/// What a generation consists of: its segments in order, which of their papers no longer count, and the parameters that
/// it was built with.
///
/// It is the file `manifest.json` of the generation's folder, written last.
package struct Manifest: Codable, Sendable, Equatable {
    /// The layout of a library that this build writes, and the only one it reads.
    package static let currentFormat = 1

    /// One segment: its files' name, and which of its papers are masked.
    package struct Segment: Codable, Sendable, Equatable {
        /// The number in the name of the segment's files, unique within the library.
        package var number: Int
        /// The papers in its files, masked ones included.
        package var paperCount: Int
        /// The keys of papers that were removed or updated since the segment was written, ascending.
        package var removedKeys: [UInt64]

        package init(number: Int, paperCount: Int, removedKeys: [UInt64] = []) {
            self.number = number
            self.paperCount = paperCount
            self.removedKeys = removedKeys
        }

        package var livePaperCount: Int { paperCount - removedKeys.count }
    }

    package var format = Self.currentFormat
    package var generation: Int
    package var segments: [Segment]
    /// The number that the next segment gets.
    package var nextSegment: Int
    /// The number of the generation that the model was fitted in.
    package var modelGeneration: Int
    /// The live papers that the model was fitted on; 0 if there is no model.
    package var fittedPaperCount: Int
    var analyzer: AnalyzerSettings

    package var livePaperCount: Int { segments.reduce(0) { $0 + $1.livePaperCount } }
}

// MARK: - Reading and writing

extension Manifest {
    /// Reads a manifest, refusing one that is damaged or of a newer format.
    package init(path: String) throws(AkinError) {
        let decoded: Self
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            let format = try JSONDecoder().decode(Format.self, from: data).format
            guard format <= Self.currentFormat else {
                throw AkinError(
                    .newerVersion,
                    "Cannot read '\(path)': library format \(format), this build reads \(Self.currentFormat). "
                        + "Use the version of Akin that wrote the library."
                )
            }
            decoded = try JSONDecoder().decode(Self.self, from: data)
        } catch let error as AkinError {
            throw error
        } catch {
            throw AkinError(
                .damaged,
                "Cannot read '\(path)': it is missing or damaged. Rebuild it with `akin doctor --repair`.",
                cause: error
            )
        }
        self = decoded
        try validate(path: path)
    }

    /// The content of the file.
    func encoded() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    private struct Format: Codable { var format: Int }

    private func validate(path: String) throws(AkinError) {
        let numbers = Set(segments.map(\.number))
        let isSound =
            numbers.count == segments.count && numbers.allSatisfy { $0 >= 0 && $0 < nextSegment }
            && segments.allSatisfy { $0.paperCount >= 0 && $0.removedKeys.count <= $0.paperCount }
            && segments.allSatisfy { segment in zip(segment.removedKeys, segment.removedKeys.dropFirst()).allSatisfy(<)
            }
        guard isSound else {
            throw AkinError(
                .damaged,
                "Cannot use '\(path)': its segments contradict each other. Rebuild it with `akin doctor --repair`."
            )
        }
    }
}
