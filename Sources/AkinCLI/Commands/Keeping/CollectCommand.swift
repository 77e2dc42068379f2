import Akin
import AkinReports
import ArgumentParser
import Papers

/// `akin collect COLLECTION PAPER…`
struct CollectCommand: EditingCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect", abstract: "Put papers into a collection, or take them out of one.",
        discussion: """
            A collection inside another is a path. in:Thesis asks for the papers of Thesis and of what is inside it. \
            A collection that differs from another only by case is that one.

            EXAMPLES
              akin collect "Thesis/Memory" InfLLM SirLLM
              akin collect --remove "Thesis/Memory" SirLLM
            """
    )

    @Argument(help: "The collection.")
    var collection: String

    @OptionGroup var named: EditedPapers

    @Flag(help: "Take the papers out of the collection.")
    var remove = false

    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var options: LibraryOptions

    var papers: [String] { named.names }
    var filing: String? { collection }

    func edits(of ids: [String], in library: Library) throws -> [PaperEdit] {
        if remove { return [.removeFromCollection(collection)] }
        return [.addToCollection(try library.existingSpelling(of: collection, field: "collection", \.collections))]
    }

    func validate() throws {
        if tidied(collection).isEmpty { throw ValidationError("The name of the collection is empty.") }
    }
}
