import Papers

extension PaperStore {
    /// A source that papers were read from, as a row of the table `sources`.
    package struct ReadSource: Hashable, Sendable {
        /// The name of the source, such as the path of a file.
        package var name: String
        /// What it was like when it was read. Only who reads the source understands the text.
        package var state: String
        /// The ids of its records, each once, in their order.
        package var records: [String]
        /// The ids of records that it had before and no longer has.
        package var missing: [String]

        /// Creates a source.
        package init(name: String, state: String, records: [String], missing: [String] = []) {
            (self.name, self.state, self.records, self.missing) = (name, state, records, missing)
        }

        static let columns = "name, state, records, missing, checksum"

        /// The columns but for the checksum, which is the CRC-32C of their UTF-8, each with a byte FF behind it.
        var texts: [String] { [name, state, jsonList(records), jsonList(missing)] }

        var checksum: Int64 { checksumOfTexts(texts) }

        /// The source in a row of ``columns``; `nil` if the row is damaged.
        init?(in row: any StoreRow) {
            guard let name = row.text(0), let state = row.text(1),
                let records = row.text(2).flatMap(Papers.texts(ofJSONList:)),
                let missing = row.text(3).flatMap(Papers.texts(ofJSONList:))
            else { return nil }
            self.init(name: name, state: state, records: records, missing: missing)
            if row.integer(4) != checksum { return nil }
        }
    }
}

extension PaperStore.Reader {
    /// The sources that papers were read from, by their names. A store of an earlier format has none. A damaged row is
    /// left out.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func sources() throws(PaperStoreError) -> [PaperStore.ReadSource] {
        guard hasDetails else { return [] }
        return try map("SELECT \(PaperStore.ReadSource.columns) FROM sources ORDER BY name") {
            PaperStore.ReadSource(in: $0)
        }
    }

    /// How many rows of the list of sources are damaged.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func damagedSourceCount() throws(PaperStoreError) -> Int {
        guard hasDetails else { return 0 }
        return Int(try map("SELECT count(*) FROM sources") { $0.integer(0) }.first ?? 0) - (try sources().count)
    }
}

extension PaperStore.Writer {
    /// Enters a source, or replaces what is said of it.
    ///
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    package func setSource(_ source: PaperStore.ReadSource) throws(PaperStoreError) {
        try noteFormerSource(source.name)
        try put(
            into: "sources", PaperStore.ReadSource.columns, StoreArguments(source.texts) + [source.checksum])
    }

    /// Forgets a source. Its papers stay.
    ///
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    package func removeSource(_ name: String) throws(PaperStoreError) {
        try noteFormerSource(name)
        try run("DELETE FROM sources WHERE name = ?", [name])
    }

    /// Forgets the sources whose rows are damaged.
    ///
    /// - Throws: `PaperStoreError`: `noSpace`, `damaged`, `failed`.
    func repairSources() throws(PaperStoreError) {
        guard try damagedSourceCount() > 0 else { return }
        let sound = try sources()
        try run("DELETE FROM sources", [])
        for source in sound { try setSource(source) }
    }
}
