import Akin
import PostgresClient

/// The changes that brought the schema `akin` to its present format, in their order. A change of format appends one and
/// alters none.
enum Migrations {
    /// A statement or several for each version, the first for version 1.
    static let all = [
        """
        create schema akin;
        create table akin.format (version int not null);
        insert into akin.format values (0);
        create table akin.current (one boolean primary key default true check (one), generation int not null,
            state bigint not null);
        set local search_path to akin;
        \(StoreFunctions.statements)
        """
    ]

    /// Brings the schema to the newest of some versions.
    ///
    /// - Parameters:
    ///   - connection: A connection of somebody who may make schemas, and who holds the library's lock.
    ///   - name: The database in messages.
    ///   - migrations: The changes; all by default.
    /// - Throws: `AkinError` with code `newerVersion`; `PostgresError`.
    static func run(_ connection: PostgresConnection, _ name: String, _ migrations: [String] = all) throws {
        let isThere = try connection.query("select to_regclass('akin.format') is not null").only().bool(0)
        let version = isThere ? try connection.query("select version from akin.format").only().int(0) : 0
        if isThere { try Catalog.check(version: version, name, known: migrations.count) }
        for sql in statements(migrations, from: version) { try connection.execute(sql) }
    }

    /// The changes from a version on, each a transaction.
    static func statements(_ migrations: [String] = all, from version: Int = 0) -> [String] {
        migrations.enumerated().dropFirst(version).map { place, sql in
            """
            begin;
            \(sql)
            update akin.format set version = \(place + 1);
            commit;
            """
        }
    }
}
