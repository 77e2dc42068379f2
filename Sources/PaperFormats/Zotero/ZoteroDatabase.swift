#if Store
import Foundation
import GRDB

/// What is read of Zotero's database.
///
/// | table | what is in it |
/// | --- | --- |
/// | `items` | papers, notes, files and annotations, each with a type and a library |
/// | `itemData`, `itemDataValues`, `fields` | the fields of an item |
/// | `itemCreators`, `creators`, `creatorTypes` | its people, in order |
/// | `collections`, `collectionItems` | its collections, which may be inside others |
/// | `itemTags`, `tags` | its tags: type 1 came with it, 0 is a person's |
/// | `itemNotes`, `itemAttachments`, `itemAnnotations` | what is attached to it |
/// | `libraries`, `groups` | the user's library, groups and feeds |
/// | `deletedItems`, `deletedCollections` | the trash |
final class ZoteroDatabase {
    private let copy: ZoteroCopy
    private let queue: DatabaseQueue
    private let path: String

    /// The folder of Zotero's data, where the files are.
    private let dataFolder: String

    private let tables: Set<String>
    private var collections: [Int64: String] = [:]
    private var groups: [Int64: Group] = [:]

    private struct Group {
        let number: String
        let name: String
    }

    init(_ file: PaperFile) throws(PaperFormatsError) {
        path = file.path
        let folder = URL(filePath: file.path).deletingLastPathComponent().path
        dataFolder = folder == "/" ? "" : folder
        copy = try ZoteroCopy(file)
        do {
            var configuration = Configuration()
            configuration.prepareDatabase { database in try database.execute(sql: "PRAGMA trusted_schema = OFF") }
            queue = try DatabaseQueue(path: copy.path, configuration: configuration)
            tables = try queue.read { database in
                Set(
                    try Row.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'").compactMap {
                        ZoteroRow($0).text(0)
                    })
            }
        } catch {
            throw ZoteroDatabase.damaged(path, error)
        }
        guard tables.isSuperset(of: ["items", "itemTypes", "itemData", "itemDataValues", "fields"]) else {
            throw PaperFormatsError(
                .unknownFormat, path: path,
                message: "Cannot read papers from '\(path)': it is an SQLite database, and not Zotero's",
                remedy: "Give the file 'zotero.sqlite', or the folder that it is in.")
        }
        // The tables have had their present columns since Zotero 5, of 2017.
        guard !tables.contains("creatorData") else {
            throw PaperFormatsError(
                .unknownFormat, path: path,
                message: "Cannot read papers from '\(path)': it is a database of Zotero 4 or older",
                remedy: "Start a newer Zotero once, which renews its database.")
        }
        try readGroups()
        try readCollections()
    }

    private static func damaged(_ path: String, _ error: any Error) -> PaperFormatsError {
        PaperFormatsError(
            .unreadable, path: path, message: "Cannot read papers from '\(path)': the database says: \(error)",
            remedy: "Start Zotero once, which checks its database, and try again.")
    }

    /// The rows of a query; none if one of the tables that it needs is missing.
    private func rows(
        _ sql: String, _ arguments: StatementArguments = [], needs: String...
    ) throws(PaperFormatsError) -> [ZoteroRow] {
        guard tables.isSuperset(of: needs) else { return [] }
        do {
            return try queue.read { database in
                try Row.fetchAll(database, sql: sql, arguments: arguments).map(ZoteroRow.init)
            }
        } catch {
            throw ZoteroDatabase.damaged(path, error)
        }
    }

    // MARK: - Libraries and collections

    private func readGroups() throws(PaperFormatsError) {
        for row in try rows("SELECT libraryID, groupID, name FROM groups", needs: "groups") {
            guard let library = row.number(0) else { continue }
            groups[library] = Group(number: row.text(1) ?? "", name: row.text(2) ?? "")
        }
    }

    /// How deep collections may be inside each other. A damaged database may have them in a circle.
    private static let maximumDepth = 100

    private func readCollections() throws(PaperFormatsError) {
        let trash =
            tables.contains("deletedCollections")
            ? "WHERE collectionID NOT IN (SELECT collectionID FROM deletedCollections)" : ""
        var named: [Int64: (name: String, parent: Int64?, library: Int64?)] = [:]
        let sql = "SELECT collectionID, collectionName, parentCollectionID, libraryID FROM collections \(trash)"
        for row in try rows(sql, needs: "collections") {
            guard let id = row.number(0) else { continue }
            named[id] = (row.text(1) ?? "", row.number(2), row.number(3))
        }
        for (id, collection) in named {
            var path = [collection.name]
            var parent = collection.parent
            while let id = parent, path.count < ZoteroDatabase.maximumDepth {
                // What is in a collection of the trash is in the trash as well.
                guard let next = named[id] else { break }
                path.append(next.name)
                parent = next.parent
            }
            let isInTrash = parent.map { named[$0] == nil } ?? false
            if isInTrash { continue }
            if let group = collection.library.flatMap({ groups[$0] }) { path.append(group.name) }
            collections[id] = path.reversed().joined(separator: "/")
        }
    }

    // MARK: - Items

    /// Which items are papers.
    private var condition: String {
        let trash = tables.contains("deletedItems") ? "AND itemID NOT IN (SELECT itemID FROM deletedItems)" : ""
        let feeds =
            tables.contains("libraries")
            ? "AND (libraryID IS NULL OR libraryID NOT IN (SELECT libraryID FROM libraries WHERE type = 'feed'))" : ""
        return "typeName NOT IN ('note', 'attachment', 'annotation') \(trash) \(feeds)"
    }

    private var types: String { tables.contains("itemTypesCombined") ? "itemTypesCombined" : "itemTypes" }
    private var fields: String { tables.contains("fieldsCombined") ? "fieldsCombined" : "fields" }

    /// The next papers, in the order of their numbers.
    func items(after last: Int64, count: Int) throws(PaperFormatsError) -> [ZoteroItem] {
        let found = try rows(
            """
            SELECT itemID, key, libraryID, typeName FROM items JOIN \(types) USING (itemTypeID)
            WHERE itemID > ? AND \(condition) ORDER BY itemID LIMIT ?
            """, [last, count])
        var items: [Int64: ZoteroItem] = [:]
        for row in found {
            guard let id = row.number(0) else { continue }
            var item = ZoteroItem(id: id, key: row.text(1) ?? "", type: row.text(3) ?? "")
            if let group = row.number(2).flatMap({ groups[$0] }) {
                item.group = group.number
                item.collections = [group.name]
            }
            items[id] = item
        }
        let ids = items.keys.sorted()
        guard let first = ids.first, let end = ids.last else { return [] }
        let range: StatementArguments = [first, end]
        for row in try rows(
            """
            SELECT itemID, fieldName, value FROM itemData JOIN itemDataValues USING (valueID) JOIN \(fields)
            USING (fieldID) WHERE itemID BETWEEN ? AND ? ORDER BY itemID, fieldID
            """, range)
        {
            guard let id = row.number(0), let field = row.text(1), let value = row.text(2) else { continue }
            items[id]?.fields.append((field, value))
        }
        for row in try rows(
            """
            SELECT itemID, creatorType, firstName, lastName, fieldMode FROM itemCreators JOIN creators USING (creatorID)
            JOIN creatorTypes USING (creatorTypeID) WHERE itemID BETWEEN ? AND ? ORDER BY itemID, orderIndex
            """, range, needs: "itemCreators", "creators", "creatorTypes")
        {
            guard let id = row.number(0) else { continue }
            let parts = [row.number(4) == 1 ? "" : row.text(2) ?? "", row.text(3) ?? ""]
            items[id]?.creators.append((row.text(1) ?? "author", parts.filter { !$0.isEmpty }.joined(separator: " ")))
        }
        for row in try rows(
            "SELECT itemID, name, type FROM itemTags JOIN tags USING (tagID) WHERE itemID BETWEEN ? AND ? ORDER BY itemID, tagID",
            range, needs: "itemTags", "tags")
        {
            guard let id = row.number(0), let name = row.text(1) else { continue }
            if row.number(2) == 1 { items[id]?.keywords.append(name) } else { items[id]?.tags.append(name) }
        }
        try addCollections(to: &items, range)
        try addAttached(to: &items, range)
        return ids.compactMap { items[$0] }
    }

    private func addCollections(
        to items: inout [Int64: ZoteroItem], _ range: StatementArguments
    ) throws(PaperFormatsError) {
        var named: [Int64: [String]] = [:]
        for row in try rows(
            "SELECT itemID, collectionID FROM collectionItems WHERE itemID BETWEEN ? AND ?", range,
            needs: "collectionItems")
        {
            guard let id = row.number(0), let name = row.number(1).flatMap({ collections[$0] }) else { continue }
            named[id, default: []].append(name)
        }
        for (id, names) in named { items[id]?.collections = names.sorted() }
    }

    /// Adds notes, files and annotations that are not in the trash.
    private func addAttached(
        to items: inout [Int64: ZoteroItem], _ range: StatementArguments
    ) throws(PaperFormatsError) {
        let trash = tables.contains("deletedItems") ? "AND itemID NOT IN (SELECT itemID FROM deletedItems)" : ""
        for row in try rows(
            "SELECT parentItemID, note FROM itemNotes WHERE parentItemID BETWEEN ? AND ? \(trash) ORDER BY itemID",
            range,
            needs: "itemNotes")
        {
            guard let id = row.number(0), let note = row.text(1) else { continue }
            items[id]?.notes.append(NoteInHTML.text(of: note))
        }
        for row in try rows(
            """
            SELECT parentItemID, path, key, linkMode FROM itemAttachments JOIN items USING (itemID)
            WHERE parentItemID BETWEEN ? AND ? \(trash) ORDER BY itemID
            """, range, needs: "itemAttachments")
        {
            guard let id = row.number(0), let path = row.text(1) else { continue }
            let key = row.text(2) ?? ""
            items[id]?.attachments.append(file(path, key: key))
            items[id]?.texts.append(ZoteroText(path: "\(dataFolder)/storage/\(key)/.zotero-ft-cache"))
        }
        for row in try rows(
            """
            SELECT a.parentItemID, n.text, n.comment, n.pageLabel FROM itemAnnotations n
            JOIN itemAttachments a ON n.parentItemID = a.itemID WHERE a.parentItemID BETWEEN ? AND ?
            \(trash.replacing("itemID NOT", with: "n.itemID NOT")) ORDER BY n.parentItemID, n.sortIndex
            """, range, needs: "itemAnnotations", "itemAttachments")
        {
            let text = row.text(1).map { "“\($0)”" } ?? ""
            let words = [text, row.text(2) ?? ""].filter { !$0.isEmpty }.joined(separator: "\n")
            guard let id = row.number(0), !words.isEmpty else { continue }
            let page = row.text(3).map { $0.isEmpty ? "" : " (p. \($0))" } ?? ""
            items[id]?.notes.append(words + page)
        }
    }

    /// The path of a file: `storage:paper.pdf` lies in a folder of Zotero's with the key of the file.
    private func file(_ path: String, key: String) -> String {
        let mark = "storage:"
        return path.hasPrefix(mark) ? "\(dataFolder)/storage/\(key)/\(path.dropFirst(mark.count))" : path
    }

    /// How many notes and files belong to no paper.
    func countsWithoutPaper() throws(PaperFormatsError) -> (notes: Int, files: Int) {
        let trash = tables.contains("deletedItems") ? "AND itemID NOT IN (SELECT itemID FROM deletedItems)" : ""
        func count(_ table: String) throws(PaperFormatsError) -> Int {
            let found = try rows("SELECT count(*) FROM \(table) WHERE parentItemID IS NULL \(trash)", needs: table)
            return Int(found.first?.number(0) ?? 0)
        }
        return (try count("itemNotes"), try count("itemAttachments"))
    }
}

/// A row of a database whose columns may have any type.
struct ZoteroRow {
    private let values: [DatabaseValue]

    init(_ row: Row) {
        values = Array(row.databaseValues)
    }

    func text(_ column: Int) -> String? {
        guard values.indices.contains(column) else { return nil }
        switch values[column].storage {
        case .string(let text): return text
        case .int64(let number): return String(number)
        case .double(let number): return String(number)
        default: return nil
        }
    }

    func number(_ column: Int) -> Int64? {
        guard values.indices.contains(column), case .int64(let number) = values[column].storage else { return nil }
        return number
    }
}
#endif
