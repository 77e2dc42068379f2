import Akin
import AkinReports
import ArgumentParser
import Foundation
import Papers
import QueryLanguage

/// `akin digest`
struct DigestCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest", abstract: "Tell what is new on the questions that are watched.",
        discussion: """
            Each new paper stands once, under the first question that it is close to. Nothing is sent: the output is \
            text, or a file for a feed reader or a mail program.

            EXAMPLES
              akin digest
              akin digest --since 1d --format atom > new.xml
              akin digest --tag "to read" --format markdown
            """
    )

    @Option(help: ArgumentHelp("From when on papers are new: 7d, 2w, or a day such as 2026-11-28.", valueName: "time"))
    var since = AddedTime.last(7, .days)

    @Option(help: "How to write it: text, markdown, html, atom or eml.")
    var format = DigestFormat.text

    @Option(name: .short, help: ArgumentHelp("The most papers of a question.", valueName: "n"))
    var k = 20

    @Option(
        help: ArgumentHelp(
            "Papers on none of the questions that are like those under this tag stand under 'perhaps'.",
            valueName: "tag"))
    var tag: String?

    @OptionGroup var options: LibraryOptions

    func validate() throws {
        guard k >= 0 else { throw ValidationError("-k takes a number from 0 up, not \(k).") }
    }

    func result(_ console: Console) throws -> CommandResult<DigestReport> {
        let library = try options.open()
        let now = Int(Date().timeIntervalSince1970)
        let digest = try library.digest(since: since.start(now: now), k: k, tag: tag)
        var remarks: [String] = []
        if try library.watchedQuestions().isEmpty {
            let add = SuggestedCommand("watch", "add", "NAME", "QUESTION", library: options.folder)
            remarks.append("No question is watched. Keep one with \(add).")
        } else if digest.sections.isEmpty {
            remarks.append("Nothing new: \(digest.addedCount) papers were added, and none is close to a question.")
        }
        return CommandResult(
            report: DigestReport(digest), text: { format.lines(digest, now: now) }, remarks: remarks,
            status: digest.sections.isEmpty ? .nothingFound : .done)
    }
}
