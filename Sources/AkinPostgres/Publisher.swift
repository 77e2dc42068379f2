package import Akin
import Foundation
import HNSW
import LexicalIndex
import PaperStore
import Papers
import PostgresClient
import Ranking
import SystemCalls

/// Publishes a library on disk to a database.
///
/// 1. A new schema is made and filled by binary copies. Questions meanwhile go to the generation in force.
/// 2. Indexes are built, and statistics gathered.
/// 3. One short transaction puts the new generation in force. Those before the last two are removed.
///
/// A break at any step leaves the generation in force as it was. The next publishing removes what it left.
package struct Publisher {
    /// What was published.
    package struct Report: Sendable {
        package var generation: Int
        package var paperCount: Int
        package var termCount: Int
    }

    private let connection: PostgresConnection
    private let createsRoles: Bool
    private let progress: (AddProgress) -> Bool

    /// Connects to a database.
    ///
    /// - Parameters:
    ///   - address: The database.
    ///   - createsRoles: Whether to make the roles that share the library; see ``Roles``.
    ///   - progress: Called from time to time. It returns whether to go on.
    /// - Throws: `AkinError`: `invalidArgument` for an address that cannot be read; `serverFailed`.
    package init(
        to address: String, createsRoles: Bool = false, progress: @escaping (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) {
        do {
            connection = try PostgresConnection(to: PostgresAddress(address))
        } catch let error as PostgresError {
            throw AkinError(error)
        } catch {
            throw AkinError(translating: error)
        }
        self.createsRoles = createsRoles
        self.progress = progress
    }

    /// What an administrator runs before the first publishing, if who publishes may not: the extension, the schema that
    /// all generations share, and the roles if they are wanted.
    package static func administration(createsRoles: Bool) -> String {
        (["create extension if not exists vector;"] + Migrations.statements() + (createsRoles ? [Roles.creation] : []))
            .joined(separator: "\n\n") + "\n"
    }

    /// Where it publishes to, without a password.
    package var name: String { "\(connection.address)" }

    /// Publishes a library.
    ///
    /// - Returns: What was published.
    /// - Throws: `AkinError`: `serverFailed`, `locked`, `noSpace`, `cancelled`, and what reading the library throws.
    package func publish(_ library: Library) throws(AkinError) -> Report {
        do {
            return try publishing(library)
        } catch let error as PostgresError {
            throw AkinError(error)
        } catch {
            throw AkinError(translating: error)
        }
    }

    private func publishing(_ library: Library) throws -> Report {
        try prepareExtension()
        try ChangeLock.takeForSession(connection, name)
        defer { ChangeLock.giveBack(connection) }
        try Migrations.run(connection, name)
        if createsRoles, try !Roles.shareLibrary(connection) { try connection.execute(Roles.creation) }
        try Roles.becomeOwner(connection)
        return try library.read { papers, generation in
            guard papers.isOfPresentFormat else {
                throw AkinError(
                    .olderVersion, "Cannot publish '\(library.path)': it was written by an older version.",
                    remedy: .addPapers)
            }
            let number = try nextNumber()
            try connection.query("create schema \(PublishedGeneration.schema(number))")
            do {
                try connection.pipeline([Catalog.enter(number)])
                let report = try fill(number, papers, generation)
                if try Roles.shareLibrary(connection) {
                    try connection.execute(Roles.grants(onSchema: PublishedGeneration.schema(number)))
                }
                try switchTo(number)
                removeGenerations(before: number - 1)
                return report
            } catch {
                // The answer to the switch may be what was lost.
                let isInForce = (try? connection.query("select generation from akin.current").first?.int(0)) == number
                if !isInForce {
                    _ = try? connection.execute("drop schema if exists \(PublishedGeneration.schema(number)) cascade")
                }
                throw error
            }
        }
    }

    /// Makes the extension pgvector, and checks its version.
    private func prepareExtension() throws {
        let version = try connection.query("select extversion from pg_extension where extname = 'vector'").first
        if version == nil {
            do {
                try connection.execute("create extension vector")
            } catch let error as PostgresError {
                throw AkinError(
                    .serverFailed,
                    "Cannot publish to \(connection.address): it lacks the extension pgvector, and making it failed: "
                        + "\(error.report?.message ?? error.message). Ask an administrator to run: "
                        + "create extension vector",
                    cause: error)
            }
        }
        let found = try connection.query("select extversion from pg_extension where extname = 'vector'").only().text(0)
        let parts = found.split(separator: ".").compactMap { Int($0) }
        guard parts.count >= 2, (parts[0], parts[1]) >= (0, 8) else {
            throw AkinError(
                .serverFailed,
                "Cannot publish to \(connection.address): its pgvector is \(found), and 0.8 is the oldest that "
                    + "works. Ask an administrator to run: alter extension vector update")
        }
    }

    /// A number that no schema has. What an interrupted publishing left is removed.
    private func nextNumber() throws -> Int {
        let current = try connection.query("select generation from akin.current").first?.int(0) ?? 0
        for number in try generations() where number > current {
            try connection.execute("drop schema \(PublishedGeneration.schema(number)) cascade")
        }
        return current + 1
    }

    /// The numbers of the schemas of generations.
    private func generations() throws -> [Int] {
        try connection.query("select nspname::text from pg_namespace where nspname ~ '^akin_g[0-9]+$'").compactMap {
            row in
            Int((try row.text(0)).dropFirst("akin_g".count))
        }.sorted()
    }

    /// Puts a generation in force.
    private func switchTo(_ number: Int) throws {
        try connection.query(
            """
            insert into akin.current (generation, state)
            values ($1, (extract(epoch from clock_timestamp()) * 1e6)::bigint)
            on conflict (one) do update set generation = excluded.generation, state = excluded.state
            """, [.int4(Int32(number))])
    }

    /// Removes old generations. One that somebody keeps from going stays until the next publishing.
    private func removeGenerations(before number: Int) {
        for old in (try? generations()) ?? [] where old < number {
            _ = try? connection.execute("drop schema \(PublishedGeneration.schema(old)) cascade")
        }
    }
}

// MARK: - Progress

extension Publisher {
    /// Tells how far a step is, now and then.
    private func tell(_ stage: AddProgress.Stage, _ done: Int, of total: Int) throws {
        guard done % 1_000 == 0 else { return }
        try AddProgress(stage, papers: done, fraction: total > 0 ? Double(done) / Double(total) : nil).tell(progress)
    }
}

// MARK: - Filling a generation

extension Publisher {
    private func fill(
        _ number: Int, _ papers: PaperStore.Reader, _ generation: Generation?
    ) throws -> Report {
        let paperCount = try papers.paperCount()
        try copyStore(papers, paperCount: paperCount)
        try connection.execute(GenerationSchema.tables(dimensions: generation?.manifest.lsa?.dimensions ?? 0))
        var termCount = 0
        if let generation {
            let merged = MergedTerms(generation.segments)
            termCount = merged.terms.count
            try copyTerms(merged)
            try copyDocuments(merged, generation, paperCount: paperCount)
            try copyModel(generation)
            try connection.query(
                "insert into collection (units, terms, papers) values ($1, $2, $3)",
                [
                    .int8(Int64(merged.unitCount)), .int8(Int64(merged.totalLength)), .int8(Int64(merged.liveCount)),
                ])
            let collection = CollectionState(
                unitCount: merged.unitCount, totalLength: merged.totalLength, paperCount: merged.liveCount)
            try connection.pipeline([PublishedFacts.statement(PublishedFacts.counts, collection.text)])
        }
        try tell(.indexing, 0, of: paperCount)
        try buildIndexes(generation?.manifest, papers, paperCount: paperCount)
        return Report(generation: number, paperCount: paperCount, termCount: termCount)
    }

    /// Copies the tables of the store.
    private func copyStore(_ papers: PaperStore.Reader, paperCount: Int) throws {
        var done = 0
        for table in StoreTable.all {
            try connection.execute(GenerationSchema.statement(for: table))
            try connection.copy(into: PostgresName(table.name), columns: table.columns.map(\.name)) { writer in
                try papers.forEachRow(of: table) { row in
                    try writer.append(table.columns.indices.map { Self.value(row.value($0), table.columns[$0]) })
                    guard table.name == "papers" else { return }
                    done += 1
                    try tell(.reading, done, of: paperCount)
                }
            }
        }
    }

    /// Notes the last key that was given, which a database has nowhere else.
    private func noteLastKey(_ papers: PaperStore.Reader) throws {
        try connection.query(
            """
            insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value
            """, [.text(PaperStore.Reader.lastKeySetting), .text("\(papers.lastGivenKey())")])
    }

    private static func value(_ value: StoreValue, _ column: StoreTable.Column) -> PostgresValue {
        switch value {
        case .null: .null
        case .integer(let number): column.kind == .text ? .text(String(number)) : .int8(number)
        case .text(let text): .text(text)
        case .bytes(let bytes): .bytea(bytes)
        }
    }

    /// What the graph takes beside the vectors, for each paper. An index that outgrows the memory it is built in takes
    /// five times as long.
    private static let graphBytes = 1_000

    /// The memory that building an index may take on the server.
    private static let mostIndexMemory = 2 << 30

    private func copyTerms(_ merged: MergedTerms) throws {
        let total = merged.terms.count
        var hash: UInt64 = 0
        try connection.copy(into: "term", columns: ["id", "text", "df"]) { writer in
            for (id, term) in merged.terms.enumerated() {
                hash ^= PublishedFacts.hash(
                    ofTerm: term.text, UInt32(id), documentFrequency: Int(Int32(clamping: term.documentFrequency)))
                try writer.append(.int4(Int32(id)), .text(term.text), .int4(Int32(clamping: term.documentFrequency)))
            }
        }
        try connection.pipeline([PublishedFacts.statement(PublishedFacts.terms, "\(hash)")])
        try connection.copy(into: "posting", columns: ["term", "part", "last", "entries"]) { writer in
            for id in merged.terms.indices {
                let list = merged.postings(ofTerm: id)
                if list.count > 0 {
                    try writer.append(.int4(Int32(id)), .int4(0), .int8(Int64(list.lastKey)), .bytea(list.bytes))
                }
                try tell(.writing, id, of: total)
            }
        }
    }

    private func copyDocuments(_ merged: MergedTerms, _ generation: Generation, paperCount: Int) throws {
        var done = 0
        try connection.copy(into: "document", columns: ["key", "length", "sequence", "vec"]) { writer in
            for place in generation.segments.indices {
                let segment = generation.segments[place]
                for key in segment.liveKeys {
                    let vector = segment.vectors?.vector(for: key)
                    try writer.append(
                        .int8(Int64(bitPattern: key)), .int4(Int32(clamping: segment.lexical.length(of: key) ?? 0)),
                        .bytea(TermSequence.bytes(of: merged.terms(of: key, inSegment: place))),
                        vector.map { .halfvec($0) } ?? .null)
                    done += 1
                    try tell(.writing, done, of: paperCount)
                }
            }
        }
        for space in generation.manifest.givenSpaces {
            guard let name = SpaceName(rawValue: space.name) else { continue }
            let table = PublishedGeneration.vectorTable(of: name)
            try connection.execute(GenerationSchema.table(table, dimensions: space.dimensions))
            var done = 0
            try connection.copy(into: PostgresName(table), columns: ["key", "vec"]) { writer in
                for segment in generation.segments {
                    guard let vectors = segment.given[name] else { continue }
                    for key in vectors.keys.sorted() where !segment.removed.contains(key) {
                        guard let vector = vectors.vector(for: key) else { continue }
                        try writer.append(.int8(Int64(bitPattern: key)), .halfvec(vector))
                        done += 1
                        try tell(.encoding, done, of: paperCount)
                    }
                }
            }
        }
    }

    /// Copies the model and what it was told to start from, and what the generation was made with.
    private func copyModel(_ generation: Generation) throws {
        let (manifest, size) = (generation.manifest.ofOneSegment, 1 << 20)
        try connection.pipeline([PublishedFacts.statement(PublishedFacts.manifest, json: manifest)])
        for file in [manifest.lsa?.model, manifest.start].compactMap(\.self) {
            let data = try bytes(ofFileAt: generation.folder.path(of: file)).bytes
            try connection.copy(into: "file", columns: ["name", "chunk", "bytes"]) { writer in
                for (number, start) in stride(from: 0, to: data.count, by: size).enumerated() {
                    try writer.append(
                        .text(file.name), .int4(Int32(number)),
                        .bytea(Array(data[start..<min(data.count, start + size)])))
                }
            }
        }
    }

    private func buildIndexes(_ manifest: Manifest?, _ papers: PaperStore.Reader, paperCount: Int) throws {
        let dimensions = manifest?.spaces.map(\.dimensions).max() ?? 0
        let memory = min(Self.mostIndexMemory, 64 << 20 + paperCount * (2 * dimensions + Self.graphBytes))
        try connection.query(
            "select set_config('maintenance_work_mem', $1, false)", [.text("\(memory >> 10)kB")])
        for statement in GenerationSchema.indexes(manifest) { try connection.execute(statement) }
        try noteLastKey(papers)
        for space in manifest?.spaces ?? [] {
            guard let name = SpaceName(rawValue: space.name) else { continue }
            let certificate = try RecallCertificate(measuring: name) { try connection.query($0, $1) }
            let hash = try connection.query(
                PublishedFacts.vectorHash(of: PublishedGeneration.vectorTable(of: name))
            ).only().int64(0)
            try connection.pipeline([
                PublishedFacts.statement(PublishedFacts.recall(of: name), json: certificate),
                PublishedFacts.statement(PublishedFacts.vectors(of: name), "\(hash)"),
            ])
        }
        try connection.query(
            """
            insert into fact (name, value)
            select '\(PublishedFacts.indexes)', string_agg(c.relname, ' ' order by c.relname)
            from pg_index i join pg_class c on c.oid = i.indexrelid
            where c.relnamespace = current_schema()::regnamespace
            """)
    }
}
