public import Akin
package import AkinReports
public import ArgumentParser
public import PaperFormats
public import Papers
public import Ranking
public import RetrievalEvaluation

// The types of the libraries below that flags take.

extension SearchMode: ExpressibleByArgument {}

extension SpaceName: ExpressibleByArgument {
    /// Reads a name.
    public init?(argument: String) {
        self.init(rawValue: argument)
    }
}

extension Measure: ExpressibleByArgument {}

extension JudgedCollection.Task: ExpressibleByArgument {}

extension ImportFormat: ExpressibleByArgument {
    /// The format of a name.
    public init?(argument: String) {
        self.init(named: argument)
    }

    /// The names that there are.
    public static var allValueStrings: [String] { ([.auto] + all).map(\.name) }
}

extension YearRange: ExpressibleByArgument {
    /// Reads `2023`, `2020..2023`, `2023..` or `..2020`.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension RankChoice: ExpressibleByArgument {
    /// Reads `auto` or a number from 1 up.
    public init?(argument: String) {
        if argument == "auto" {
            self = .automatic
        } else {
            guard let rank = Int(argument), rank > 0 else { return nil }
            self = .fixed(rank)
        }
    }
}
