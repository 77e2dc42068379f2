import GRDB
package import Papers

extension PaperStore {
    /// The papers as they are at one moment; see ``PaperStore/read(_:)``.
    package class Reader {
        /// The number of the generation in force; 0 before the first.
        package internal(set) var generation: Int

        let database: Database
        let path: String

        init(_ database: Database, path: String) throws {
            self.database = database
            self.path = path
            let text = try String.fetchOne(
                try database.cachedStatement(sql: "SELECT value FROM settings WHERE name = 'generation'"))
            guard let number = text.map({ Int($0) }) ?? 0, (0...Int(Int32.max)).contains(number) else {
                throw PaperStoreError(
                    .damaged, path: path,
                    message:
                        "Cannot read '\(path)': the number of the generation in force is '\(text ?? "")'. Rebuild the "
                        + "library with `akin doctor --repair`.")
            }
            generation = number
        }

        // MARK: - Statements

        /// Runs a query that is prepared once for each connection.
        func rows(_ sql: String, _ arguments: StatementArguments = []) throws(PaperStoreError) -> RowCursor {
            try storeError("read", path) {
                try Row.fetchCursor(try database.cachedStatement(sql: sql), arguments: arguments)
            }
        }

        /// The keys that a query gives.
        func keys(_ sql: String, _ arguments: StatementArguments = []) throws(PaperStoreError) -> [PaperKey] {
            try storeError("read", path) {
                var keys: [PaperKey] = []
                let numbers = try Int64.fetchCursor(try database.cachedStatement(sql: sql), arguments: arguments)
                while let number = try numbers.next() {
                    if let key = PaperKey(rowID: number) { keys.append(key) }
                }
                return keys
            }
        }

        /// The rows of a query, each made something else.
        func map<Result>(
            _ sql: String, _ arguments: StatementArguments = [], _ transform: (Row) throws -> Result?
        ) throws(PaperStoreError) -> [Result] {
            try storeError("read", path) {
                var results: [Result] = []
                let rows = try rows(sql, arguments)
                while let row = try rows.next() {
                    if let result = try transform(row) { results.append(result) }
                }
                return results
            }
        }
    }
}

// MARK: - Papers by key

extension PaperStore.Reader {
    private static let selectPaper = "SELECT key, \(StoredPaper.columns), checksum FROM papers"

    /// The number of papers.
    ///
    /// - Complexity: O(*n*) over the smallest index, 2 ms at 157,000 papers.
    package func paperCount() throws(PaperStoreError) -> Int {
        try map("SELECT count(*) FROM lookups") { $0.integer(0).map(Int.init) }.first ?? 0
    }

    /// The keys of all papers, ascending.
    package func keys() throws(PaperStoreError) -> [PaperKey] {
        try keys("SELECT key FROM lookups ORDER BY key")
    }

    /// The paper under a key, or `nil` where there is none.
    ///
    /// - Throws: `PaperStoreError`: `damagedPaper` where the stored content does not match its checksum.
    package func paper(forKey key: PaperKey) throws(PaperStoreError) -> Paper? {
        try papers("\(Self.selectPaper) WHERE key = ?", [key.rowID]).first?.paper
    }

    /// The papers under some keys, in their order.
    ///
    /// - Throws: `PaperStoreError`: `noSuchKey` where a key names no paper, `damagedPaper`.
    /// - Complexity: About 10 microseconds a paper.
    package func papers(forKeys keys: some Sequence<PaperKey>) throws(PaperStoreError) -> [Paper] {
        var papers: [Paper] = []
        for key in keys {
            guard let paper = try paper(forKey: key) else { throw noSuchKey(key) }
            papers.append(paper)
        }
        return papers
    }

    /// The ids of the papers under some keys, in their order.
    ///
    /// - Throws: `PaperStoreError`: `noSuchKey` where a key names no paper.
    /// - Complexity: About a microsecond a paper.
    package func ids(forKeys keys: some Sequence<PaperKey>) throws(PaperStoreError) -> [String] {
        try storeError("read", path) {
            let statement = try database.cachedStatement(sql: "SELECT id FROM papers WHERE key = ?")
            return try keys.map { key in
                guard let id = try String.fetchOne(statement, arguments: [key.rowID]) else {
                    throw noSuchKey(key)
                }
                return id
            }
        }
    }

    /// Papers in the order in which they were stored.
    ///
    /// - Parameters:
    ///   - key: The papers after this key; 0 begins at the first.
    ///   - limit: The most papers to give.
    /// - Returns: The papers with their keys, ascending.
    /// - Throws: `PaperStoreError`: `damagedPaper`.
    package func papers(
        after key: PaperKey = PaperKey(0), limit: Int
    ) throws(PaperStoreError) -> [(key: PaperKey, paper: Paper)] {
        try papers(
            "\(Self.selectPaper) WHERE key > ? ORDER BY key LIMIT ?", [key.rowID, max(0, limit)])
    }

    /// Calls `body` with all papers, a few hundred at a time, in the order in which they were stored.
    ///
    /// - Throws: What `body` throws; `PaperStoreError`: `damagedPaper`.
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
        _ sql: String, _ arguments: StatementArguments
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
            message: "Cannot read paper \(key.rawValue) in '\(path)': there is none. Run `akin doctor --repair` if an "
                + "index names it.")
    }

    private func damaged(_ row: Row) -> PaperStoreError {
        PaperStoreError(
            .damagedPaper, path: path,
            message: "Cannot read paper '\(row.text(1) ?? "?")' (key \(row.integer(0) ?? 0)) in '\(path)': its content "
                + "does not match its checksum. Run `akin doctor --repair`, and add the paper anew.")
    }
}

// MARK: - Settings

extension PaperStore.Reader {
    /// The text under a name among the library's settings, or `nil` where there is none.
    package func setting(_ name: String) throws(PaperStoreError) -> String? {
        try map("SELECT value FROM settings WHERE name = ?", [name]) { $0.text(0) }.first
    }
}
