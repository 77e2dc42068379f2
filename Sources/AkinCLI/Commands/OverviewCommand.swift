import Akin
import AkinReports
import ArgumentParser
import Foundation
import Papers

/// `akin` alone.
struct OverviewCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "overview", abstract: "Tell what the library holds, and what to ask it.", shouldDisplay: false)

    @OptionGroup var options: LibraryOptions

    func result(_ console: Console) throws -> CommandResult<OverviewReport?> {
        guard let library = try existingLibrary() else { return Self.beginning(at: options.path) }
        let overview = try library.overview()
        let info = try library.info()
        let suggestions = Self.suggestions(overview, library: options.folder)
        return CommandResult(
            report: OverviewReport(overview, info, suggestions: suggestions.map(\.line)),
            text: { Self.lines(overview, info, suggestions, now: Int(Date().timeIntervalSince1970)) })
    }

    /// The library; `nil` if there is none, and none was named.
    private func existingLibrary() throws -> Library? {
        do {
            return try options.open()
        } catch {
            guard error.code == .noLibrary, !options.json, options.folder == nil else { throw error }
            return nil
        }
    }

    /// What a person reads who has no library yet.
    private static func beginning(at path: String) -> CommandResult<OverviewReport?> {
        CommandResult(
            report: nil, stream: { _ in Terminal.print(AkinCommand.helpMessage(columns: Terminal.helpColumns)) },
            remarks: [
                "There is no library at \(oneLine(path)) yet. Make one of your papers with "
                    + "\(SuggestedCommand("add", "FILE", library: nil)), or look at "
                    + "\(SuggestedCommand("demo", library: nil)) first."
            ])
    }

    /// Commands to try, made from the library's own papers; three if the papers allow it.
    private static func suggestions(_ overview: LibraryOverview, library: String?) -> [SuggestedCommand] {
        guard overview.paperCount > 0 else { return [SuggestedCommand("add", "FILE", library: library)] }
        var commands: [SuggestedCommand] = []
        if let phrase = overview.phrase { commands.append(SuggestedCommand("search", phrase, library: library)) }
        if let paper = overview.namedPaper { commands.append(SuggestedCommand("like", paper.name, library: library)) }
        if let venue = overview.venue {
            let words = overview.phrase.map { ["search", $0] } ?? ["list", "-k", "10"]
            commands.append(SuggestedCommand(words + ["--venue", venue], library: library))
        } else if let year = overview.commonYear {
            commands.append(SuggestedCommand("list", "-k", "10", "--year", "\(year)", library: library))
        }
        if commands.count < 3 { commands.append(SuggestedCommand("topics", library: library)) }
        return commands
    }

    private static func lines(
        _ overview: LibraryOverview, _ info: LibraryInfo, _ suggestions: [SuggestedCommand], now: Int
    ) -> [String] {
        let count = "\(TopicListing.grouped(overview.paperCount)) \(overview.paperCount == 1 ? "paper" : "papers")"
        let state: [(name: String, value: String)] = [
            ("library", info.path), ("years", years(overview)),
            ("language", overview.languages.isEmpty ? info.language : languages(overview)),
            ("last added", overview.lastAddition.map { Self.age(of: $0, now: now) } ?? ""),
            ("drift", overview.paperCount > 0 ? info.driftText : ""),
            ("recall", overview.paperCount > 0 ? info.recallText : ""),
        ]
        return [TextStyle.bold(count)] + fieldLines(state.filter { !$0.value.isEmpty })
            + ["", TextStyle.dim("Try")] + suggestions.map { "  " + oneLine($0.line) }
            + ["", TextStyle.dim("akin --help lists the commands, and akin info tells more of the library.")]
    }

    private static func years(_ overview: LibraryOverview) -> String {
        guard let years = overview.years else { return "" }
        guard years.count > 1 else { return "\(years.lowerBound)" }
        return "\(years.lowerBound)–\(years.upperBound)" + (overview.commonYear.map { ", most of \($0)" } ?? "")
    }

    /// The languages that are named; the rest is counted.
    private static let namedLanguages = 4

    private static func languages(_ overview: LibraryOverview) -> String {
        let named = overview.languages.prefix(namedLanguages).map { language, count in
            "\(language) (\(TopicListing.grouped(count)))"
        }
        let rest = overview.languages.count - named.count
        return (named + (rest > 0 ? ["\(rest) more"] : [])).joined(separator: ", ")
    }

    /// A day, and how long ago it was.
    private static func age(of time: Int, now: Int) -> String {
        let day = Date(timeIntervalSince1970: Double(time)).formatted(.iso8601.year().month().day())
        let days = (now - time) / 86_400
        return "\(day), " + (days < 1 ? "less than a day ago" : days == 1 ? "a day ago" : "\(days) days ago")
    }
}
