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
            standard, titles, long, or a line for each paper: text with {id}, {title}, {authors}, {year}, {date}, \
            {venue}, {url}, {doi}, {key}, {tags}, {abstract}, {rank}, {score}, {z}; \\t is a tab and \\n a line feed.
            """,
            valueName: "text"))
    var format: String?

    func validate() throws {
        guard [titles, long, format != nil].filter(\.self).count <= 1 else {
            throw ValidationError("--titles, --long and --format exclude each other.")
        }
        if let format { _ = try ListingStyle(named: format) }
    }

    /// Whether papers are listed with a sentence. Reports as JSON have it, too.
    ///
    /// They say the same whatever the configuration file says of lines.
    var showsSnippets: Bool { !titles && !long && [nil, "standard"].contains(format) }

    /// How the flags or else the configuration file list papers.
    var style: ListingStyle {
        get throws {
            if let format { return try ListingStyle(named: format) }
            return titles ? .titles : long ? .long : Configuration.current.format ?? .standard
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

    /// The style of a name, or else of a line with fields.
    ///
    /// - Throws: `ValidationError` for a line that has no field or one that is not known.
    init(named text: String) throws {
        switch text {
        case "standard": self = .standard
        case "titles": self = .titles
        case "long": self = .long
        default: self = .format(try LineFormat(text))
        }
    }
}
