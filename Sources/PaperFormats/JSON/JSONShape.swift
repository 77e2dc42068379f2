/// What the beginning of a JSON text looks like: whether papers are in it, and where.
///
/// Only keys count that stand where records have theirs: in an object at the top, in a list at the top, or in the list
/// of a frame (``JSONFrame``). So `package.json`, a schema or a page of settings is no paper for a `title` somewhere
/// inside it, and a list of films is none for their titles. The text may be cut off, and a line of it may be broken.
struct JSONShape {
    /// Whether an object has the keys of a paper.
    private(set) var hasPapers = false

    /// Whether an object has a title and other keys than those of a paper.
    private(set) var hasOthers = false

    /// Whether the first object at the top is a frame around a list of records.
    private(set) var hasFrame = false

    /// What a bracket encloses.
    private enum Role {
        /// Records, directly.
        case records
        /// The keys of a record, which may turn out to be a frame.
        case record
        /// The keys of an object inside a record that wraps the paper.
        case wrapped(in: String)
        case other
    }

    private struct Level {
        let role: Role
        let isObject: Bool
        var keys: Set<String> = []
        var key = ""
        var awaitsKey = true
    }

    private var levels: [Level] = []

    /// Reads the beginning of a text.
    init(_ head: [UInt8]) {
        var index = 0
        while index < head.count, !(hasPapers && (hasFrame || levels.isEmpty)) {
            switch head[index] {
            case UInt8(ascii: "{"): open(head, isObject: true, at: index)
            case UInt8(ascii: "["): open(head, isObject: false, at: index)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): close()
            case UInt8(ascii: ","): if !levels.isEmpty { levels[levels.count - 1].awaitsKey = true }
            case UInt8(ascii: "\""):
                index = readString(head, from: index + 1)
                continue
            default: break
            }
            index += 1
        }
        // Of an object that is cut off, some keys are not known. It counts if there is no other, and as a paper.
        while !levels.isEmpty, !hasOthers { close(isCutOff: true) }
    }

    private mutating func open(_ head: [UInt8], isObject: Bool, at index: Int) {
        levels.append(Level(role: role(isObject: isObject, head, at: index), isObject: isObject))
    }

    private mutating func role(isObject: Bool, _ head: [UInt8], at index: Int) -> Role {
        guard let parent = levels.last else { return isObject ? .record : .records }
        switch parent.role {
        case .records: return isObject ? .record : .other
        case .record where isObject:
            return RecordSource.wrapperKeys.contains(parent.key) ? .wrapped(in: parent.key) : .other
        case .record where levels.count == 1 && JSONFrame.isListKey(parent.key, among: parent.keys):
            return frame(head, at: index, isSure: parent.key == JSONFrame.ownKey)
        case .wrapped(JSONFrame.wrapperKey) where !isObject && levels.count == 2 && parent.key == JSONFrame.wrappedKey:
            return frame(head, at: index, isSure: false)
        default: return .other
        }
    }

    /// A list is a frame's if it is sure to be, or if its first element is an object.
    private mutating func frame(_ head: [UInt8], at index: Int, isSure: Bool) -> Role {
        let first = head[(index + 1)...].first { !isJSONSpace($0) }
        guard isSure || first == UInt8(ascii: "{") else { return .other }
        hasFrame = true
        if isSure { hasPapers = true }
        return .records
    }

    private mutating func close(isCutOff: Bool = false) {
        guard let level = levels.popLast() else { return }
        switch level.role {
        case .record, .wrapped:
            guard Self.hasText(level.keys) else { return }
            let isPaper = Self.isPaper(level.keys) || isCutOff && level.keys.isDisjoint(with: Self.foreignKeys)
            if isPaper { hasPapers = true } else { hasOthers = true }
        default: break
        }
    }

    /// Reads a string, which may be a key. Returns the position behind it. A line end inside it proves that a mark is
    /// missing; everything begins anew on the next line.
    private mutating func readString(_ head: [UInt8], from start: Int) -> Int {
        var index = start
        while index < head.count, head[index] != UInt8(ascii: "\"") {
            if head[index] == UInt8(ascii: "\n") {
                levels = []
                return index + 1
            }
            index += head[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        if let level = levels.last, level.isObject, level.awaitsKey {
            let key = String(decoding: head[start..<min(index, head.count)], as: UTF8.self)
            levels[levels.count - 1].key = key
            levels[levels.count - 1].awaitsKey = false
            levels[levels.count - 1].keys.insert(key)
        }
        return index + 1
    }

    /// Whether an object with some keys has a title, an abstract, or the text of a test collection.
    private static func hasText(_ keys: Set<String>) -> Bool {
        keys.contains("text") && !keys.isDisjoint(with: ["_id", "id", "metadata"])
            || keys.contains { PaperField.isTitleOrAbstract($0) }
    }

    /// Whether an object with some keys is a paper, see ``PaperField/arePaperFields(_:)``.
    private static func isPaper(_ keys: Set<String>) -> Bool {
        keys.isDisjoint(with: foreignKeys) && !keys.isSuperset(of: ["name", "version"])
            && PaperField.arePaperFields(keys)
    }

    /// The keys of schemas, packages, notebooks and other files that have titles and are no papers.
    private static let foreignKeys: Set<String> = [
        "$schema", "openapi", "swagger", "properties", "nbformat", "compilerOptions", "dependencies", "devDependencies",
        "scripts", "engines", "contributes", "manifest_version", "start_url", "icons", "features", "geometry",
    ]
}

/// An object around a list of records, as services answer and programs export: `{"total": 2, "data": [{…}, {…}]}`.
enum JSONFrame {
    /// Akin's own key of a list of papers. It makes any object a frame.
    static let ownKey = "papers"

    /// The key of an object that stands around the list once more, and that list's key: Crossref's `message.items`.
    static let wrapperKey = "message"
    static let wrappedKey = "items"

    /// Whether a key of an object at the top has a list of records. The keys before it must not be those of a paper.
    static func isListKey(_ key: String, among keys: Set<String>) -> Bool {
        key == ownKey || mayBeListKey(key) && !keys.contains { PaperField.isTitleOrAbstract($0) }
    }

    /// Whether a key may have a list of records: one of services, or a DOI, as a cache of answers has them.
    static func mayBeListKey(_ key: String) -> Bool {
        listKeys.contains(key) || isDOI(key)
    }

    /// Whether a key is a DOI.
    static func isDOI(_ key: String) -> Bool {
        key.hasPrefix("10.") && key.contains("/")
    }

    private static let listKeys: Set<String> = [
        "results", "data", "items", "records", "entries", "works", "publications", "articles", "references",
        "documents", "hits",
    ]
}
