import MappedFiles
import VectorKernels

/// The file of an index: a `SectionedFile` of the kind `hnsw`. Each section is a column in the form that it has in
/// memory.
///
/// ```
/// settings     14 × u64     as IndexSettings draws them
/// frame        … × u32      the center of the codes, as FrameSection draws it
/// keys         n × u64      the key of each row
/// keyTable     2^t × u32    a hash table from key to row, FF… in unused slots
/// tombstones   n/64 × u64   a bit for each row, set if its vector was removed
/// floats       n × s × f32  the vectors (float32, int8), rows padded to a multiple of 64 bytes
/// halves       n × s × f16  the vectors (float16)
/// codes        n × s × u8   the vectors' codes (int8), and for each vector
/// factors      n × 2 × f32    the step between two codes, and the offset of distances
/// residuals    n × f32        the length of the difference between centered vector and codes
/// norms        n × f32        the length of the centered vector
/// levels       n × u8       the level of each node; this and the next four only with a graph
/// base         n × 2m × u32 the links of each node on level 0, then FF…
/// upperStarts  n × u32      the first block of each node above level 0
/// upper        b × m × u32  a block for each node and level above 0
/// twins        n × u32      the chains of duplicates; absent if there are none
/// certificate  … × u64      the measured recall, as CertificateSection draws it; absent if not measured
/// ```
///
/// `SectionedFile` draws the rest of the file. Opening maps the file and reads `settings`, `tombstones` and
/// `certificate`. A search or a lookup reads everything else where it needs it, and compares it with its bounds there.
struct IndexFile {
    /// The version of the sections' meaning.
    ///
    /// Version 1 has neither `frame` nor `factors`, but `scales`: its codes start from the origin.
    static let version: UInt32 = 2
    static let readVersions: ClosedRange<UInt32> = 1...2
    static let kind = FileKind("hnsw")

    /// The sections that a walk reads all over.
    private static let scattered = ["floats", "halves", "codes", "factors", "levels", "base", "upperStarts", "upper"]

    private let settings: IndexSettings
    let file: SectionedFile

    /// Maps a file.
    ///
    /// - Throws: ``HNSWError`` with the code `cannotOpen`, `newerVersion`, `olderVersion` or `damagedFile`.
    init(opening path: String) throws(HNSWError) {
        do throws(MappedFileError) {
            try self.init(try SectionedFile(path: path, kind: Self.kind, versions: Self.readVersions))
        } catch {
            throw HNSWError(reading: error)
        }
    }

    /// Copies the bytes of a file.
    ///
    /// - Throws: ``HNSWError`` with the code `cannotOpen`, `newerVersion`, `olderVersion` or `damagedFile`.
    init(copying bytes: Span<UInt8>) throws(HNSWError) {
        do throws(MappedFileError) {
            try self.init(try Self.file(copying: bytes))
        } catch {
            throw HNSWError(reading: error)
        }
    }

    /// A file in memory with a copy of the bytes.
    static func file(copying bytes: Span<UInt8>) throws(MappedFileError) -> SectionedFile {
        // SAFETY: bytes have no padding between them.
        let copy = MappedFile(name: "bytes in memory", copying: unsafe bytes.bytes)
        return try SectionedFile(copy, kind: kind, versions: readVersions)
    }

    private init(_ file: SectionedFile) throws(MappedFileError) {
        self.file = file
        let values = try file.array("settings", of: UInt64.self, count: IndexSettings.count, verified: true)
        settings = try IndexSettings(decoding: Array(values), path: file.path)
        for name in Self.scattered { file.expectScatteredReads(of: name) }
    }

    // MARK: - Reading

    /// The vectors and keys.
    ///
    /// - Throws: ``HNSWError`` with the code `damagedFile`.
    func store(kernels: KernelTable) throws(HNSWError) -> VectorStore {
        do throws(MappedFileError) {
            let rows = settings.rows
            var store = VectorStore(
                dimensions: settings.dimensions, metric: settings.metric, elements: settings.elements, kernels: kernels
            )
            store.keys = try column("keys", rows)
            store.tombstones = try column("tombstones", (rows + 63) / 64)
            switch settings.elements.exact {
            case .floats: store.floats = try column("floats", rows * store.floatLayout.stride)
            case .halves: store.halves = try column("halves", rows * store.primaryLayout.stride)
            case .codes: break
            }
            if file.has(FrameSection.name) {
                store.frame = try frame(of: store)
            } else {
                store.frame.knowsLargest = false
            }
            if settings.elements.isCoded {
                store.coded.codes = try column("codes", rows * store.primaryLayout.stride)
                store.coded.residuals = try column("residuals", rows)
                store.coded.norms = try column("norms", rows)
                if file.has(FrameSection.name) {
                    store.coded.factors = try column("factors", 2 * rows)
                } else {
                    store.frame.comparesCodes = true
                    store.coded.factors = factors(scales: try column("scales", rows), of: store)
                }
            }
            let slots: Column<UInt32> = try column("keyTable", nil)
            guard slots.count == 0 || slots.count & (slots.count - 1) == 0 else {
                throw damaged("keyTable", "a table of \(slots.count) slots")
            }
            store.keyTable = KeyTable(mapping: slots)
            store.liveCount = store.countLive()
            return store
        } catch {
            throw HNSWError(reading: error)
        }
    }

