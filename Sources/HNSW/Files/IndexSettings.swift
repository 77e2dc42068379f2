import MappedFiles
import VectorKernels

/// The numbers that a file's other sections are read by.
struct IndexSettings {
    var metric: Metric
    var elements: VectorElements
    var dimensions: Int

    /// The rows, those with a tombstone included.
    var rows: Int

    /// How the graph was built; `nil` if there is none.
    var parameters: HNSWParameters?

    /// The node where walks begin.
    var entryPoint = Graph.none

    /// The removals since the last sweep.
    var pendingRemovals = 0

    /// The numbers in a file; those that are not used yet are 0.
    static let count = 14

    // Numbers in files never change their meaning.
    private static let metrics: [Metric] = [.innerProduct, .cosine, .squaredEuclidean]
    private static let elementTypes: [VectorElements] = [.float32, .float16, .int8]

    /// The numbers as they stand in a file.
    var encoded: [UInt64] {
        var values: [UInt64] = [
            UInt64(Self.metrics.firstIndex(of: metric) ?? 0),
            UInt64(Self.elementTypes.firstIndex(of: elements) ?? 0),
            UInt64(dimensions),
            UInt64(rows),
            parameters == nil ? 0 : 1,
            UInt64(parameters?.m ?? 0),
            UInt64(parameters?.efConstruction ?? 0),
            parameters?.seed ?? 0,
            UInt64(entryPoint),
            UInt64(pendingRemovals),
        ]
        while values.count < Self.count { values.append(0) }
        return values
    }
}

extension IndexSettings {
    /// Reads the numbers of a file. They are checked one by one: a checksum says what was written, not what is right.
    init(decoding values: [UInt64], path: String) throws(MappedFileError) {
        func number(_ name: String, _ index: Int, in range: ClosedRange<Int>) throws(MappedFileError) -> Int {
            guard let value = Int(exactly: values[index]), range.contains(value) else {
                throw Self.damaged("settings", "\(name) \(values[index])", path: path)
            }
            return value
        }
        metric = Self.metrics[try number("metric", 0, in: 0...Self.metrics.count - 1)]
        elements = Self.elementTypes[try number("element type", 1, in: 0...Self.elementTypes.count - 1)]
        dimensions = try number("dimensions", 2, in: VectorStore.dimensionRange)
        rows = try number("rows", 3, in: 0...VectorStore.maximumCount)
        if try number("graphs", 4, in: 0...1) == 1 {
            parameters = HNSWParameters(
                m: try number("m", 5, in: HNSWParameters.mRange),
                efConstruction: try number("efConstruction", 6, in: HNSWParameters.efConstructionRange),
                seed: values[7]
            )
            entryPoint = UInt32(try number("entry point", 8, in: 0...Int(UInt32.max)))
            pendingRemovals = try number("pending removals", 9, in: 0...rows)
        }
    }

    /// The error of a section that says what cannot be.
    static func damaged(_ section: String, _ found: String, path: String) -> MappedFileError {
        MappedFileError(
            .damagedSection, path: path, section: section,
            message: "Cannot read '\(path)': section '\(section)' has \(found), which no index has. Rebuild the file."
        )
    }
}
