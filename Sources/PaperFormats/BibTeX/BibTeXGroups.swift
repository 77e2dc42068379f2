/// The groups that JabRef and BibDesk keep in comments of a BibTeX file.
struct BibTeXGroups: Sendable {
    /// The path of a group by its name, `Thesis/Chapter 2`. Entries name their groups in a field.
    private(set) var paths: [String: String] = [:]

    /// The groups of an entry by its key, where the groups list their entries.
    private(set) var groups: [String: [String]] = [:]

    /// Reads the groups in some comments.
    init(_ comments: [String]) {
        for comment in comments {
            if comment.hasPrefix("jabref-meta:") {
                readJabRef(comment.dropFirst("jabref-meta:".count).trimmingSpaces)
            } else if comment.hasPrefix("BibDesk Static Groups") {
                readBibDesk(comment)
            }
        }
    }

    /// The paths of the groups of an entry: those that it names, and those that list it.
    func collections(named names: [String], key: String) -> [String] {
        names.map { paths[$0] ?? $0 } + (groups[key] ?? [])
    }

    // MARK: - JabRef

    /// Reads `grouping: 0 AllEntriesGroup:; 1 StaticGroup:Name\;0\;…; 2 ExplicitGroup:Name\;0\;key\;…;`.
    ///
    /// The number is the depth in the tree. Old versions break lines anywhere.
    private mutating func readJabRef(_ text: String) {
        let names = ["grouping:", "groupstree:"]
        guard let name = names.first(where: text.hasPrefix) else { return }
        let tree = text.dropFirst(name.count).filter { !$0.isNewline }
        // The paths of the groups around the next one.
        var path: [String] = []
        for item in BibTeXGroups.split(tree) {
            let item = item.trimmingSpaces
            let digits = item.prefix { $0.isASCII && $0.isNumber }
            guard let depth = Int(digits), let colon = item.firstIndex(of: ":") else { continue }
            let kind = item[digits.endIndex..<colon].trimmingSpaces
            guard kind != "AllEntriesGroup", depth > 0 else { continue }
            let parts = BibTeXGroups.split(BibTeXGroups.unescaped(item[item.index(after: colon)...]))
            guard let group = parts.first.map({ BibTeXGroups.unescaped($0) }) else { continue }
            path = path.prefix(depth - 1) + [group]
            let full = BibTeXGroups.path(of: group, in: path.dropLast().last)
            path[path.count - 1] = full
            if kind == "StaticGroup" || kind == "ExplicitGroup", paths[group] == nil { paths[group] = full }
            guard kind == "ExplicitGroup" else { continue }
            for key in parts.dropFirst(2) where !key.isEmpty {
                groups[BibTeXGroups.unescaped(key), default: []].append(full)
            }
        }
    }

    /// The path of a group in another. Akin names a group by its path if its last part is the name of another group,
    /// and writes `/` before a path at the top.
    private static func path(of name: String, in parent: String?) -> String {
        guard let parent else { return name.hasPrefix("/") ? String(name.dropFirst()) : name }
        return name.hasPrefix(parent + "/") ? name : "\(parent)/\(name)"
    }

    /// Cuts a text at semicolons that no backslash escapes.
    private static func split(_ text: some StringProtocol) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in text {
            if character == ";", !isEscaped {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return parts
    }

    private static func unescaped(_ text: some StringProtocol) -> String {
        var result = ""
        var isEscaped = false
        for character in text {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }

    // MARK: - BibDesk

    /// Reads the property list that BibDesk keeps: each group has a name and the keys of its entries.
    private mutating func readBibDesk(_ text: String) {
        for group in text.split(separator: "<dict>").dropFirst() {
            guard let name = BibTeXGroups.value(of: "group name", in: group),
                let keys = BibTeXGroups.value(of: "keys", in: group)
            else { continue }
            for key in keys.split(separator: ",") { groups[key.trimmingSpaces, default: []].append(name) }
        }
    }

    private static func value(of key: String, in group: Substring) -> String? {
        guard let place = group.firstRange(of: "<key>\(key)</key>"),
            let start = group[place.upperBound...].firstRange(of: "<string>"),
            let end = group[start.upperBound...].firstRange(of: "</string>")
        else { return nil }
        return group[start.upperBound..<end.lowerBound]
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&").trimmingSpaces
    }
}
