import Akin
import AkinReports
import ArgumentParser
import Papers

/// `akin collect COLLECTION PAPER…`
struct CollectCommand: EditingCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect", abstract: "Put papers into a collection, or take them out of one.",
        discussion: """
            A collection inside another is a path. in:Thesis asks for the papers of Thesis and of what is inside it.

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
    var edits: [PaperEdit] { [remove ? .removeFromCollection(collection) : .addToCollection(collection)] }

    func validate() throws {
        if tidied(collection).isEmpty { throw ValidationError("The name of the collection is empty.") }
    }
}

/// `akin note PAPER TEXT…`
struct NoteCommand: EditingCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Add a note to a paper.",
        discussion: """
            akin show prints the notes of a paper, and note:WORD finds them.

            EXAMPLES
              akin note InfLLM "Compare with StreamingLLM."
              akin note InfLLM --remove
            """
    )

    @Argument(help: ArgumentHelp("The paper: an id, a title, or a part of one.", valueName: "paper"))
    var paper: String

    @Argument(help: ArgumentHelp("The note; - for standard input.", valueName: "text"))
    var words: [String] = []

    @Flag(help: "Remove all notes of the paper.")
    var remove = false

    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var options: LibraryOptions

    var papers: [String] { [paper] }

    var edits: [PaperEdit] {
        if remove { return [.removeNotes] }
        guard words == ["-"] else { return [.addNote(words.joined(separator: " "))] }
        var lines: [String] = []
        while let line = readLine() { lines.append(line) }
        return [.addNote(lines.joined(separator: "\n"))]
    }

    func validate() throws {
        guard remove != words.contains(where: { !tidied($0).isEmpty }) else {
            throw ValidationError("Give the text of the note, or --remove, and not both.")
        }
    }
}
