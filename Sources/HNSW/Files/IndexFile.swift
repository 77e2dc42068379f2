import MappedFiles
import VectorKernels

/// The file of an index: sections of one ``SectionedFile`` of the kind `hnsw`, each a column as it lies in memory.
///
/// ```
/// settings     14 × u64     metric, elements, dimensions, rows, and of a graph m, efConstruction, seed, entry point, …
/// keys         n × u64      the key of each row
/// keyTable     2^t × u32    hash table from key to row, FF… in unused slots
/// tombstones   n/64 × u64   a bit for each row, set if its vector was removed
/// floats       n × s × f32  the vectors (float32, int8), rows padded to a multiple of 64 bytes
/// halves       n × s × f16  the vectors (float16)
/// codes        n × s × u8   the vectors' codes (int8), and for each vector
/// scales       n × f32        the value of a step
/// residuals    n × f32        the length of what the codes leave out
/// norms        n × f32        the length
/// levels       n × u8       of a graph only: the level of each node
/// base         n × 2m × u32 the links of each node on level 0, FF… behind the last
/// upperStarts  n × u32      the first block of each node above level 0
/// upper        b × m × u32  a block for each node and level above 0
/// twins        n × u32      rows with the same bits, chained; absent if there are none
/// certificate  … × u64      the measured recall, as CertificateSection draws it; absent if there is none
/// ```
///
/// The writer's own type draws what is around the sections. Opening maps the file and reads `settings` and `tombstones`;
/// all else is read where a search or a lookup needs it, and compared with its bounds there.
struct IndexFile {
    /// The version of what the sections mean.
    static let version: UInt32 = 1
    static let kind = FileKind("hnsw")

    let settings: IndexSettings
    let file: SectionedFile

    /// Whether the file holds a graph.
    var hasGraph: Bool { settings.parameters != nil }

    /// Maps a file.
    init(opening path: String) throws(HNSWError) {
        do throws(MappedFileError) {
            file = try SectionedFile(path: path, kind: Self.kind, versions: Self.version...Self.version)
            let values = try file.array("settings", of: UInt64.self, count: IndexSettings.count, verified: true)
            settings = try IndexSettings(decoding: Array(values), path: path)
        } catch {
            throw HNSWError(reading: error)
        }
    }

    // MARK: - Reading

    /// The vectors and keys.
    func store(kernels: KernelTable) throws(HNSWError) -> VectorStore {
        do throws(MappedFileError) {
            let rows = settings.rows
            var store = VectorStore(
                dimensions: settings.dimensions, metric: settings.metric, elements: settings.elements, kernels: kernels
            )
            store.keys = try column("keys", rows)
            store.tombstones = try column("tombstones", (rows + 63) / 64)
            if settings.elements == .float16 {
                store.halves = try column("halves", rows * store.primaryLayout.stride)
            } else {
                store.floats = try column("floats", rows * store.floatLayout.stride)
            }
            if settings.elements == .int8 {
                store.codes = try column("codes", rows * store.primaryLayout.stride)
                store.scales = try column("scales", rows)
                store.residuals = try column("residuals", rows)
                store.norms = try column("norms", rows)
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

    /// The graph, and how it was built.
    func graph() throws(HNSWError) -> (graph: Graph, parameters: HNSWParameters) {
        guard let parameters = settings.parameters else {
            throw HNSWError(
                .cannotOpen,
                "Cannot open '\(file.path)' as a graph: it holds a FlatIndex. Open it with openVectorIndex(mapping:)."
            )
        }
        do throws(MappedFileError) {
            let rows = settings.rows
            var graph = Graph(m: parameters.m, m0: parameters.m0)
            graph.levels = try column("levels", rows)
            graph.base = try column("base", rows * graph.m0)
            graph.upperStarts = try column("upperStarts", rows)
            graph.upper = try column("upper", nil)
            if file.has("twins") { graph.twins = try column("twins", rows) }
            graph.entryPoint = settings.entryPoint
            return (graph, parameters)
        } catch {
            throw HNSWError(reading: error)
        }
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

    /// Writes an index, whole or not at all.
    static func write(
        _ store: VectorStore, graph: Graph? = nil, settings: IndexSettings, certificate: [UInt64]? = nil,
        to path: String
    ) throws(HNSWError) {
        do throws(MappedFileError) {
            var writer = try SectionedFileWriter(path: path, kind: kind, version: version)
            try writer.add("settings", settings.encoded)
            try writer.add("keys", store.keys)
            try writer.add("keyTable", store.keyTable.slots)
            try writer.add("tombstones", store.tombstones)
            if store.elements == .float16 {
                try writer.add("halves", store.halves)
            } else {
                try writer.add("floats", store.floats)
            }
            if store.elements == .int8 {
                try writer.add("codes", store.codes)
                try writer.add("scales", store.scales)
                try writer.add("residuals", store.residuals)
                try writer.add("norms", store.norms)
            }
            if let graph {
                try writer.add("levels", graph.levels)
                try writer.add("base", graph.base)
                try writer.add("upperStarts", graph.upperStarts)
                try writer.add("upper", graph.upper)
                if graph.twins.count > 0 { try writer.add("twins", graph.twins) }
            }
            if let certificate { try writer.add(CertificateSection.name, certificate) }
            try writer.commit()
        } catch {
            throw HNSWError(.cannotWrite, error.message, cause: error)
        }
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
    /// The error of a file that cannot be read.
    init(reading error: MappedFileError) {
        let code: Code =
            switch error.code {
            case .cannotOpen, .notThisKind: .cannotOpen
            case .newerVersion: .newerVersion
            default: .damagedFile
            }
        self.init(code, error.message, cause: error)
    }
}
