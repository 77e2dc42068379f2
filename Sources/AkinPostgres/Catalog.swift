import Akin
import PostgresClient

/// The schema `akin`: which generation of the library is in force, and what all generations share.
///
///     akin.format         the version of all schemas
///     akin.current        one row: the number of the generation in force, and a number that each change makes larger
///     akin.instr, glob, … the functions that the store's queries call
///     akin_g7             generation 7, a schema of its own
enum Catalog {
    static let schema = "akin"

    /// The format of the schemas that this build writes and reads.
    static var version: Int { Migrations.all.count }

    /// The first statements of a transaction that asks the library. They enter the generation in force, and fail if
    /// there is none; ``check(_:_:)`` then tells why.
    static let opening = [
        PostgresStatement(
            """
            select generation, state, (select version from akin.format),
                set_config('search_path', 'akin_g' || generation || ', akin' || \(behindIt), true)
            from akin.current
            """),
        PostgresStatement("select units, terms, papers from collection"),
    ]

    /// Gives the library another state number.
    static let noteChange =
        "update akin.current set state = greatest(state + 1, (extract(epoch from clock_timestamp()) * 1e6)::bigint)"

    /// Checks that the database has a library that this build reads.
    ///
    /// - Throws: `AkinError`: `noLibrary`; `newerVersion`.
    static func check(_ connection: PostgresConnection, _ name: String) throws {
        do {
            if let row = try connection.query("select version from akin.format, akin.current").first {
                return try check(version: row.int(0), name)
            }
        } catch let error as PostgresError where error.code == .undefinedObject {}
        throw AkinError(.noLibrary, "There is no library in \(name).", remedy: .publishLibrary)
    }

    /// Checks the version of the schemas.
    ///
    /// - Throws: `AkinError` with code `newerVersion`.
    static func check(version: Int, _ name: String, known: Int = version) throws {
        guard version >= 1 else {
            throw AkinError(
                .damaged, "Cannot use the library in \(name): its format is \(version), which no build wrote.")
        }
        guard version <= known else {
            throw AkinError(
                .newerVersion,
                "Cannot use the library in \(name): its format is \(version), and this build knows \(known).",
                remedy: .useNewerVersion)
        }
    }

    /// What follows in the search path: the schema of pgvector.
    private static let behindIt = """
        coalesce((select ', ' || quote_ident(nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
            where extname = 'vector'), '')
        """

    /// Makes a generation's schema the first that names are looked for in, until the connection ends. Behind it come
    /// the functions, and the schema of pgvector.
    static func enter(_ number: Int) -> PostgresStatement {
        PostgresStatement(
            "select set_config('search_path', $1 || \(behindIt), false)",
            [.text("\(PublishedGeneration.schema(number)), \(schema)")])
    }
}
