import Akin
import ArgumentParser
import Papers

/// The flags that file the papers of an answer.
struct FilingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Give the papers of the answer this tag; may be repeated.", valueName: "tag"))
    var addTag: [String] = []

    @Option(help: ArgumentHelp("Put the papers of the answer into this collection.", valueName: "collection"))
    var addTo: String?

    /// The letters that name the change in the list of changes.
    private static let shownLetters = 48

    func validate() throws {
        if addTag.contains(where: { tidied($0).isEmpty }) { throw ValidationError("The tag of --add-tag is empty.") }
        if let addTo, tidied(addTo).isEmpty { throw ValidationError("The collection of --add-to is empty.") }
    }

    /// Files the papers of an answer.
    ///
    /// - Parameters:
    ///   - answer: The answer. One without a close paper is not filed.
    ///   - library: The library.
    /// - Returns: How many papers changed; `nil` if the flags ask for nothing.
    /// - Throws: `AkinError`, as `Library.edit(ids:by:as:)`.
    func file(_ answer: SearchAnswer, in library: Library) throws -> Int? {
        let tags = try addTag.map { try library.existingSpelling(of: $0, field: "tag", \.tags) }
        let collection = try addTo.map { try library.existingSpelling(of: $0, field: "collection", \.collections) }
        let edits = tags.map(PaperEdit.addTag) + [collection].compactMap(\.self).map(PaperEdit.addToCollection)
        if edits.isEmpty { return nil }
        guard answer.isClose else { return 0 }
        let name = tags.first.map { "tag \($0)" } ?? "collect \(collection ?? "")"
        return try library.edit(ids: answer.hits.map(\.paper.id), by: edits, as: shortened(name, to: Self.shownLetters))
            .count
    }
}
