import Akin
import AkinReports
import ArgumentParser
import Foundation
import Papers

/// `akin note PAPER TEXT…`
struct NoteCommand: EditingCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Add a note to a paper.",
        discussion: """
            akin show prints the notes of a paper, with numbers if there are several, and note:WORD finds them. \
            --remove takes one away, by its number or by the words that it begins with, or else all.

            EXAMPLES
              akin note InfLLM "Compare with StreamingLLM."
              akin note InfLLM "- a point" "- and another"
              akin note InfLLM --remove "Compare with"
              akin note InfLLM --remove
            """
    )

    @Argument(help: ArgumentHelp("The paper: an id, a title, or a part of one.", valueName: "paper"))
    var paper: String

    @Argument(help: ArgumentHelp("The note; - for standard input. With --remove: which one.", valueName: "text"))
    var words: [String] = []

    @Flag(help: "Remove a note of the paper, or all.")
    var remove = false

    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var options: LibraryOptions

    var papers: [String] { [paper] }

    func edits(of ids: [String], in library: Library) throws -> [PaperEdit] {
        if remove { return try removal(from: ids, in: library) }
        guard words == ["-"] else {
            return [.addNote(words.joined(separator: " ").trimmingCharacters(in: .whitespaces))]
        }
        var lines: [String] = []
        while let line = readLine() { lines.append(line) }
        return [.addNote(lines.joined(separator: "\n"))]
    }

    /// The edit that removes the note which the words tell, or all notes if there are no words.
    private func removal(from ids: [String], in library: Library) throws -> [PaperEdit] {
        let wanted = tidied(words.joined(separator: " "))
        guard !wanted.isEmpty, let id = ids.first else { return [.removeNotes] }
        let notes = try library.paper(id: id)?.notes ?? []
        if notes.isEmpty { return [] }
        if let number = Int(wanted), notes.indices.contains(number - 1) { return [.removeNote(notes[number - 1])] }
        let begun = notes.filter { tidied($0).lowercased().hasPrefix(wanted.lowercased()) }
        guard begun.count == 1 else {
            let list = notes.enumerated().map { "\n  \($0 + 1)  \(shortened(oneLine($1), to: Self.shownLetters))" }
            throw ValidationError(
                "\(begun.isEmpty ? "No note" : "More than one note") of the paper begins with '\(wanted)'. "
                    + "Say which by its number:" + list.joined())
        }
        return [.removeNote(begun[0])]
    }

    /// The letters of a note that a list shows.
    private static let shownLetters = 60

    func validate() throws {
        let hasText = words.contains { !tidied($0).isEmpty }
        guard hasText || remove && words.isEmpty else {
            throw ValidationError(
                remove
                    ? "The note to remove is empty. Leave it out to remove all notes."
                    : "Give the text of the note, or --remove.")
        }
    }

    /// The command line with a space before each note that begins with a dash and a space, so that the parser does not
    /// take it for a flag. No flag has a space there, and the spaces around a note do not count.
    static func completed(_ arguments: [String]) -> [String] {
        guard arguments.first == configuration.commandName else { return arguments }
        return arguments.map { $0.hasPrefix("- ") ? " " + $0 : $0 }
    }
}
