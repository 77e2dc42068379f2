/// The date of an entry, from `date`, or from `year`, `month` and `day`.
struct BibTeXDate {
    /// The year, if one is known.
    var year: Int?
    /// The date in ISO 8601.
    var text: String?
    /// The fields that say more than ``text``, with their texts.
    var unread: [String: String] = [:]

    /// Reads a date; of a range the beginning counts, and of one without a beginning the end.
    init(date: String) {
        let digits = BibTeXDate.plainDigits(date)
        let ends = digits.split(separator: "/", omittingEmptySubsequences: false)
        let known = ends.first { $0.contains { $0.isNumber } } ?? ""
        if !known.hasPrefix("-"), !known.lowercased().hasPrefix("y"), let date = PublicationDate(String(known)) {
            (year, text) = (date.year, date.text)
        } else if !known.hasPrefix("-"), !known.lowercased().hasPrefix("y") {
            year = BibTeXDate.firstYear(in: String(known))
        }
        if text != date { unread["date"] = date }
    }

    /// Reads a year, a month and a day, each of which may be missing.
    init(year written: String?, month: String?, day: String?) {
        guard let written else {
            if let month { unread["month"] = month }
            if let day { unread["day"] = day }
            return
        }
        let digits = BibTeXDate.plainDigits(written)
        let date = PublicationDate(digits)
        year = date?.year ?? BibTeXDate.firstYear(in: digits)
        if date?.text != written { unread["year"] = written }
        guard let year else {
            if let month { unread["month"] = month }
            if let day { unread["day"] = day }
            return
        }
        let (number, dayOfMonth, isWhole) = BibTeXDate.month(month ?? "")
        let ownDay = day.flatMap { Int($0.trimmingSpaces) }
        if month != nil, !isWhole { unread["month"] = month }
        if day != nil, ownDay == nil || number == nil { unread["day"] = day }
        let found = PublicationDate(year: year, month: number, day: ownDay ?? dayOfMonth)
        text = number == nil ? date?.text ?? found?.text : found?.text
    }

    /// The month and the day of a text such as `oct`, `10`, `3 July` or `July 8–10`, and whether nothing else is there.
    private static func month(_ text: String) -> (month: Int?, day: Int?, isWhole: Bool) {
        let words = plainDigits(text).lowercased().split { !$0.isLetter && !$0.isNumber }
        let numbers = words.compactMap { Int($0) }
        if let name = words.lazy.compactMap({ PublicationDate.month($0) }).first {
            return (name, numbers.first, words.count == 1 || words.count == 2 && numbers.count == 1)
        }
        guard let number = numbers.first, (1...12).contains(number), words.count == 1 else { return (nil, nil, false) }
        return (number, nil, true)
    }

    /// The first run of four digits that is a year: `1985a`, `1995--1996`.
    private static func firstYear(in text: String) -> Int? {
        text.split { !("0"..."9").contains($0) }.lazy.filter { $0.count == 4 }.compactMap { Int($0) }
            .first { $0 >= 1000 }
    }

    /// The text with the digits of other scripts as those of ASCII.
    private static func plainDigits(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        return String(
            text.map { character in
                guard !character.isASCII, let digit = character.wholeNumberValue, (0...9).contains(digit) else {
                    return character
                }
                return Character(String(digit))
            })
    }
}
