import CChecksum
package import Papers

/// When papers were added: the table `additions`, a row for each paper with the seconds since 1970 and a checksum. A
/// paper of an earlier format has none.
enum Addition {
    /// The CRC-32C of the key and the time, as eight bytes each with the lowest first.
    static func checksum(of key: PaperKey, _ time: Int64) -> Int64 {
        let bytes = [key.rawValue, UInt64(bitPattern: time)].flatMap { number in
            (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        // SAFETY: the call gets a pointer to as many bytes as it is told, which is valid during the call.
        return Int64(unsafe bytes.withUnsafeBytes { unsafe akin_crc32c(0, $0.baseAddress, $0.count) })
    }

    /// The key and the time in a row of `paper, time, checksum`; `nil` if the row is damaged.
    static func read(_ row: any StoreRow) -> (key: PaperKey, time: Int64)? {
        guard let key = PaperKey(rowID: row.integer(0)), let time = row.integer(1),
            row.integer(2) == checksum(of: key, time)
        else { return nil }
        return (key, time)
    }
}

extension PaperStore.Reader {
    /// The keys of papers that were added at a time or later, ascending. Those whose time is not known are left out.
    ///
    /// - Parameter time: Seconds since 1970.
    /// - Returns: The keys.
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: A scan of the times.
    package func keys(addedSince time: Int) throws(PaperStoreError) -> [PaperKey] {
        guard keepsChanges else { return [] }
        return try keys("SELECT paper FROM additions WHERE time >= ? ORDER BY paper", [time])
    }

    /// When a paper was added, in seconds since 1970; `nil` if that is not known.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func timeAdded(of key: PaperKey) throws(PaperStoreError) -> Int? {
        guard keepsChanges else { return nil }
        return try map("SELECT paper, time, checksum FROM additions WHERE paper = ?", [key.rowID]) {
            Addition.read($0).map { Int($0.time) }
        }.first
    }

    /// When the last paper was added, in seconds since 1970; `nil` if that is not known of any.
    ///
    /// - Returns: The time.
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: A scan of the times.
    package func lastAddition() throws(PaperStoreError) -> Int? {
        guard keepsChanges else { return nil }
        return try map("SELECT paper, time, checksum FROM additions ORDER BY time DESC LIMIT 1") {
            Addition.read($0).map { Int($0.time) }
        }.first
    }

    /// How many rows of the times are damaged or of no paper.
    func damagedAdditionCount() throws(PaperStoreError) -> Int {
        guard keepsChanges else { return 0 }
        let stray =
            try map(
                "SELECT count(*) FROM additions WHERE NOT EXISTS (SELECT 1 FROM papers WHERE key = additions.paper)"
            ) {
                $0.integer(0).map(Int.init)
            }.first ?? 0
        var damaged = 0
        try stream("SELECT paper, time, checksum FROM additions") { if Addition.read($0) == nil { damaged += 1 } }
        return stray + damaged
    }
}

extension PaperStore.Writer {
    /// Notes when a paper was added.
    ///
    /// - Throws: `PaperStoreError`.
    func setTimeAdded(_ time: Int64, of key: PaperKey) throws(PaperStoreError) {
        try put(
            into: "additions", "paper, time, checksum", [key.rowID, time, Addition.checksum(of: key, time)])
    }

    /// Gives a paper the earliest time of those that it replaces.
    ///
    /// - Throws: `PaperStoreError`.
    func moveTimeAdded(of replaced: [PaperKey], to key: PaperKey) throws(PaperStoreError) {
        var earliest: Int64?
        for old in replaced {
            if let time = try timeAdded(of: old).map(Int64.init) { earliest = min(earliest ?? time, time) }
            try run("DELETE FROM additions WHERE paper = ?", [old.rowID])
        }
        if let earliest { try setTimeAdded(earliest, of: key) }
    }

    /// Forgets the times that are damaged or of no paper.
    ///
    /// - Throws: `PaperStoreError`.
    func repairAdditions() throws(PaperStoreError) {
        guard try damagedAdditionCount() > 0 else { return }
        let stored = Set(try keys("SELECT key FROM papers"))
        let sound = try map("SELECT paper, time, checksum FROM additions") { Addition.read($0) }
        try run("DELETE FROM additions", [])
        for (key, time) in sound where stored.contains(key) { try setTimeAdded(time, of: key) }
    }
}
