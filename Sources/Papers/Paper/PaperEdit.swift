/// A change that a person makes to a paper: tags, collections and notes.
public enum PaperEdit: Hashable, Sendable {
    /// Files the paper under a tag.
    case addTag(String)
    /// Takes a tag off the paper, whatever its case.
    case removeTag(String)
    /// Puts the paper into a collection: `Thesis/Chapter 2`.
    case addToCollection(String)
    /// Takes the paper out of a collection and those inside it.
    case removeFromCollection(String)
    /// Adds a note.
    case addNote(String)
    /// Removes all notes.
    case removeNotes
}

extension Paper {
    /// The tag of papers that were read.
    public static let readTag = "read"

    /// The tag of papers that recommendations learn from unless they are told otherwise.
    public static let likedTag = "liked"

    /// The tag of papers that searches leave out.
    public static let hiddenTag = "hidden"

    /// The paper with some edits made, one after another. An edit that has nothing to do changes nothing.
    public func edited(by edits: [PaperEdit]) -> Paper {
        edits.reduce(self) { $0.edited(by: $1) }
    }

    private func edited(by edit: PaperEdit) -> Paper {
        func isSame(_ one: String, _ other: String) -> Bool { tidied(one).lowercased() == tidied(other).lowercased() }
        var paper = self
        switch edit {
        case .addTag(let tag):
            if !tags.contains(where: { isSame($0, tag) }) { paper.tags += tidiedList(plainTexts([tag])) }
        case .removeTag(let tag): paper.tags.removeAll { isSame($0, tag) }
        case .addToCollection(let path):
            if !collections.contains(where: { isSame($0, path) }) { paper.collections += tidiedList([path]) }
        case .removeFromCollection(let path):
            paper.collections.removeAll {
                isSame($0, path) || tidied($0).lowercased().hasPrefix(tidied(path).lowercased() + "/")
            }
        case .addNote(let note): paper.notes = distinct(notes + (tidied(note).isEmpty ? [] : [note]))
        case .removeNotes: paper.notes = []
        }
        return paper
    }
}
