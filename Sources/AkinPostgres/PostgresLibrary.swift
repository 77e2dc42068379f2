package import Akin
import Foundation
import LatentSemantics
import MappedFiles
package import PaperStore
import ParallelLoops
package import PostgresClient
import Synchronization
import TextAnalysis

/// A library that was published to a database of PostgreSQL.
///
/// Each question runs in one transaction that sees one moment. It reads the number of the generation in force and stays
/// within the schema of that generation, so that it never sees parts of two. A generation that is replaced and removed
/// between these two steps makes the question begin again.
package final class PostgresLibrary: LibraryServer {
    package let address: PostgresAddress
    private let pool: PostgresPool
    /// The folder for the models of libraries.
    private let cache: String
    private let opened = LockedValue<[PublishedGeneration]>([])

    /// Opens the library in a database. Nothing is asked yet.
    ///
    /// - Parameters:
    ///   - address: Where the database is.
    ///   - cache: A folder for the models of libraries, which are read from there. It is made if it is missing.
    ///   - connectionLimit: The most connections, and so the most questions at a time.
    ///   - notice: Is told in a sentence when a question is asked again because a connection was lost.
    /// - Throws: `PostgresError`.
    package init(
        _ address: PostgresAddress, cache: String, connectionLimit: Int = 8,
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        self.address = address
        self.cache = cache
        pool = try PostgresPool(
            address, size: connectionLimit,
            onRetry: { _ in notice("The connection to \(address) was lost, and the question is asked again.") })
    }

    package var name: String { "\(address)" }

    /// The name where messages put it in quotation marks.
    private var storeName: String { name.replacing("'", with: "") }

    package func readPapers<Result>(_ body: (_ papers: PaperStore.Reader) throws -> Result) throws -> Result {
        try inTransaction { session, moment in try body(reader(session, moment)) }
    }

    package func read<Result>(
        _ body: (_ papers: PaperStore.Reader, _ indexed: IndexedPapers?) throws -> Result
    ) throws -> Result {
        try inTransaction { session, moment in
            let papers = try reader(session, moment)
            guard let collection = moment.collection else { return try body(papers, nil) }
            let generation = try generation(moment.state, session)
            let index = PostgresIndex(generation, collection, in: session)
            return try body(
                papers, IndexedPapers(index: index, manifest: generation.manifest, analyzer: generation.analyzer))
        }
    }

    package func readAll<Result>(_ body: (_ content: ServerContent) throws -> Result) throws -> Result {
        try inTransaction(isRepeatable: false, opening: [Self.withoutTimeout]) { session, moment in
            let manifest = try moment.collection.map { _ in try self.manifest(PublishedFacts(session)) }
            return try body(
                ServerContent(papers: reader(session, moment), manifest: manifest) { [name] file in
                    try PublishedFacts.bytes(of: file, session, name)
                })
        }
    }

    package func check() throws -> IntegrityReport {
        try akinErrors {
            try pool.withConnection(retryingReads: true) { connection in
                try Catalog.check(connection, name)
                return try connection.transaction(
                    .readOnly, isolation: .repeatableRead, opening: [Catalog.opening[0], Self.withoutTimeout]
                ) { answers in
                    let state = try PublishedState(answers[0].only())
                    let session = Session(connection, generation: state.generation)
                    var check = IntegrityCheck(
                        session, name,
                        papers: try PaperStore.Reader(
                            StoreInPostgres(session: session), path: storeName, generation: state.generation))
                    do {
                        return try check.result()
                    } catch {
                        throw session.failure ?? error
                    }
                }
            }
        }
    }

    package func change(
        waiting: Waiting, progress: @escaping @Sendable (AddProgress) -> Bool,
        _ edit: (PaperStore.Writer) throws -> LibraryChange
    ) throws {
        try akinErrors {
            // Whoever waits keeps no connection from others.
            try waiting.forTurn(ofLibrary: name) {
                try pool.withConnection { connection in
                    guard try !connection.query("select pg_is_in_recovery()").only().bool(0) else {
                        throw AkinError(
                            .cannotWrite,
                            "Cannot change the library in \(name): the server is a standby, which only reads.")
                    }
                    return try connection.transaction(.readWrite) {
                        guard try ChangeLock.take(connection) else { return false }
                        try Catalog.check(connection, name)
                        let moment = try PublishedMoment(connection.pipeline(Catalog.opening), name)
                        try change(connection, moment, progress, edit)
                        return true
                    }
                }
            }
        }
    }

    private func change(
        _ connection: PostgresConnection, _ moment: PublishedMoment,
        _ progress: @escaping @Sendable (AddProgress) -> Bool,
        _ edit: (PaperStore.Writer) throws -> LibraryChange
    ) throws {
        let session = Session(connection, generation: moment.state.generation)
        do {
            let papers = try PaperStore.Writer(
                StoreInPostgres(session: session), path: storeName, generation: moment.state.generation)
            let change = try edit(papers)
            if !change.isEmpty {
                guard let collection = moment.collection else { throw AkinError(needsFolder: name) }
                var update = IndexUpdate(
                    of: try generation(moment.state, session), collection, in: session, papers, progress: progress)
                try update.apply(change)
            }
            try papers.noteLastKey()
            try session.query(Catalog.noteChange)
        } catch {
            throw session.failure ?? error
        }
    }

    private func reader(_ session: Session, _ moment: PublishedMoment) throws -> PaperStore.Reader {
        try PaperStore.Reader(
            StoreInPostgres(session: session), path: storeName, generation: moment.state.generation)
    }

    package func stateTag() throws -> String {
        try akinErrors {
            try pool.withConnection(retryingReads: true) { connection in
                let row = try connection.query("select generation, state from akin.current").only()
                return try "\(PublishedState(row))"
            }
        }
    }

    package func byteCount() throws -> Int {
        try inTransaction { session, moment in
            try session.query(
                """
                select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = $1 and c.relkind in ('r', 'm')
                """, [.text(PublishedGeneration.schema(moment.state.generation))]
            ).only().int(0)
        }
    }
}

