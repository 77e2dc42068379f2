public import Akin
package import AkinReports
public import ArgumentParser
import Foundation
import LibraryEncoders
public import PaperFormats
public import Papers
public import QueryLanguage
public import Ranking
public import RetrievalEvaluation
public import SentenceEncoder

// The types of the libraries below that flags take.

extension SearchMode: ExpressibleByArgument {}

extension PaperOrder: ExpressibleByArgument {}

extension EncoderPrecision: ExpressibleByArgument {}

extension EncodingTime: ExpressibleByArgument {}

extension AddedTime: ExpressibleByArgument {
    /// Reads `7d` or a day.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension SpaceName: ExpressibleByArgument {
    /// Reads a name, which may have capitals.
    public init?(argument: String) {
        self.init(rawValue: argument.lowercased())
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

extension ExportFormat: ExpressibleByArgument {
    /// The format of a name.
    public init?(argument: String) {
        self.init(named: argument)
    }

    /// The names that there are.
    public static var allValueStrings: [String] { all.map(\.name) }
}

extension YearRange: ExpressibleByArgument {
    /// Reads `2023`, `2020..2023`, `2023..` or `..2020`.
    public init?(argument: String) {
        self.init(argument)
    }
}

/// A field of papers and a value of it, as `--where` takes them.
struct FieldValue: Hashable, ExpressibleByArgument {
    let field: String
    let value: String

    /// Reads `field=value`.
    init?(argument: String) {
        // A letter of the value that combines with the sign does not hide it.
        let parts = argument.unicodeScalars.split(separator: "=", maxSplits: 1)
            .map { String($0).trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        (field, value) = (parts[0], parts[1])
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
