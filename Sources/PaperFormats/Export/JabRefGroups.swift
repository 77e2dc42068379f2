/// The tree of the collections that a BibTeX file has, as JabRef keeps it in a comment at the end:
///
///     @Comment{jabref-meta: grouping:
///     0 AllEntriesGroup:;
///     1 StaticGroup:Thesis\;0\;1\;\;\;\;;
///     2 StaticGroup:Chapter 2\;0\;1\;\;\;\;;
///     }
///
/// An entry lists the names of its groups, without their paths. So each group needs a name of its own: the last part of
/// its path, or the whole path if another group has that name already. ``BibTeXGroups`` reads both.
struct JabRefGroups: Sendable {
    private struct Group {
        let name: String
        let depth: Int
        var children: [Int] = []
    }

    private var groups: [Group] = []
    private var topGroups: [Int] = []
    private var places: [String: Int] = [:]
    private var names: Set<String> = []

    /// The deepest group of the tree. Paths beyond it are names at the top.
    static let maximumDepth = 32

    /// The name of a collection's group, which becomes a part of the tree, with those around it.
    ///
    /// A comment of BibTeX cannot hold every text. A collection with braces in its name is not in the tree; its entries
    /// name it by its path.
    mutating func name(ofCollection path: String) -> String {
        guard !path.contains(where: { "{}@%\"".contains($0) || $0.isNewline }) else { return path }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        // An accent without a letter becomes one with the sign before it.
        let hasLooseAccent = ("/" + path).contains { character in
            let first = character.unicodeScalars.first ?? " "
            return character.unicodeScalars.count > 1 && "/\\;:".unicodeScalars.contains(first)
        }
        guard !hasLooseAccent else { return path }
        let isPath = parts.count <= Self.maximumDepth && parts.allSatisfy { !$0.isEmpty && $0.trimmingSpaces == $0 }
        var parent: Int?
        var prefix = ""
        for part in isPath ? parts : [path] {
            prefix += prefix.isEmpty ? part : "/" + part
            parent = place(of: prefix, part, in: parent)
        }
        return parent.map { groups[$0].name } ?? path
    }

    private mutating func place(of path: String, _ part: String, in parent: Int?) -> Int {
        if let place = places[path] { return place }
        // A path at the top has the same spelling as a part. The sign before it tells it apart.
        let candidates = part.hasPrefix("/") ? [] : [part, path]
        let name = candidates.first { !names.contains($0) } ?? "/" + path
        names.insert(name)
        let place = groups.count
        groups.append(Group(name: name, depth: parent.map { groups[$0].depth + 1 } ?? 1))
        places[path] = place
        if let parent { groups[parent].children.append(place) } else { topGroups.append(place) }
        return place
    }

    /// The comment; empty if there is no group.
    var comment: String {
        if groups.isEmpty { return "" }
        var lines = ["0 AllEntriesGroup:;"]
        var open = Array(topGroups.reversed())
        while let place = open.popLast() {
            let group = groups[place]
            let name = Self.escaped(Self.escaped(group.name))
            lines.append("\(group.depth) StaticGroup:\(name)\\;0\\;1\\;\\;\\;\\;;")
            open += group.children.reversed()
        }
        return "\n@Comment{jabref-meta: grouping:\n\(lines.joined(separator: "\n"))\n}\n"
    }

    /// A text whose semicolons end nothing.
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(";", with: "\\;")
    }
}
