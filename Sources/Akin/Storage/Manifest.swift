import Foundation
package import LatentSemantics
import MappedFiles
import TextAnalysis

/// What a generation consists of: its segments in order, which of their papers no longer count, and the parameters that
/// it was built with.
///
/// It is the file `manifest.json` of the generation's folder, written last.
package struct Manifest: Codable, Sendable, Equatable {
    /// The layout of a library that this build writes, and the only one it reads.
    ///
    /// Since format 2 words of titles count thrice, the order of words is kept and the library is calibrated; since format 3
    /// a small library starts from the released model. An index of an earlier format would rank by other rules, and is
    /// rebuilt from the stored papers.
    package static let currentFormat = 3

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
    /// The live papers that the model was fitted on, or, where it came from elsewhere, chosen for; 0 if there is no model.
    package var fittedPaperCount: Int
    /// How the model came to be.
    package var modelOrigin: ModelOrigin
    /// How the next one is chosen.
    package var modelPolicy: ModelPolicy
    /// The dimensions that the model is asked for; `nil` goes by the papers.
    package var rank: Int?
    /// How much the space holds of the papers that were folded in since; `nil` if none was.
    package var folded: Retention?
    var analyzer: AnalyzerSettings
    /// What the library has learned about itself.
    package var calibration: Calibration
    /// The CRC-32C of the manifest's JSON without this entry.
    private var checksum: UInt32?

    init(
        generation: Int, segments: [Segment], nextSegment: Int, fittedPaperCount: Int,
        analyzer: AnalyzerSettings, modelOrigin: ModelOrigin = .papers, modelPolicy: ModelPolicy = .automatic,
        calibration: Calibration = Calibration()
    ) {
        self.generation = generation
        self.segments = segments
        self.nextSegment = nextSegment
        self.fittedPaperCount = fittedPaperCount
        self.analyzer = analyzer
        self.modelOrigin = modelOrigin
        self.modelPolicy = modelPolicy
        self.calibration = calibration
    }

    package var livePaperCount: Int { segments.reduce(0) { $0 + $1.livePaperCount } }
}

// MARK: - Reading and writing

extension Manifest {
    /// Reads a manifest.
    ///
    /// - Throws: `AkinError`: `damaged` if it is missing or does not say what was written, `newerVersion`.
    package init(path: String) throws(AkinError) {
        self = try akinError { try Self.read(path) }
    }

    private static func read(_ path: String) throws -> Manifest {
        let damage = AkinError(
            .damaged,
            "Cannot use '\(path)': it is missing or does not say what was written. Rebuild it with `akin doctor --repair`."
        )
        let decoder = JSONDecoder()
        guard
            let data = try? Data(contentsOf: URL(filePath: path)),
            let format = try? decoder.decode(Format.self, from: data).format
        else { throw damage }
        guard format <= currentFormat else {
            throw AkinError(
                .newerVersion,
                "Cannot read '\(path)': library format \(format), this build reads \(currentFormat). Use the version of "
                    + "Akin that wrote the library."
            )
        }
        guard format == currentFormat else {
            throw AkinError(
                .damaged,
                "Cannot read '\(path)': library format \(format), this build reads \(currentFormat). Rebuild the indexes from "
                    + "the stored papers with `akin doctor --repair`."
            )
        }
        guard let manifest = try? decoder.decode(Manifest.self, from: data) else { throw damage }
        let checksum = try manifest.contentChecksum()
        guard manifest.checksum == checksum, manifest.isSound else { throw damage }
        return manifest
    }

    /// The content of the file.
    func encoded() throws -> String {
        var manifest = self
        manifest.checksum = try contentChecksum()
        return String(decoding: try manifest.json(), as: UTF8.self)
    }

    private func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return Array(try encoder.encode(self))
    }

    private func contentChecksum() throws -> UInt32 {
        var content = self
        content.checksum = nil
        let json = try content.json()
        // SAFETY: bytes have no padding between them.
        return unsafe CRC32C(json.span.bytes).value
    }

    private struct Format: Codable { var format: Int }

    /// Whether the numbers are ones that a library has.
    private var isSound: Bool {
        let numbers = segments.map(\.number)
        let counters = [generation, nextSegment, fittedPaperCount] + segments.map(\.paperCount)
        guard counters.allSatisfy({ (0...Int(Int32.max)).contains($0) }) else { return false }
        guard Set(numbers).count == numbers.count, numbers.allSatisfy({ $0 >= 0 && $0 < nextSegment }) else {
            return false
        }
        guard folded?.isSound ?? true else { return false }
        guard calibration.isSound, rank.map({ $0 > 0 }) ?? true else { return false }
        return segments.allSatisfy { $0.removedKeys.count <= $0.paperCount && isAscending($0.removedKeys) }
    }

    private func isAscending(_ keys: [UInt64]) -> Bool { zip(keys, keys.dropFirst()).allSatisfy(<) }
}
