import ArgumentParser
import Foundation

/// The flags that every subcommand has.
struct FetchOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the services can reach you; they serve better who says so. Default: $AKIN_MAILTO.",
            valueName: "address"))
    var mailto: String?

    @Option(
        name: [.short, .long], help: ArgumentHelp("The file to write. Default: standard output.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Go on with a file that an earlier run wrote: add to it, and leave out the papers that are in it.",
            valueName: "file"))
    var resume: String?

    @Flag(help: "Replace an existing file.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "The least time between two requests to a service. Default: 3 for arXiv, .1 for the others.",
            valueName: "seconds"))
    var interval: Double?

    @Option(name: .customLong("arxiv-url"), help: ArgumentHelp("Where arXiv answers.", valueName: "url"))
    var arXivURL = "https://export.arxiv.org/api/query"

    @Option(name: .customLong("openalex-url"), help: ArgumentHelp("Where OpenAlex answers.", valueName: "url"))
    var openAlexURL = "https://api.openalex.org"

    @Option(name: .customLong("crossref-url"), help: ArgumentHelp("Where Crossref answers.", valueName: "url"))
    var crossrefURL = "https://api.crossref.org"

    @Flag(name: [.short, .long], help: "Print papers and errors, nothing else.")
    var quiet = false

    func validate() throws {
        if output != nil, resume != nil {
            throw ValidationError("--resume names the file that is written; --output goes without it.")
        }
        if output == "" || resume == "" { throw ValidationError("A file has a name that is not empty.") }
        if let interval, !(0...3_600).contains(interval) {
            throw ValidationError("--interval takes seconds from 0 to 3,600, not \(interval).")
        }
        let bases = [("--arxiv-url", arXivURL), ("--openalex-url", openAlexURL), ("--crossref-url", crossrefURL)]
        for (flag, base) in bases {
            guard let url = URL(string: base), ["http", "https"].contains(url.scheme ?? ""), url.host() != nil else {
                throw ValidationError("\(flag) takes an address that begins with https://, not '\(base)'.")
            }
        }
        if let address = mailAddress, !Self.isMailAddress(address) {
            throw ValidationError("--mailto takes an address such as ada@example.org, not '\(address)'.")
        }
    }

    /// The address from the flag or from the environment.
    var mailAddress: String? {
        let given = mailto ?? ProcessInfo.processInfo.environment["AKIN_MAILTO"] ?? ""
        return given.isEmpty ? nil : given
    }

    /// OpenAlex's key, from the environment.
    var openAlexKey: String? {
        let key = ProcessInfo.processInfo.environment["OPENALEX_API_KEY"] ?? ""
        return key.isEmpty ? nil : key
    }

    /// Whether a text can stand in a header as an address.
    private static func isMailAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"()<>\",;".utf8.contains($0) }
    }
}

/// The flags of a search.
struct SearchOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The most papers to get.", valueName: "n"))
    var max = 100

    @Option(help: ArgumentHelp("Only papers from this day on: 2024-05-31, 2024-05 or 2024.", valueName: "date"))
    var since: Day?

    func validate() throws {
        guard (1...1_000_000).contains(max) else {
            throw ValidationError("--max takes a number from 1 to 1,000,000, not \(max).")
        }
    }
}

/// A day. A month stands for its first day, and a year too.
struct Day: ExpressibleByArgument {
    /// The digits of year, month and day: `20240531`.
    let digits: String

    /// The day in ISO 8601: `2024-05-31`.
    var text: String { "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))" }

    /// Reads a day, a month or a year.
    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), zip(parts, [4, 2, 2]).allSatisfy({ $0.count == $1 }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let numbers = parts.compactMap { Int($0) } + [1, 1]
        guard numbers[0] >= 1000, (1...12).contains(numbers[1]), (1...31).contains(numbers[2]) else { return nil }
        digits = parts.joined() + ["", "0101", "01"][parts.count % 3]
    }
}
