import GRDB
import Papers

/// The tables of a store, as a list of migrations. A change of format appends a migration and changes none.
///
///     papers         a row for each paper: key, id, texts, and a checksum of the row; lists are JSON, and `details`
///     has
///                    what most papers do not have, as a JSON object
///     identifiers    every id and alternate id -> key, and the fingerprint of the last record with that id
///     lookups        what searches and filters compare, small enough to be scanned: the normalized title, its hash,
///                    the hash of its part before the first colon, first author, year, venue, categories, authors
///     labels         what else papers are filtered by: (name, value, key), such as ('tag', 'to read', 17)
///     sources        where papers were read: name -> its state when it was read, the ids of its records, those of the
///                    records that it had before and no longer has, and a checksum of the row
///     additions      key -> the second since 1970 at which the paper was added, and a checksum
///     changes        what the last changes stored, and how many papers they took away or altered, with a checksum
///     former_rows    (change, number) -> such a paper, or the notes of a source, as they were, as JSON, and a checksum
///     tags           nothing: tags are among the details. Without it, tables would begin elsewhere in the file
///     saved_searches
///     spaces         name -> the encoder, its version, the number of dimensions and a checksum of the row, of each
///                    space whose vectors were given
///     vectors        (paper, space) -> the vector that was given for the paper, and a checksum of the row
///     settings       name -> text; `generation` is the number of the generation in force, and `lostPapers` a JSON list
///     of
///                    the ids of papers that a repair lost and has not named
///
/// `identifiers` has the canonical spelling of each strong identifier too. It, `lookups` and `labels` can be rebuilt
/// from `papers`. Only the fingerprints are lost, which does no harm.
enum StoreSchema {
    /// The format that this build writes: the file's `user_version`. Format 2 added given vectors,
    /// format 3 the details of papers, format 4 the journal of changes, and text fields among the details, format 5 an
    /// index of the papers with notes, format 6 vectors as codes.
    static let version = 6

    /// The formats that this build reads.
    private static let readVersions = 1...version

    /// The mark of a paper store ("Akin"): the file's `application_id`.
    static let applicationID = 0x416B_696E

