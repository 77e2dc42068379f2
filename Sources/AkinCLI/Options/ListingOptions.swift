import Akin
import ArgumentParser
import Papers

/// The flags that say how papers are listed.
struct ListingOptions: ParsableArguments {
    @Flag(help: "List the titles alone.")
    var titles = false

    @Flag(help: "List the abstracts too.")
    var long = false

    @Option(
        help: ArgumentHelp(
            """
            A line for each paper: text with {id}, {title}, {authors}, {year}, {date}, {venue}, {url}, {doi}, {key}, \
            {tags}, {abstract}, {rank}, {score}, {z}; \\t is a tab and \\n a line feed.
            """,
            valueName: "text"))
    var format: String?

    func validate() throws {
        guard [titles, long, format != nil].filter(\.self).count <= 1 else {
            throw ValidationError("--titles, --long and --format exclude each other.")
        }
        if let format { _ = try LineFormat(format) }
    }

    /// Whether papers are listed with a sentence. Reports as JSON have it, too.
    var showsSnippets: Bool { !titles && !long && format == nil }

    var style: ListingStyle {
        get throws {
            if let format { return .format(try LineFormat(format)) }
            return titles ? .titles : long ? .long : .standard
        }
    }
}

/// How papers are listed.
enum ListingStyle {
    /// The title, authors, year, venue and id, and the sentence that says most.
    case standard
    /// The title alone.
    case titles
    /// The same as the standard, with the abstract.
    case long
    /// A line of a person's own.
    case format(LineFormat)
}
