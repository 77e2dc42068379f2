import CChecksum
package import Papers

extension PaperStore {
    /// A vector space whose vectors somebody gave, together with what made them.
    package struct GivenSpace: Hashable, Sendable {
        /// The name, unique within the library.
        package var name: String
        /// The name of the encoder.
        package var encoder: String
        /// Its version. Vectors of different versions do not compare.
        package var version: String
        /// The number of components of each vector.
        package var dimensions: Int

        /// The name that stands for an encoder that was lost by damage.
        package static let unknownEncoder = "unknown"

        package init(name: String, encoder: String, version: String, dimensions: Int) {
            self.name = name
            self.encoder = encoder
            self.version = version
            self.dimensions = dimensions
        }
    }
}

// MARK: - Given vectors

extension PaperStore.Reader {
    /// The spaces whose vectors were given, by their names. A store of an earlier build has none. A damaged row is left
    /// out.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func spaces() throws(PaperStoreError) -> [PaperStore.GivenSpace] {
        guard features.hasVectors else { return [] }
        return try map("SELECT \(PaperStore.GivenSpace.columns) FROM spaces ORDER BY name") {
            PaperStore.GivenSpace(in: $0)
        }
    }

    /// Makes sure that no row of the list of spaces is damaged.
    ///
    /// - Throws: `PaperStoreError` with code `damaged`.
    package func checkSpaces() throws(PaperStoreError) {
        guard features.hasVectors else { return }
        let count = try map("SELECT count(*) FROM spaces") { $0.integer(0) }.first ?? 0
        guard try spaces().count == count else {
            throw PaperStoreError(
                .damaged, path: path, message: "Cannot use '\(path)': its list of vector spaces is damaged.")
        }
    }

    /// How many papers have a vector in a space; without a name, the number of vectors in all spaces.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: O(*n*) for all vectors of the store.
    package func vectorCount(in space: String? = nil) throws(PaperStoreError) -> Int {
        guard features.hasVectors else { return 0 }
        return try map("SELECT count(*) FROM vectors WHERE space = coalesce(?, space)", [space]) {
            $0.integer(0).map(Int.init)
        }.first ?? 0
    }

    /// The papers without a vector in a space, ascending.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: O(*n* log *n*) for *n* papers.
    package func keys(withoutVectorIn space: String) throws(PaperStoreError) -> [PaperKey] {
        guard features.hasVectors else { return try keys() }
        return try keys(
            """
            SELECT key FROM lookups WHERE NOT EXISTS
            (SELECT 1 FROM vectors WHERE paper = key AND space = ?) ORDER BY key
            """, [space])
    }

    /// Those of some papers that are there and have no vector in a space.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func keys(
        withoutVectorIn space: String, among keys: some Sequence<PaperKey>
    ) throws(PaperStoreError) -> [PaperKey] {
        var missing: [PaperKey] = []
        for key in keys {
            let isThere = try !map("SELECT 1 FROM lookups WHERE key = ?", [key.rowID]) { $0.integer(0) }.isEmpty
            if isThere, try vectorRow(of: key, in: space) == nil { missing.append(key) }
        }
        return missing
    }

    /// Calls `body` with the vector of each paper that has one in a space, in the order of the keys.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, also for a vector that does not match its checksum; `failed`.
    /// - Complexity: About 10 microseconds for each paper.
    package func forEachVector(
        forKeys keys: some Sequence<PaperKey>, in space: String,
        _ body: (_ key: PaperKey, _ vector: StoredVector) -> Void
    ) throws(PaperStoreError) {
        guard features.hasVectors else { return }
        for key in keys {
            guard let (bytes, checksum) = try vectorRow(of: key, in: space) else { continue }
            guard let bytes, let vector = StoredVector(bytes, checksum, of: key, in: space) else {
                throw PaperStoreError(
                    .damaged, path: path,
                    message: "Cannot read '\(path)': a vector of the space '\(space)' is damaged.")
            }
            body(key, vector)
        }
    }

    /// The components and the checksum that a paper's vector is stored with; `nil` if it has none.
    func vectorRow(of key: PaperKey, in space: String) throws(PaperStoreError) -> (bytes: [UInt8]?, checksum: Int64?)? {
        let query = "SELECT components, checksum FROM vectors WHERE paper = ? AND space = ?"
        return try map(query, [key.rowID, space]) { ($0.bytes(0), $0.integer(1)) }.first
    }

    /// What a check finds in the tables of vectors.
    struct VectorExamination {
        /// The rows that do not match their checksums or their spaces, or belong to no paper, by their spaces.
        var damagedRows: [String: [Int64]] = [:]
        /// The dimensions of the sound vectors of each space, and how many have them.
        var dimensions: [String: [Int: Int]] = [:]
        /// The spaces that have vectors and no sound row.
        var lostSpaces: [String] = []
        /// Whether a space has a damaged row.
        var hasDamagedSpaces = false

        /// The dimensions that most vectors of a space have.
        func dimensions(of space: String) -> Int {
            dimensions[space]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        }
    }

    /// Compares every vector and every space with its checksum, and the spaces with their vectors.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: Reads every vector.
    func examineVectors() throws(PaperStoreError) -> VectorExamination {
        var examination = VectorExamination()
        guard features.hasVectors else { return examination }
        let spaces = Dictionary(try spaces().map { ($0.name, $0.dimensions) }) { first, _ in first }
        examination.hasDamagedSpaces = try map("SELECT count(*) FROM spaces") { $0.integer(0) } != [Int64(spaces.count)]
        try stream(
            """
            SELECT number, paper, space, components, vectors.checksum, lookups.key
            FROM vectors LEFT JOIN lookups ON lookups.key = vectors.paper ORDER BY number
            """
        ) { row in
            let space = row.text(2) ?? "?"
            let vector = PaperKey(rowID: row.integer(1)).flatMap { key in
                row.bytes(3).flatMap { StoredVector($0, row.integer(4), of: key, in: space) }
            }
            // A space whose row is damaged has the dimensions that most of its vectors have.
            if let vector, row.integer(5) != nil, spaces[space] ?? vector.dimensions == vector.dimensions {
                examination.dimensions[space, default: [:]][vector.dimensions, default: 0] += 1
            } else {
                examination.damagedRows[space, default: []].append(row.integer(0) ?? -1)
            }
        }
        examination.lostSpaces = examination.dimensions.keys.sorted().filter { spaces[$0] == nil }
        return examination
    }
}

extension PaperStore.GivenSpace {
    static let columns = "name, encoder, version, dimensions, checksum"

    /// The CRC-32C of the name, the encoder, the version and the dimensions in digits, each with a byte FF behind it.
    var checksum: Int64 {
        let bytes: [UInt8] = [name, encoder, version, String(dimensions)].flatMap { Array($0.utf8) + [0xFF] }
        // SAFETY: the call gets a pointer to as many bytes as it is told, which is valid during the call.
        return Int64(unsafe bytes.withUnsafeBytes { unsafe akin_crc32c(0, $0.baseAddress, $0.count) })
    }

    /// The space in a row of ``columns``; `nil` if the row is damaged.
    init?(in row: any StoreRow) {
        guard let name = row.text(0), let encoder = row.text(1), let version = row.text(2),
            let dimensions = row.integer(3).flatMap({ Int(exactly: $0) })
        else { return nil }
        self.init(name: name, encoder: encoder, version: version, dimensions: dimensions)
        if row.integer(4) != checksum { return nil }
    }
}
