package import Papers

extension PaperStore {
    /// The papers as they are at one moment; see ``PaperStore/read(_:)``.
    package class Reader {
        /// The number of the generation in force; 0 before the first.
        package internal(set) var generation: Int

        let connection: any StoreConnection
        /// The name of the store in messages: the path of its file.
        let path: String
        /// The path of the file that is read, the store's or that of a copy; `nil` if nobody but SQLite may open it
        /// now.
        let file: String?

        /// Which parts of the present format the store has.
        let features: StoreFeatures

        /// Reads by a connection.
        ///
        /// - Parameters:
        ///   - connection: The tables.
        ///   - path: The name of the store in messages.
        ///   - file: The path of the file that is read, if others may open it.
        ///   - generation: The generation in force, where it does not stand in the settings.
        /// - Throws: `PaperStoreError`; the error of the database.
        package init(
            _ connection: any StoreConnection, path: String, file: String? = nil, generation: Int? = nil
        ) throws {
            self.connection = connection
            self.path = path
            self.file = file
            features = try connection.features
            self.generation = try generation ?? Self.generationInForce(of: connection, path)
        }

        /// The number of the generation in force as the settings have it; 0 if they have none.
        private static func generationInForce(of connection: any StoreConnection, _ path: String) throws -> Int {
            var text: String?
            try connection.forEachRow("SELECT value FROM settings WHERE name = 'generation'", []) { row in
                text = row.text(0)
                return false
            }
            guard let number = text.map(Self.generation) ?? 0 else {
                throw PaperStoreError(
                    .damaged, path: path,
                    message:
                        "Cannot read '\(path)': the number of the generation in force is '\(text ?? "")'.")
            }
            return number
        }

        /// Whether the store has the details of papers: earlier formats do not.
        var hasDetails: Bool { features.hasDetails }

        /// Whether the store has a journal of changes and the times at which papers were added: earlier formats do not.
        var keepsChanges: Bool { features.keepsChanges }

        /// Whether an index leads to the papers with notes, so that each question can ask them: earlier formats have
        /// none.
        package var findsNotesFast: Bool { features.findsNotesFast }

        /// The columns of a paper that `StoredPaper` reads.
        var paperColumns: String { StoredPaper.columns(hasDetails: hasDetails) }

        /// The number of a generation as the settings have it; `nil` if the text is none.
        static func generation(_ text: String) -> Int? {
            Int(text).flatMap { (0...Int(Int32.max)).contains($0) ? $0 : nil }
        }

        // MARK: - Statements

        /// Calls `body` with each row of a query, until it returns `false`. Each connection prepares a statement once.
        ///
        /// - Throws: `PaperStoreError`.
        func forEachRow(
            _ sql: String, _ arguments: StoreArguments = [], _ body: (any StoreRow) throws -> Bool
        ) throws(PaperStoreError) {
            try storeError("read", path) { try connection.forEachRow(sql, arguments, body) }
        }

        /// Calls `body` with each row of a query that returns a large part of a table. It asks nothing else meanwhile.
        ///
        /// - Throws: `PaperStoreError`.
        func stream(_ sql: String, _ body: (any StoreRow) throws -> Void) throws(PaperStoreError) {
            try storeError("read", path) { try connection.stream(sql, body) }
        }

        /// The keys that a query returns.
        ///
        /// - Throws: `PaperStoreError`.
        func keys(_ sql: String, _ arguments: StoreArguments = []) throws(PaperStoreError) -> [PaperKey] {
            try map(sql, arguments) { PaperKey(rowID: $0.integer(0)) }
        }

        /// The transformed rows of a query; rows that become `nil` are left out.
        ///
        /// - Throws: `PaperStoreError`.
        func map<Result>(
            _ sql: String, _ arguments: StoreArguments = [], _ transform: (any StoreRow) throws -> Result?
        ) throws(PaperStoreError) -> [Result] {
            var results: [Result] = []
            try forEachRow(sql, arguments) { row in
                if let result = try transform(row) { results.append(result) }
                return true
            }
            return results
        }
    }
}

// MARK: - Papers by key

extension PaperStore.Reader {
    private var selectPaper: String { "SELECT \(paperColumns) FROM papers" }

