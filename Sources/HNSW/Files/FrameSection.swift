import MappedFiles
import VectorKernels

/// The section `frame` of an index file: 32-bit words, floats by their bits.
///
/// ```
/// unit │ largest magnitude, 0 if unknown │ agreement, FFFFFFFF if not measured │ residual limit │ made of
///   │ stray rows │ 1 if walks compare codes, else 0 │ 0 │ the components of the center; none for the origin
/// ```
struct FrameSection {
    let frame: StoreFrame

    init(_ frame: StoreFrame) {
        self.frame = frame
    }

    /// The name of the section.
    static let name = "frame"

    /// The number of words before the center.
    private static let headCount = 8

    /// The words in the file.
    var encoded: [UInt32] {
        let agreement = frame.agreement.map { Float($0).bitPattern } ?? .max
        return [
            frame.rows.unit.bitPattern, frame.largest.bitPattern, agreement, frame.residualLimit.bitPattern,
            UInt32(frame.madeOf), UInt32(frame.strays), frame.comparesCodes ? 1 : 0, 0,
        ] + frame.rows.center.map(\.bitPattern)
    }
}

extension FrameSection {
    /// Reads the words of a file; `nil` if they are no frame of a store.
    init?(decoding words: [UInt32], dimensions: Int, metric: Metric) {
        guard words.count == Self.headCount || words.count == Self.headCount + dimensions else { return nil }
        let floats = words.map(Float.init(bitPattern:))
        let (unit, largest) = (floats[0], floats[1])
        let center = Array(floats[Self.headCount...])
        guard unit.isNormal, unit > 0, unit.significand == 1, largest.isFinite, largest >= 0, !floats[3].isNaN,
            words[4] <= UInt32(Int32.max), words[5] <= UInt32(Int32.max), words[6] <= 1
        else { return nil }
        if words[2] != .max { guard (0...1).contains(floats[2]) else { return nil } }
        let rows = RowFrame(comparison: metric.comparison, unit: unit, center: center)
        guard center.allSatisfy({ rows.fits(abs($0)) }) else { return nil }
        var frame = StoreFrame(rows: rows, largest: largest)
        // Earlier builds left the largest at 0 in an index from a file of version 1, and below the center in one of
        // codes without floats.
        frame.knowsLargest = largest > 0 && largest == frame.largest
        frame.agreement = words[2] == .max ? nil : Double(floats[2])
        frame.residualLimit = floats[3]
        frame.madeOf = Int(words[4])
        frame.strays = Int(words[5])
        frame.comparesCodes = words[6] == 1
        self.frame = frame
    }
}

extension IndexFile {
    /// The frame of the file's rows.
    ///
    /// - Throws: `MappedFileError` with the code `damagedSection`.
    func frame(of store: VectorStore) throws(MappedFileError) -> StoreFrame {
        let words = try file.array(FrameSection.name, of: UInt32.self, verified: true)
        let section = FrameSection(decoding: Array(words), dimensions: store.dimensions, metric: store.metric)
        guard let section else { throw IndexSettings.damaged(FrameSection.name, "numbers", path: file.path) }
        return section.frame
    }
}