// MARK: - Transactions

extension PostgresLibrary {
    /// Lifts the time limit of a reader's statements, for what reads all rows.
    private static let withoutTimeout = PostgresStatement("set local statement_timeout = 0")

    /// Calls `body` in a transaction that reads the generation in force.
    ///
    /// - Parameters:
    ///   - isRepeatable: Whether `body` may be called again, if the connection is lost.
    ///   - further: What the transaction begins with besides.
    ///   - body: What is done.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; `AkinError`.
    private func inTransaction<Result>(
        isRepeatable: Bool = true, opening further: [PostgresStatement] = [],
        _ body: (_ session: Session, _ moment: PublishedMoment) throws -> Result
    ) throws -> Result {
        try akinErrors {
            do {
                return try attempt(isRepeatable, further, body)
            } catch let error as PostgresError where error.code == .undefinedObject {
                try pool.withConnection { try Catalog.check($0, name) }
                // The generation was replaced and removed meanwhile.
                return try attempt(isRepeatable, further, body)
            }
        }
    }

    private func attempt<Result>(
        _ isRepeatable: Bool, _ further: [PostgresStatement],
        _ body: (_ session: Session, _ moment: PublishedMoment) throws -> Result
    ) throws -> Result {
        try pool.withConnection(retryingReads: isRepeatable) { connection in
            try connection.transaction(
                .readOnly, isolation: .repeatableRead, opening: Catalog.opening + further
            ) { answers in
                let moment = try PublishedMoment(answers, name)
                let session = Session(connection, generation: moment.state.generation)
                do {
                    return try body(session, moment)
                } catch {
                    throw session.failure ?? error
                }
            }
        }
    }
}

/// Runs `body`; an error of the server becomes the engine's.
private func akinErrors<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as PostgresError {
        throw AkinError(error)
    }
}

// MARK: - Generations

extension PostgresLibrary {
    /// The generation of a state, opened before or now.
    private func generation(_ state: PublishedState, _ session: Session) throws -> PublishedGeneration {
        if let known = opened.withLock({ $0.first { $0.state == state } }) { return known }
        let facts = try PublishedFacts(session)
        let manifest = try self.manifest(facts)
        let file = manifest.lsa?.model
        // A change keeps the model.
        let known = opened.withLock { opened in opened.first { $0.manifest.lsa?.model == file }?.model }
        let generation = PublishedGeneration(
            state: state, manifest: manifest, model: try known ?? file.map { try model($0, session) },
            analyzer: try Analyzer(manifest.analyzer), removed: try Self.removedKeys(session),
            certificates: facts.certificates)
        opened.withLock { opened in opened = [generation] + opened.prefix(1) }
        return generation
    }

    private static func removedKeys(_ session: Session) throws -> Set<UInt64> {
        Set(try session.query("select key from removed").map { UInt64(bitPattern: try $0.int64(0)) })
    }

    private func manifest(_ facts: PublishedFacts) throws -> Manifest {
        guard let manifest = facts.manifest else {
            throw AkinError(
                .damaged, "Cannot use the library in \(name): its manifest is missing or damaged.",
                remedy: .publishLibrary)
        }
        return manifest
    }

    /// A model, from the cache or else from the database.
    private func model(_ file: FileIdentity, _ session: Session) throws -> LatentSemanticModel {
        let path = "\(cache)/\(String(file.checksum, radix: 16))-\(file.byteCount).lsa"
        if let model = try? LatentSemanticModel(mapping: path),
            (try? FileIdentity(ofFileAt: path))?.checksum == file.checksum
        {
            return model
        }
        let bytes = try PublishedFacts.bytes(of: file, session, name)
        try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
        // SAFETY: bytes have no padding between them.
        try AtomicFile.write(unsafe bytes.span.bytes, to: path)
        try LatentSemanticModel.verify(fileAt: path)
        return try LatentSemanticModel(mapping: path)
    }
}
