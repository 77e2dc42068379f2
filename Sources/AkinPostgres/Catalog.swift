import Akin
import PostgresClient

/// The schema `akin`: which generation of the library is in force, and what all generations share.
///
///     akin.format         the version of all schemas
///     akin.current        the number of the generation in force, in one row
///     akin.instr, glob, … the functions that the store's queries call
///     akin_g7             generation 7, a schema of its own
enum Catalog {
    static let schema = "akin"

    /// The format of the schemas that this build writes and reads.
    static let version = 1

    /// The number of the generation in force.
    ///
    /// - Throws: `AkinError`: `noLibrary`; `newerVersion`.
    static func generationInForce(_ connection: PostgresConnection, _ name: String) throws -> Int {
        let row: PostgresRow?
        do {
            row = try connection.query("select generation, (select version from akin.format) from akin.current").first
        } catch let error as PostgresError where error.code == .undefinedObject {
            throw AkinError(.noLibrary, "There is no library in \(name).", remedy: .publishLibrary)
        }
        guard let row else { throw AkinError(.noLibrary, "There is no library in \(name).", remedy: .publishLibrary) }
        let version = try row.int(1)
        guard version <= Self.version else {
            throw AkinError(
                .newerVersion,
                "Cannot read the library in \(name): its format is \(version), and this build reads \(Self.version).",
                remedy: .useNewerVersion)
        }
        return try row.int(0)
    }

    /// Makes a generation's schema the first that names are looked for in, until the transaction or the connection ends.
    /// Behind it come the functions, and the schema of pgvector.
    static func enter(_ number: Int, forTransaction isLocal: Bool = true) -> PostgresStatement {
        PostgresStatement(
            """
            select set_config('search_path', $1 || coalesce(
                (select ', ' || quote_ident(nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
                    where extname = 'vector'), ''), $2)
            """,
            [.text("\(PublishedGeneration.schema(number)), \(schema)"), .bool(isLocal)])
    }

    /// Makes the schema where it is missing.
    static func create(_ connection: PostgresConnection) throws {
        let isThere = try connection.query("select to_regnamespace($1) is not null", [.text(schema)]).only().bool(0)
        if isThere { return }
        try connection.execute(
            """
            begin;
            create schema akin;
            create table akin.format (version int not null);
            insert into akin.format values (\(version));
            create table akin.current (one boolean primary key default true check (one), generation int not null);
            set local search_path to akin;
            \(StoreFunctions.statements)
            commit;
            """)
    }
}
