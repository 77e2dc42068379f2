import Akin
import AkinReports
import ArgumentParser
import Papers

/// `akin tag TAG PAPER…`
struct TagCommand: EditingCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "File papers under a tag.",
        discussion: """
            EXAMPLES
              akin tag "to read" InfLLM SirLLM
              akin search long context --format "{id}" | akin tag "to read" -
              akin search tag:"to read" memory
            """
    )

    @Argument(help: "The tag.")
    var tag: String

    @OptionGroup var named: EditedPapers
    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var options: LibraryOptions

    var papers: [String] { named.names }
    var filing: String? { tag }

    func edits(of ids: [String], in library: Library) throws -> [PaperEdit] {
        [.addTag(try library.existingSpelling(of: tag, field: "tag", \.tags))]
    }

    func validate() throws {
        if tidied(tag).isEmpty { throw ValidationError("The tag is empty. Give a word or several.") }
    }
}

/// `akin untag TAG PAPER…`
struct UntagCommand: EditingCommand {
    static let configuration = CommandConfiguration(
        commandName: "untag", abstract: "Take a tag off papers.",
        discussion: """
            EXAMPLES
              akin untag "to read" InfLLM
            """
    )

    @Argument(help: "The tag.")
    var tag: String

    @OptionGroup var named: EditedPapers
    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var options: LibraryOptions

    var papers: [String] { named.names }
    var filing: String? { tag }

    func edits(of ids: [String], in library: Library) -> [PaperEdit] { [.removeTag(tag)] }
}

/// `akin tags`
struct TagsCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "tags", abstract: "List the tags of the library, or the values of another field.",
        discussion: """
            EXAMPLES
              akin tags
              akin tags --field collection
            """
    )

    @Option(
        help: ArgumentHelp("Another field: collection, type, language, or a field of the source.", valueName: "name"))
    var field = "tag"

    @OptionGroup var options: LibraryOptions

    func result(_ console: Console) throws -> CommandResult<FieldValuesReport> {
        let values = try options.open().values(ofField: field)
        let width = values.map { String($0.paperCount).count }.max() ?? 0
        return CommandResult(
            report: FieldValuesReport(field: field, values: values),
            text: {
                values.map { value, count in
                    String(repeating: " ", count: width - String(count).count) + "\(count)  \(oneLine(value))"
                }
            },
            remarks: values.isEmpty ? ["No paper has the field '\(oneLine(field))'."] : [],
            status: values.isEmpty ? .nothingFound : .done)
    }
}