    /// The number of papers.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: O(*n*) over the smallest index, 2 ms for 157,000 papers.
    package func paperCount() throws(PaperStoreError) -> Int {
        try map("SELECT count(*) FROM lookups") { $0.integer(0).map(Int.init) }.first ?? 0
    }

    /// The keys of all papers, ascending.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    /// - Complexity: O(*n*), some milliseconds for 157,000 papers.
    package func keys() throws(PaperStoreError) -> [PaperKey] {
        try keys("SELECT key FROM lookups ORDER BY key")
    }

    /// The paper of a key; `nil` if there is none.
    ///
    /// - Throws: `PaperStoreError`: `damagedPaper` if the stored content does not match its checksum; `damaged`,
    ///   `failed`.
    package func paper(forKey key: PaperKey) throws(PaperStoreError) -> Paper? {
        try papers("\(selectPaper) WHERE key = ?", [key.rowID]).first?.paper
    }

    /// The papers of some keys, in the order of the keys.
    ///
    /// - Throws: `PaperStoreError`: `noSuchKey` if a key names no paper, `damagedPaper`, `damaged`, `failed`.
    /// - Complexity: About 10 microseconds for each paper, and a statement for each 64 of them.
    package func papers(forKeys keys: some Sequence<PaperKey>) throws(PaperStoreError) -> [Paper] {
        let keys = Array(keys)
        var found: [PaperKey: Paper] = [:]
        try forEachBatch(of: keys) { marks, arguments throws(PaperStoreError) in
            for (key, paper) in try papers("\(selectPaper) WHERE key IN (\(marks))", arguments) { found[key] = paper }
        }
        return try keys.map { key throws(PaperStoreError) in
            guard let paper = found[key] else { throw noSuchKey(key) }
            return paper
        }
    }

    /// Calls `body` for some keys at a time, with as many question marks, separated by commas, and the keys as their
    /// values. Their number is a power of two, so that few statements are prepared; the first key fills it up.
    private func forEachBatch(
        of keys: [PaperKey], _ body: (_ marks: String, _ arguments: StoreArguments) throws(PaperStoreError) -> Void
    ) throws(PaperStoreError) {
        var rest = keys[...]
        while let first = rest.first {
            let batch = rest.prefix(Self.largestBatch)
            rest = rest.dropFirst(batch.count)
            let count = 1 << (Int.bitWidth - (batch.count - 1).leadingZeroBitCount)
            let padding = Array(repeating: first, count: count - batch.count)
            try body(
                Array(repeating: "?", count: count).joined(separator: ", "),
                StoreArguments((batch + padding).map(\.rowID)))
        }
    }

    /// The most papers that one statement reads.
    private static let largestBatch = 64

    /// The ids of the papers of some keys, in the order of the keys.
    ///
    /// - Throws: `PaperStoreError`: `noSuchKey` if a key names no paper, `damaged`, `failed`.
    /// - Complexity: About a microsecond for each paper.
    package func ids(forKeys keys: some Sequence<PaperKey>) throws(PaperStoreError) -> [String] {
        var ids: [PaperKey: String] = [:]
        let keys = Array(keys)
        try forEachBatch(of: keys) { marks, arguments throws(PaperStoreError) in
            try forEachRow("SELECT key, id FROM papers WHERE key IN (\(marks))", arguments) { row in
                if let key = PaperKey(rowID: row.integer(0)) { ids[key] = row.text(1) }
                return true
            }
        }
        return try keys.map { key throws(PaperStoreError) in
            guard let id = ids[key] else { throw noSuchKey(key) }
            return id
        }
    }

