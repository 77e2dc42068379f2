public import Papers

/// A condition on a field of a paper.
public enum QueryCondition: Hashable, Sendable {
    /// A text of a paper.
    public enum TextPart: String, Hashable, Sendable, CaseIterable {
        /// The title.
        case title
        /// The abstract and further texts.
        case abstract
        /// A person's notes.
        case notes
    }

    /// What a paper may have.
    public enum Property: String, Hashable, Sendable, CaseIterable {
        case abstract, doi, arxiv, pmid, url, file, notes, tags, collections, year, authors, venue, key
    }

    /// A text has some words: as they are written and side by side, or each in any of its forms.
    case text(TextPart, words: String, isExact: Bool)
    /// The name of an author, or words of it.
    case author(String)
    /// Words of the venue.
    case venue(String)
    /// A category, or its part before a dot.
    case category(String)
    /// The year of publication.
    case years(YearRange)
    /// An id of the paper.
    case id(String)
    /// The value of another field by its name, as in `PaperFilter.attributes`.
    case label(name: String, value: String)
    /// The paper has something.
    case has(Property)
    /// When the paper was added.
    case added(AddedTime)
}

extension QueryCondition {
    /// The name of the field, if it is one that only sources know: `publisher`.
    public var sourceField: String? {
        guard case .label(let name, _) = self, !QueryField.allCases.contains(where: { $0.label == name }) else {
            return nil
        }
        return name
    }
}

extension QueryCondition: CustomStringConvertible {
    /// The condition in the query language.
    public var description: String {
        switch self {
        case .text(let part, let words, let isExact):
            "\(part == .notes ? "note" : part.rawValue):\(isExact ? quoted(words) : words)"
        case .author(let name): "author:\(value(name))"
        case .venue(let name): "venue:\(value(name))"
        case .category(let name): "category:\(value(name))"
        case .years(let years): "year:\(years)"
        case .id(let id): "id:\(value(id))"
        case .label(let name, let text): label(name, text)
        case .has(let property): "has:\(property.rawValue)"
        case .added(let time): "added:\(time)"
        }
    }

    private func label(_ name: String, _ text: String) -> String {
        let field = QueryField.allCases.first { $0.label == name }
        return field.map { "\($0.rawValue):\(value(text))" } ?? "\(name)=\(value(text))"
    }

    /// A value, between quotation marks if it would not be one without.
    private func value(_ text: String) -> String {
        // A value with a closing mark inside was read without marks around it.
        if text.contains(where: { "\"”".contains($0) }) { return text }
        return text.contains { $0.isWhitespace || "()“„".contains($0) } ? quoted(text) : text
    }
}

/// A time at which papers were added, relative to the moment of the question or by the day.
public enum AddedTime: Hashable, Sendable, CustomStringConvertible {
    /// A unit of time.
    public enum Unit: String, Hashable, Sendable, CaseIterable {
        case hours = "h"
        case days = "d"
        case weeks = "w"
        case months = "m"
        case years = "y"

        /// The seconds of one. A month has 30 days, and a year 365.
        var seconds: Int {
            switch self {
            case .hours: 3_600
            case .days: 86_400
            case .weeks: 604_800
            case .months: 2_592_000
            case .years: 31_536_000
            }
        }
    }

    /// The last hours, days, weeks, months or years: `7d`.
    case last(Int, Unit)
    /// A day and later, `2026-11-28`, in the time of Greenwich.
    case since(String)

    /// Reads a time; `nil` if the text is none.
    public init?(_ text: String) {
        if let unit = text.last.flatMap({ Unit(rawValue: String($0)) }), let count = Int(text.dropLast()),
            (1...Self.mostUnits).contains(count)
        {
            self = .last(count, unit)
        } else if Self.day(text) != nil {
            self = .since(text)
        } else {
            return nil
        }
    }

    private static let mostUnits = 100_000

    /// The time as ``init(_:)`` reads it.
    public var description: String {
        switch self {
        case .last(let count, let unit): "\(count)\(unit.rawValue)"
        case .since(let day): day
        }
    }

    /// The first second that counts, since 1970.
    ///
    /// - Parameter now: The present second since 1970.
    /// - Returns: The second.
    public func start(now: Int) -> Int {
        switch self {
        case .last(let count, let unit): now - count * unit.seconds
        case .since(let day): (Self.day(day) ?? 0) * 86_400
        }
    }

    /// The days from 1970 to a day as `2026-11-28`; `nil` for another text.
    ///
    /// The count of days of the Gregorian calendar follows Howard Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms" (2021), <https://howardhinnant.github.io/date_algorithms.html>.
    private static func day(_ text: String) -> Int? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard text.utf8.count == 10, parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