    /// The migrations.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: papers") { database in
            try database.execute(
                sql: """
                    PRAGMA application_id = \(applicationID);
                    PRAGMA user_version = 1;

                    CREATE TABLE papers (
                        key INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL,
                        title TEXT NOT NULL,
                        abstract TEXT NOT NULL,
                        authors TEXT NOT NULL,
                        year INTEGER,
                        venue TEXT,
                        categories TEXT NOT NULL,
                        keywords TEXT NOT NULL,
                        url TEXT,
                        alternate_ids TEXT NOT NULL,
                        checksum INTEGER NOT NULL
                    ) STRICT;

                    CREATE TABLE identifiers (
                        id TEXT PRIMARY KEY,
                        paper INTEGER NOT NULL,
                        fingerprint INTEGER
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE lookups (
                        key INTEGER PRIMARY KEY,
                        title TEXT NOT NULL,
                        title_hash INTEGER NOT NULL,
                        short_title_hash INTEGER,
                        first_author TEXT NOT NULL,
                        year INTEGER,
                        venue TEXT NOT NULL,
                        categories TEXT NOT NULL,
                        authors TEXT NOT NULL
                    ) STRICT;
                    CREATE INDEX lookups_by_title ON lookups (title_hash, first_author);
                    CREATE INDEX lookups_by_short_title ON lookups (short_title_hash)
                        WHERE short_title_hash IS NOT NULL;

                    CREATE TABLE tags (
                        name TEXT NOT NULL,
                        paper INTEGER NOT NULL,
                        PRIMARY KEY (name, paper)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX tags_by_paper ON tags (paper);

                    CREATE TABLE saved_searches (
                        name TEXT PRIMARY KEY,
                        search TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE settings (
                        name TEXT PRIMARY KEY,
                        value TEXT NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("2: one spelling of identifiers") { database in
            try identifyCanonically(database)
        }
        migrator.registerMigration("3: given vectors") { database in
            try database.execute(
                sql: """
                    PRAGMA user_version = 2;

                    CREATE TABLE spaces (
                        name TEXT PRIMARY KEY,
                        encoder TEXT NOT NULL,
                        version TEXT NOT NULL,
                        dimensions INTEGER NOT NULL,
                        checksum INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE vectors (
                        number INTEGER PRIMARY KEY,
                        paper INTEGER NOT NULL,
                        space TEXT NOT NULL,
                        components BLOB NOT NULL,
                        checksum INTEGER NOT NULL
                    ) STRICT;
                    CREATE UNIQUE INDEX vectors_by_paper ON vectors (paper, space);
                    """)
        }
        migrator.registerMigration("4: details") { database in
            try database.execute(
                sql: """
                    PRAGMA user_version = 3;

                    ALTER TABLE papers ADD COLUMN details TEXT;

                    CREATE TABLE labels (
                        name TEXT NOT NULL,
                        value TEXT NOT NULL,
                        paper INTEGER NOT NULL,
                        PRIMARY KEY (name, value, paper)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX labels_by_paper ON labels (paper);

                    CREATE TABLE sources (
                        name TEXT PRIMARY KEY,
                        state TEXT NOT NULL,
                        records TEXT NOT NULL,
                        missing TEXT NOT NULL,
                        checksum INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("5: changes") { database in
            try database.execute(
                sql: """
                    PRAGMA user_version = 4;

                    CREATE TABLE additions (
                        paper INTEGER PRIMARY KEY,
                        time INTEGER NOT NULL,
                        checksum INTEGER NOT NULL
                    ) STRICT;

                    CREATE TABLE changes (
                        number INTEGER PRIMARY KEY,
                        time TEXT NOT NULL,
                        kind TEXT NOT NULL,
                        stored TEXT NOT NULL,
                        former TEXT NOT NULL,
                        rows TEXT NOT NULL,
                        checksum INTEGER NOT NULL
                    ) STRICT;

                    CREATE TABLE former_rows (
                        change INTEGER NOT NULL,
                        number INTEGER NOT NULL,
                        content TEXT NOT NULL,
                        checksum INTEGER NOT NULL,
                        PRIMARY KEY (change, number)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("6: papers with notes") { database in
            try database.execute(
                sql: """
                    PRAGMA user_version = 5;

                    CREATE INDEX papers_with_notes ON papers (key) WHERE \(PaperStore.Detail.notes.isThere);
                    """)
        }
        // Earlier builds take vectors that are kept as codes for damaged ones.
        migrator.registerMigration("7: vectors as codes") { database in
            try database.execute(sql: "PRAGMA user_version = 6;")
        }
        return migrator
    }

    /// Makes the canonical spelling of each paper's strong identifiers lead to it.
    private static func identifyCanonically(_ database: Database) throws {
        let papers = try Row.fetchCursor(database, sql: "SELECT key, id, alternate_ids FROM papers ORDER BY key")
        let insertion = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO identifiers (id, paper) VALUES (?, ?)")
        while let paper = try papers.next() {
            let others = paper.text(2).flatMap(texts(ofJSONList:)) ?? []
            for id in idsLeading(to: paper.text(1) ?? "", others).dropFirst(1 + others.count) {
                try insertion.execute(arguments: [id, paper.integer(0)])
            }
        }
    }

    /// Whether a file has the tables and indexes of a store, made by the statements of this build, as far as its
    /// migrations went.
    static func isComplete(in database: Database) -> Bool {
        guard let found = try? entries(of: database), let place = own.firstIndex(of: found) else { return false }
        // The list of applied migrations decides what the next writer changes.
        let applied = try? String.fetchSet(database, sql: "SELECT identifier FROM grdb_migrations")
        // A migration may alter no table, so that several places have the same tables.
        return (place..<own.count).contains { own[$0] == found && applied == Set(migrator.migrations.prefix($0 + 1)) }
    }

    /// The entries of an empty store after each migration.
    private static let own: [Set<[String?]>] = migrator.migrations.compactMap { last in
        guard let empty = try? DatabaseQueue(), (try? migrator.migrate(empty, upTo: last)) != nil else { return nil }
        return try? empty.read(entries)
    }

    private static func entries(of database: Database) throws -> Set<[String?]> {
        let rows = try Row.fetchAll(database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_master")
        return Set(rows.map { row in (0..<4).map { row.text($0) } })
    }

    /// Checks that a file is a paper store of this build's format.
    ///
    /// - Throws: `PaperStoreError`: `notAPaperStore`, `unfinished`, `olderVersion`, `newerVersion`.
    static func check(_ database: Database, path: String) throws {
        try refuseForeign(database, path: path)
        let found = try pragma("user_version", database)
        if found == 0 {
            throw PaperStoreError(
                .unfinished, path: path,
                message: "Cannot open the papers in '\(path)': it was begun and never held a paper.")
        }
        if found < readVersions.lowerBound {
            throw PaperStoreError(
                .olderVersion, path: path,
                message:
                    "Cannot open the papers in '\(path)': format version \(found), this build reads \(readVersions). "
                    + "Any change of the library brings it up to date.")
        }
    }

    /// Checks that a file is a blank database, or a paper store of a format that this build knows.
    ///
    /// - Throws: `PaperStoreError`: `notAPaperStore`, `newerVersion`.
    static func refuseForeign(_ database: Database, path: String) throws {
        let mark = try pragma("application_id", database)
        let found = try pragma("user_version", database)
        let isBlank = try mark == 0 && found == 0 && !database.tableExists("papers")
        guard mark == applicationID && readVersions.contains(found) || isBlank || !isStore(database) else {
            throw PaperStoreError(
                .damaged, path: path,
                message: "Cannot open the papers in '\(path)': its header is damaged.")
        }
        guard mark == applicationID || isBlank else {
            throw PaperStoreError(
                .notAPaperStore, path: path,
                message: "Cannot open the papers in '\(path)': it is a database of something else. Give another path.")
        }
        guard found <= version else {
            throw PaperStoreError(
                .newerVersion, path: path,
                message: "Cannot open the papers in '\(path)': format version \(found), this build reads "
                    + "\(readVersions). Update Akin.")
        }
    }

    /// Whether a file is a store of this build by its tables, whatever its header says.
    private static func isStore(_ database: Database) -> Bool {
        let known = Set(migrator.migrations)
        let applied = try? String.fetchSet(database, sql: "SELECT identifier FROM grdb_migrations")
        return isComplete(in: database) && applied.map { $0.isSubset(of: known) } ?? false
    }

    private static func pragma(_ name: String, _ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA \(name)") ?? 0
    }
}