    /// What becomes of the titles and abstracts of papers, in the order of their keys.
    ///
    /// It is the fast way to read many texts. One statement reads a run of consecutive keys, and no paper is made of
    /// its row. The checksum of each row is compared all the same.
    ///
    /// - Parameters:
    ///   - keys: The keys of the papers, ascending.
    ///   - transform: Makes a value of the texts of a paper.
    /// - Returns: The values.
    /// - Throws: `PaperStoreError`: `noSuchKey` if a key names no paper, `damagedPaper` if the stored content does not
    ///   match its checksum; `damaged`, `failed`.
    /// - Precondition: The keys ascend.
    /// - Complexity: About 2 microseconds for each paper of a run.
    package func texts<Text>(
        forKeys keys: [PaperKey], _ transform: (PaperStore.SearchedTexts) -> Text
    ) throws(PaperStoreError) -> [Text] {
        let select = "\(selectPaper) WHERE key BETWEEN ? AND ? ORDER BY key"
        var texts: [Text] = []
        texts.reserveCapacity(keys.count)
        for run in Self.runs(keys) {
            let end = texts.count + Int(run.upperBound.rawValue - run.lowerBound.rawValue) + 1
            try forEachRow(select, [run.lowerBound.rowID, run.upperBound.rowID]) { row in
                let found = PaperKey(rowID: row.integer(0))
                let expected = keys[texts.count]
                guard found == expected else { throw noSuchKey(expected) }
                guard let found = StoredPaper.texts(in: row) else { throw damaged(row) }
                texts.append(transform(found))
                return true
            }
            guard texts.count == end else { throw noSuchKey(keys[texts.count]) }
        }
        return texts
    }

    /// The runs of consecutive keys that ascending keys are made of.
    private static func runs(_ keys: [PaperKey]) -> [ClosedRange<PaperKey>] {
        var runs: [ClosedRange<PaperKey>] = []
        guard var first = keys.first else { return [] }
        var last = first
        for key in keys.dropFirst() {
            precondition(key > last, "keys to read do not ascend: \(key.rawValue) after \(last.rawValue)")
            if key.rawValue != last.rawValue + 1 {
                runs.append(first...last)
                first = key
            }
            last = key
        }
        runs.append(first...last)
        return runs
    }

    /// Papers in the order in which they were stored.
    ///
    /// - Parameters:
    ///   - key: The papers after this key; 0 begins with the first paper.
    ///   - limit: The most papers to return.
    /// - Returns: The papers with their keys, ascending.
    /// - Throws: `PaperStoreError`: `damagedPaper`, `damaged`, `failed`.
    package func papers(
        after key: PaperKey = PaperKey(0), limit: Int
    ) throws(PaperStoreError) -> [(key: PaperKey, paper: Paper)] {
        try papers(
            "\(selectPaper) WHERE key > ? ORDER BY key LIMIT ?", [key.rowID, max(0, limit)])
    }

    /// Calls `body` with all papers, batch by batch, in the order in which they were stored.
    ///
    /// - Throws: What `body` throws; `PaperStoreError`: `damagedPaper`, `damaged`, `failed`.
    /// - Precondition: `count` is at least 1.
    package func forEachBatch(
        of count: Int = 512, _ body: (_ papers: [(key: PaperKey, paper: Paper)]) throws -> Void
    ) throws {
        precondition(count > 0, "a batch has at least one paper, not \(count)")
        var last = PaperKey(0)
        while true {
            let batch = try papers(after: last, limit: count)
            guard let final = batch.last else { return }
            try body(batch)
            last = final.key
        }
    }

    private func papers(
        _ sql: String, _ arguments: StoreArguments
    ) throws(PaperStoreError) -> [(key: PaperKey, paper: Paper)] {
        try map(sql, arguments) { row in
            guard let key = PaperKey(rowID: row.integer(0)), let paper = StoredPaper.paper(in: row) else {
                throw damaged(row)
            }
            return (key, paper)
        }
    }

    private func noSuchKey(_ key: PaperKey) -> PaperStoreError {
        PaperStoreError(
            .noSuchKey, path: path,
            message: "Cannot read paper \(key.rawValue) in '\(path)': there is none.")
    }

    private func damaged(_ row: any StoreRow) -> PaperStoreError {
        PaperStoreError(
            .damagedPaper, path: path,
            message: "Cannot read paper '\(row.text(1) ?? "?")' (key \(row.integer(0) ?? 0)) in '\(path)': its content "
                + "does not match its checksum.")
    }
}

// MARK: - Settings

extension PaperStore.Reader {
    /// The text under a name among the library's settings; `nil` if there is none.
    ///
    /// - Throws: `PaperStoreError`: `damaged`, `failed`.
    package func setting(_ name: String) throws(PaperStoreError) -> String? {
        try map("SELECT value FROM settings WHERE name = ?", [name]) { $0.text(0) }.first
    }
}
