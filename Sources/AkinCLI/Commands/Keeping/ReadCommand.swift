import Akin
import AkinReports
import ArgumentParser
import Papers

/// `akin read PAPER…`
struct ReadCommand: EditingCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Mark papers as read.",
        discussion: """
            The mark is the tag 'read'. is:unread finds the papers without it.

            EXAMPLES
              akin read InfLLM
              akin search is:unread memory
            """
    )

    @OptionGroup var named: EditedPapers
    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var options: LibraryOptions

    var papers: [String] { named.names }
    func edits(of ids: [String], in library: Library) -> [PaperEdit] { [.addTag(Paper.readTag)] }
}

/// `akin unread PAPER…`
struct UnreadCommand: EditingCommand {
    static let configuration = CommandConfiguration(
        commandName: "unread", abstract: "Mark papers as not read.",
        discussion: """
            EXAMPLES
              akin unread InfLLM
            """
    )

    @OptionGroup var named: EditedPapers
    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var options: LibraryOptions

    var papers: [String] { named.names }
    func edits(of ids: [String], in library: Library) -> [PaperEdit] { [.removeTag(Paper.readTag)] }
}

/// `akin hide PAPER…`
struct HideCommand: EditingCommand {
    static let configuration = CommandConfiguration(
        commandName: "hide", abstract: "Leave papers out of searches, or show them again.",
        discussion: """
            The papers stay in the library under the tag 'hidden'. is:hidden finds them.

            EXAMPLES
              akin hide InfLLM
              akin hide --show InfLLM
            """
    )

    @OptionGroup var named: EditedPapers

    @Flag(help: "Show the papers in searches again.")
    var show = false

    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var options: LibraryOptions

    var papers: [String] { named.names }

    func edits(of ids: [String], in library: Library) -> [PaperEdit] {
        [show ? .removeTag(Paper.hiddenTag) : .addTag(Paper.hiddenTag)]
    }
}
