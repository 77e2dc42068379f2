import Foundation
import GRDB

/// Makes small databases of Zotero's form.
struct ZoteroData {
    let folder: String
    let queue: DatabaseQueue

    static let schema = """
        CREATE TABLE libraries (libraryID INTEGER PRIMARY KEY, type TEXT);
        CREATE TABLE groups (groupID INTEGER PRIMARY KEY, libraryID INT, name TEXT);
        CREATE TABLE itemTypes (itemTypeID INTEGER PRIMARY KEY, typeName TEXT);
        CREATE TABLE itemTypesCombined (itemTypeID INTEGER PRIMARY KEY, typeName TEXT, display INT, custom INT);
        CREATE TABLE items (itemID INTEGER PRIMARY KEY, itemTypeID INT, libraryID INT, key TEXT);
        CREATE TABLE fields (fieldID INTEGER PRIMARY KEY, fieldName TEXT);
        CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value);
        CREATE TABLE itemData (itemID INT, fieldID INT, valueID INT);
        CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT);
        CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
        CREATE TABLE itemCreators (itemID INT, creatorID INT, creatorTypeID INT, orderIndex INT);
        CREATE TABLE collections (collectionID INTEGER PRIMARY KEY, collectionName TEXT, parentCollectionID INT,
            libraryID INT);
        CREATE TABLE collectionItems (collectionID INT, itemID INT, orderIndex INT);
        CREATE TABLE tags (tagID INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE itemTags (itemID INT, tagID INT, type INT);
        CREATE TABLE itemNotes (itemID INTEGER PRIMARY KEY, parentItemID INT, note TEXT, title TEXT);
        CREATE TABLE itemAttachments (itemID INTEGER PRIMARY KEY, parentItemID INT, linkMode INT, path TEXT);
        CREATE TABLE itemAnnotations (itemID INTEGER PRIMARY KEY, parentItemID INT, text TEXT, comment TEXT,
            pageLabel TEXT, sortIndex TEXT);
        CREATE TABLE deletedItems (itemID INTEGER PRIMARY KEY, dateDeleted);
        INSERT INTO libraries VALUES (1, 'user'), (2, 'group'), (3, 'feed');
        INSERT INTO groups VALUES (4711, 2, 'Reading Group');
        INSERT INTO itemTypesCombined VALUES (1, 'note', 1, 0), (2, 'attachment', 1, 0), (3, 'annotation', 1, 0),
            (4, 'journalArticle', 1, 0), (5, 'conferencePaper', 1, 0), (6, 'thesis', 1, 0), (7, 'preprint', 1, 0);
        INSERT INTO creatorTypes VALUES (1, 'author'), (2, 'editor');
        """

    init(in folder: String, name: String = "zotero.sqlite") throws {
        self.folder = folder
        queue = try DatabaseQueue(path: "\(folder)/\(name)")
        try queue.write { try $0.execute(sql: ZoteroData.schema) }
    }

    func run(_ sql: String, _ arguments: StatementArguments = []) throws {
        try queue.write { try $0.execute(sql: sql, arguments: arguments) }
    }

    /// Adds an item with fields.
    func add(_ id: Int, type: Int, library: Int = 1, key: String, _ fields: KeyValuePairs<String, String> = [:]) throws
    {
        try run("INSERT INTO items VALUES (?, ?, ?, ?)", [id, type, library, key])
        for (name, value) in fields {
            try run(
                "INSERT INTO fields (fieldName) SELECT ? WHERE NOT EXISTS (SELECT * FROM fields WHERE fieldName = ?)",
                [name, name])
            try run("INSERT INTO itemDataValues (value) VALUES (?)", [value])
            try run(
                """
                INSERT INTO itemData SELECT ?, fieldID, (SELECT max(valueID) FROM itemDataValues) FROM fields
                WHERE fieldName = ?
                """, [id, name])
        }
    }
}