    /// The graph; `nil` if the file has none.
    ///
    /// - Throws: ``HNSWError`` with the code `damagedFile`.
    func graph() throws(HNSWError) -> Graph? {
        guard let graph = settings.graph else { return nil }
        do throws(MappedFileError) {
            let rows = settings.rows
            var result = Graph(parameters: graph.parameters)
            result.levels = try column("levels", rows)
            result.base = try column("base", rows * result.m0)
            result.upperStarts = try column("upperStarts", rows)
            result.upper = try column("upper", nil)
            if file.has("twins") {
                result.duplicates = try column("twins", rows)
                result.hasSoundChains = false
            }
            result.entryPoint = graph.entryPoint
            result.pendingRemovals = graph.pendingRemovals
            result.efFactor = graph.efFactor
            result.efFactorRows = graph.efFactorRows
            result.usualNearest = graph.usualNearest
            result.isOutdated = graph.isOutdated
            return result
        } catch {
            throw HNSWError(reading: error)
        }
    }

    /// The factors of codes that start from the origin.
    private func factors(scales: Column<Float>, of store: VectorStore) -> Column<Float> {
        var factors = Column<Float>(capacity: 2 * scales.count)
        for row in 0..<scales.count {
            factors.append(repeating: scales[row])
            factors.append(repeating: store.frame.rows.offset(ofLength: store.coded.norms[row]))
        }
        return factors
    }

    private func column<Element: BitwiseCopyable & Sendable>(
        _ name: String, _ count: Int?
    ) throws(MappedFileError) -> Column<Element> {
        Column(mapping: try file.array(name, of: Element.self, count: count))
    }

    private func damaged(_ section: String, _ found: String) -> MappedFileError {
        IndexSettings.damaged(section, found, path: file.path)
    }

    // MARK: - Writing

    /// Writes an index, completely or not at all.
    ///
    /// - Throws: ``HNSWError`` with the code `cannotWrite`.
    static func write(
        _ store: VectorStore, graph: Graph?, certificate: [UInt64]?, to path: String
    ) throws(HNSWError) {
        do throws(MappedFileError) {
            var writer = try SectionedFileWriter(path: path, kind: kind, version: version)
            try write(store, graph: graph, certificate: certificate, to: &writer)
            try writer.commit()
        } catch {
            throw HNSWError(.cannotWrite, error.message, cause: error)
        }
    }

    /// The bytes that a file of the index has.
    static func bytes(_ store: VectorStore, graph: Graph?, certificate: [UInt64]?) -> [UInt8] {
        var writer = SectionedFileWriter(inMemory: kind, version: version)
        do throws(MappedFileError) {
            try write(store, graph: graph, certificate: certificate, to: &writer)
        } catch {
            preconditionFailure("Writing to memory cannot fail: \(error.message)")
        }
        return writer.bytes()
    }

    private static func write(
        _ store: VectorStore, graph: Graph?, certificate: [UInt64]?, to writer: inout SectionedFileWriter
    ) throws(MappedFileError) {
        try writer.add("settings", IndexSettings(store, graph).encoded)
        try writer.add(FrameSection.name, FrameSection(store.frame).encoded)
        try writer.add("keys", store.keys)
        try writer.add("keyTable", store.keyTable.slots)
        try writer.add("tombstones", store.tombstones)
        switch store.elements.exact {
        case .floats: try writer.add("floats", store.floats)
        case .halves: try writer.add("halves", store.halves)
        case .codes: break
        }
        if store.elements.isCoded {
            try writer.add("codes", store.coded.codes)
            try writer.add("factors", store.coded.factors)
            try writer.add("residuals", store.coded.residuals)
            try writer.add("norms", store.coded.norms)
        }
        if let graph {
            try writer.add("levels", graph.levels)
            try writer.add("base", graph.base)
            try writer.add("upperStarts", graph.upperStarts)
            try writer.add("upper", graph.upper)
            if graph.duplicates.count > 0 { try writer.add("twins", graph.duplicates) }
        }
        if let certificate { try writer.add(CertificateSection.name, certificate) }
    }
}

extension SectionedFileWriter {
    /// Writes a column as a section.
    fileprivate mutating func add<Element>(_ name: String, _ column: Column<Element>) throws(MappedFileError) {
        begin(name, elementSize: MemoryLayout<Element>.stride)
        try column.withSpan { span throws(MappedFileError) in try append(span) }
        end()
    }
}

extension HNSWError {
    /// Creates the error of a file that cannot be read.
    init(reading error: MappedFileError) {
        let code: Code =
            switch error.code {
            case .cannotOpen, .notThisKind: .cannotOpen
            case .newerVersion: .newerVersion
            case .olderVersion: .olderVersion
            default: .damagedFile
            }
        self.init(code, error.message, cause: error)
    }
}
