import MappedFiles
import VectorKernels

/// The section `settings` of an index file: the numbers that the other sections are read by.
///
/// ```
/// metric │ elements │ dimensions │ rows │ 1 with a graph, else 0
///   │ m │ efConstruction │ seed │ entry point │ pending removals      0 without a graph; the entry point then FFFFFFFF
///   │ factor of ef │ rows that it was measured on                     0 for a factor that was not measured
///   │ 1 if the graph is to be built again, else 0
///   │ how far the nearest was, at most, for the vectors that the factor was measured on: the bits of a float
/// ```
struct IndexSettings {
    let metric: Metric
    let elements: VectorElements
    let dimensions: Int

    /// The number of rows, with those that have a tombstone.
    let rows: Int

    /// The settings of the graph; `nil` without one.
    let graph: GraphSettings?

    struct GraphSettings {
        let parameters: HNSWParameters
        let entryPoint: NodeID
        let pendingRemovals: Int
        let efFactor: Int
        let efFactorRows: Int
        let isOutdated: Bool
        let usualNearest: Float
    }

    /// The count of numbers. Those that an earlier build had no meaning for are 0 in its files.
    static let count = 14

    /// The settings of an index.
    init(_ store: VectorStore, _ graph: Graph?) {
        metric = store.metric
        elements = store.elements
        dimensions = store.dimensions
        rows = store.count
        self.graph = graph.map {
            GraphSettings(
                parameters: $0.parameters, entryPoint: $0.entryPoint, pendingRemovals: $0.pendingRemovals,
                efFactor: $0.efFactor, efFactorRows: $0.efFactorRows,
                isOutdated: $0.isOutdated, usualNearest: $0.usualNearest)
        }
    }

    /// The numbers in the file.
    var encoded: [UInt64] {
        let values: [UInt64] = [
            metric.fileNumber,
            elements.fileNumber,
            UInt64(dimensions),
            UInt64(rows),
            graph == nil ? 0 : 1,
            UInt64(graph?.parameters.m ?? 0),
            UInt64(graph?.parameters.efConstruction ?? 0),
            graph?.parameters.seed ?? 0,
            UInt64((graph?.entryPoint ?? .none).rawValue),
            UInt64(graph?.pendingRemovals ?? 0),
            UInt64(graph?.efFactor ?? 0),
            UInt64(graph?.efFactorRows ?? 0),
            graph?.isOutdated == true ? 1 : 0,
            UInt64((graph?.usualNearest ?? 0).bitPattern),
        ]
        precondition(values.count == Self.count)
        return values
    }
}

extension IndexSettings {
    /// Reads the numbers of a file, and checks each of them. A checksum proves only that a number is what was written.
    ///
    /// - Throws: `MappedFileError` with the code `damagedSection`.
    init(decoding values: [UInt64], path: String) throws(MappedFileError) {
        func number(_ name: String, _ index: Int, in range: ClosedRange<Int>) throws(MappedFileError) -> Int {
            guard let value = Int(exactly: values[index]), range.contains(value) else {
                throw Self.damaged("settings", "\(name) \(values[index])", path: path)
            }
            return value
        }
        guard let metric = Metric.allCases.first(where: { $0.fileNumber == values[0] }) else {
            throw Self.damaged("settings", "metric \(values[0])", path: path)
        }
        guard let elements = VectorElements.allCases.first(where: { $0.fileNumber == values[1] }) else {
            throw Self.damaged("settings", "element type \(values[1])", path: path)
        }
        self.metric = metric
        self.elements = elements
        dimensions = try number("dimensions", 2, in: VectorStore.dimensionRange)
        rows = try number("rows", 3, in: 0...VectorStore.maximumCount)
        guard try number("graphs", 4, in: 0...1) == 1 else {
            graph = nil
            return
        }
        let m = try number("m", 5, in: HNSWParameters.mRange)
        let efConstruction = try number("efConstruction", 6, in: HNSWParameters.efConstructionRange)
        guard let parameters = try? HNSWParameters(m: m, efConstruction: efConstruction, seed: values[7]) else {
            throw Self.damaged("settings", "parameters", path: path)
        }
        graph = GraphSettings(
            parameters: parameters,
            entryPoint: NodeID(try number("entry point", 8, in: 0...Int(UInt32.max))),
            pendingRemovals: try number("pending removals", 9, in: 0...rows),
            efFactor: max(1, try number("factor of ef", 10, in: 0...16)),
            efFactorRows: try number("rows of the factor", 11, in: 0...VectorStore.maximumCount),
            isOutdated: try number("outdated graphs", 12, in: 0...1) == 1,
            usualNearest: try Self.distance(values[13], path: path)
        )
    }

    private static func distance(_ value: UInt64, path: String) throws(MappedFileError) -> Float {
        guard let bits = UInt32(exactly: value), Float(bitPattern: bits) >= 0 else {
            throw damaged("settings", "distance \(value)", path: path)
        }
        return Float(bitPattern: bits)
    }

    /// The error of a section whose content no index has.
    static func damaged(_ section: String, _ found: String, path: String) -> MappedFileError {
        MappedFileError(
            .damagedSection, path: path, section: section,
            message: "Cannot read '\(path)': section '\(section)' has \(found), which no index has. Rebuild the file."
        )
    }
}

// A number in a file never changes its meaning.

extension Metric {
    fileprivate var fileNumber: UInt64 {
        switch self {
        case .innerProduct: 0
        case .cosine: 1
        case .squaredEuclidean: 2
        }
    }
}

extension VectorElements {
    fileprivate var fileNumber: UInt64 {
        switch self {
        case .float32: 0
        case .float16: 1
        case .int8: 2
        case .int8Only: 3
        }
    }
}
