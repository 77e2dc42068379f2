import Akin
import PaperStore
import Ranking

/// The tables of one generation.
///
/// Besides the store's own tables (`StoreTable`), of the same names and columns as in SQLite's file:
///
///     term        number, text, and how many papers have it, removed ones included; small numbers are frequent terms
///     posting     (term, part) -> the postings of a term as bytes; a part for each time that papers were added
///     document    key -> the number of terms, the terms in their order as bytes, the vector of the space `lsa`
///     space_x     key -> the vector of the space `x`, which was given
///     removed     the keys that postings still have although their papers were removed
///     collection  one row: the papers and terms that BM25 counts, and the papers that can be found
///     fact        name -> text: the manifest as JSON
///     file        (name, chunk) -> the bytes of the model's file
enum GenerationSchema {
    /// Makes a table of the store.
    static func statement(for table: StoreTable) -> String {
        let columns = table.columns.map { column in
            let type =
                switch column.kind {
                case .integer: "bigint"
                case .text: "text collate \"C\""
                case .bytes: "bytea"
                }
            return "\(column.name) \(type)\(column.isOptional ? "" : " not null")"
        }
        return "create table \(table.name) (\(columns.joined(separator: ", ")))"
    }

    /// Makes the tables of the index, with vectors of some dimensions in the space `lsa`; 0 if there is no such space.
    static func tables(dimensions: Int) -> String {
        """
        create table term (id int not null, text text collate "C" not null, df int not null);
        create table posting (term int not null, part int not null, entries bytea not null);
        alter table posting alter entries set storage external;
        create table document (key bigint not null, length int not null, sequence bytea not null,
            vec halfvec\(dimensions > 0 ? "(\(dimensions))" : "")) with (toast_tuple_target = 8160);
        alter table document alter sequence set storage main;
        create table removed (key bigint not null);
        create table collection (units bigint not null, terms bigint not null, papers bigint not null);
        create table fact (name text primary key, value text not null);
        create table file (name text not null, chunk int not null, bytes bytea not null);
        alter table file alter bytes set storage external;
        """
    }

    /// Makes the table of a space whose vectors were given.
    static func table(_ name: String, dimensions: Int) -> String {
        "create table \(name) (key bigint not null, vec halfvec(\(dimensions)) not null)"
    }

    /// Makes the indexes, a statement each, and gathers statistics.
    static func indexes(_ manifest: Manifest?) -> [String] {
        var statements = StoreTable.all.map { table in
            "alter table \(table.name) add primary key (\(table.primaryKey.joined(separator: ", ")))"
        }
        statements += [
            "create index on lookups (title_hash, first_author)",
            "create index on lookups (short_title_hash) where short_title_hash is not null",
            "create index on labels (paper)",
            "create index on identifiers (paper)",
            "create unique index on vectors (paper, space)",
            "create index on papers (key) where \(PaperStore.Detail.notes.isThere)",
            "alter table term add primary key (id)",
            "alter table term add unique (text)",
            "alter table posting add primary key (term, part)",
            "alter table document add primary key (key)",
            "alter table removed add primary key (key)",
            "alter table file add primary key (name, chunk)",
        ]
        if manifest?.lsa != nil { statements.append(vectorIndex(of: "document")) }
        for space in manifest?.givenSpaces ?? [] {
            guard let name = SpaceName(rawValue: space.name) else { continue }
            let table = PublishedGeneration.table(of: name)
            statements += ["alter table \(table) add primary key (key)", vectorIndex(of: table)]
        }
        return statements + (StoreTable.all.map(\.name) + ["term", "posting", "document"]).map { "analyze \($0)" }
    }

    /// Vectors are unit vectors, so that their inner product is the cosine.
    private static func vectorIndex(of table: String) -> String {
        "create index on \(table) using hnsw (vec halfvec_ip_ops) with (m = 16, ef_construction = 100)"
    }
}
