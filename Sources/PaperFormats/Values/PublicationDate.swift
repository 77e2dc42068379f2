import Papers

/// A date as sources write it, as far as it is known.
///
///     PublicationDate("2021-05-03")   // 2021-05-03
///     PublicationDate("2021/05")      // 2021-05
///     PublicationDate("3 May 2021")   // 2021-05-03
///     PublicationDate("2020.0")       // 2020
struct PublicationDate {
    /// The year, four digits.
    let year: Int
    /// The date of ISO 8601: `2021-05-03`, `2021-05` or `2021`.
    let text: String

    /// Puts a date together. A month or day that cannot be is left out, and so is a day without a month.
    init?(year: Int, month: Int? = nil, day: Int? = nil) {
        guard (1000...9999).contains(year) else { return nil }
        self.year = year
        var text = String(year)
        if let month, (1...12).contains(month) {
            text += month < 10 ? "-0\(month)" : "-\(month)"
            if let day, (1...31).contains(day) { text += day < 10 ? "-0\(day)" : "-\(day)" }
        }
        self.text = text
    }

    /// Reads a date; `nil` if no year of four digits stands in the text.
    ///
    /// Of a range the first date counts. The time of a day does not. Of two numbers that may both be months, as in
    /// `03/04/2021`, neither counts; a single one before the year is a month.
    init?(_ text: String) {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        guard let place = words.firstIndex(where: { $0.utf8.count == 4 && Int($0).map { $0 >= 1000 } == true }),
            let year = Int(words[place])
        else {
            // `2021-05-03T10:00:00Z` and `20210503`, where no word is a year alone.
            let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
            guard digits.count == 8, let number = Int(text.prefix(8)) else { return nil }
            self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
            return
        }
        let names = words.compactMap(Self.month)
        let after = words[(place + 1)...].prefix(2).map { Self.dayOrMonth($0) }
        if let month = names.first {
            // The day is the number beside the name.
            let numbers = words.indices.filter { $0 != place }.compactMap { Self.dayOrMonth(words[$0]) }
            self.init(year: year, month: month, day: numbers.first)
        } else if let month = after.first ?? nil, place == 0 {
            self.init(year: year, month: month, day: after.count > 1 ? after[1] : nil)
        } else {
            let (month, day) = Self.monthAndDay(words[..<place].compactMap { Self.dayOrMonth($0) })
            self.init(year: year, month: month, day: day)
        }
    }

    /// Month and day of the numbers before a year, as far as they leave no doubt.
    private static func monthAndDay(_ numbers: [Int]) -> (month: Int?, day: Int?) {
        switch numbers.count {
        case 1: (numbers[0], nil)
        case 2 where numbers[0] > 12 || numbers[0] == numbers[1]: (numbers[1], numbers[0])
        case 2 where numbers[1] > 12: (numbers[0], numbers[1])
        default: (nil, nil)
        }
    }

    /// The number of a month by its English name or the beginning of one: `may`, `sept`.
    static func month(_ word: some StringProtocol) -> Int? {
        guard word.count >= 3, word.first?.isLetter == true else { return nil }
        let word = word.lowercased()
        return names.firstIndex { $0.hasPrefix(word) }.map { $0 + 1 }
    }

    private static let names = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// A number of one or two digits. What follows them does not count: `03t10`, `3rd`.
    private static func dayOrMonth(_ word: Substring) -> Int? {
        let digits = word.prefix { ("0"..."9").contains($0) }
        return digits.count <= 2 ? Int(digits) : nil
    }
}
