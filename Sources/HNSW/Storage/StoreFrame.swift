import VectorKernels

/// The center and the unit of a store's rows, and what is known about its codes.
///
/// Codes start from a center of the vectors, so a frame is made of the vectors that are there. It is made again when
/// their number has grown by half, which keeps the cost in proportion to the number of vectors added. Vectors that come
/// in between are coded around the center of the moment. If many of them fit it badly, walks and scans compare floats
/// until the next frame.
///
/// A new frame is also due when the rows that are left need a finer unit.
///
/// Codes without floats lose a little precision whenever they are made again. So their frame is made of the first
/// vectors, again once there are 256, and then only if many vectors fit it badly.
struct StoreFrame: Sendable {
    var rows: RowFrame

    /// The magnitude of the largest component of the rows and of the center.
    var largest: Float = 0

    /// Whether `largest` counts all rows. A file of version 1 does not hold it.
    var knowsLargest = true

    /// The number of rows that the frame was made of; 0 for the first frame, which is made of none.
    var madeOf = 0

    /// Whether walks and scans compare codes.
    var comparesCodes = false

    /// The measured agreement of codes with floats; `nil` before the first measurement.
    var agreement: Double?

    /// A residual that few of the rows had when the frame was made: rows above it are *stray*.
    var residualLimit = Float.infinity

    /// The number of stray rows since.
    var strays = 0

    init(metric: Metric) {
        rows = RowFrame(comparison: metric.comparison, unit: 1, center: [])
    }

    /// Creates a frame of rows whose components have a magnitude up to `largest`.
    init(rows: RowFrame, largest: Float) {
        self.rows = rows
        self.largest = max(largest, Self.magnitude(rows.center))
    }

    /// The magnitude of the largest of some numbers. A made-up file may have numbers that are not finite; they do not
    /// count.
    static func magnitude(_ numbers: some Sequence<Float>) -> Float {
        numbers.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    }

    /// Takes over the magnitude of the largest component of all rows.
    mutating func setLargest(_ measured: Float) {
        largest = max(measured, Self.magnitude(rows.center))
        knowsLargest = true
    }

    /// Whether the unit was chosen for larger components than the rows have, so that it may round small distances away.
    var isCoarse: Bool { rows.unit < RowFrame.unit(for: largest) }

    /// The number of vectors below which walks and scans compare floats.
    static let fewestCoded = 256

    /// The agreement from which codes are compared. Codes that were given up need a higher one.
    static let enoughAgreement = 0.98
    static let renewedAgreement = 0.99

    /// Whether a store of `count` rows needs a new frame.
    func isOutgrown(by count: Int) -> Bool {
        count >= max(Self.fewestCoded, madeOf + madeOf / 2) || isCoarse
    }

    /// Whether a store of `count` rows of codes without floats needs a new frame.
    func isOutgrown(byCodesAlone count: Int) -> Bool {
        madeOf == 0 || isCoarse
            || isOutgrown(by: count) && (madeOf < Self.fewestCoded || hasManyStrays(among: count))
    }

    /// Adapts the counts to a store that lost some of its rows.
    mutating func shrink(from old: Int, to new: Int) {
        strays = old > 0 ? strays * new / old : 0
        madeOf = min(madeOf, new)
    }

    /// Whether too many of `count` rows are stray: more than one of 16 that came since.
    func hasManyStrays(among count: Int) -> Bool {
        strays > 8 + (count - madeOf) / 16
    }
}
