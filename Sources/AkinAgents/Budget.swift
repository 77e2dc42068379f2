/// Writes a text of at most so many characters, and says how much it leaves out.
///
/// Agents drown in long answers. Whole entries are left out, never parts of one, and the first entry is cut only if it
/// alone is too long.
struct BudgetedText {
    /// The characters that a text has unless the agent asks for another number.
    static let usualLimit = 8_000
    static let limits = 200...200_000

    private let limit: Int
    private(set) var text = ""
    /// The entries that have no room.
    private(set) var leftOut = 0
    private var leftOutCharacters = 0
    private var entryCount = 0

    /// Creates an empty text.
    ///
    /// - Parameter limit: The characters, a closing remark included.
    init(limit: Int) { self.limit = limit }

    /// What the closing remark may take: less where the whole text is short.
    private var reserve: Int { min(160, limit / 3) }

    /// Appends a remark before the entries. All remarks together take at most half of the characters.
    mutating func appendLine(_ line: String) {
        let room = limit / 2 - text.count
        if room > 1 { text += line.count < room ? line + "\n" : line.prefix(room - 2) + "…\n" }
    }

    /// Appends an entry, if it has room and none before it was left out.
    mutating func append(_ entry: String) {
        let room = limit - text.count - reserve
        defer { entryCount += 1 }
        if leftOut == 0, entry.count <= room {
            text += entry + "\n"
        } else if entryCount == 0 {
            // Half of the room is left by remarks, so that the first entry shows something.
            let part = entry.prefix(max(20, room - 2))
            text += part + "…\n"
            leftOutCharacters += entry.count - part.count
        } else {
            leftOut += 1
            leftOutCharacters += entry.count
        }
    }

    /// The text with a remark on what is left out.
    ///
    /// - Parameters:
    ///   - noun: What an entry is, such as `paper`.
    ///   - hint: How to get the rest; `nil` if nothing helps.
    /// - Returns: The text.
    func finished(_ noun: String, hint: String?) -> String {
        guard leftOutCharacters > 0 else { return text }
        let entries = leftOut > 0 ? "\(leftOut) \(noun)\(leftOut == 1 ? "" : "s") (" : "("
        let remark = "[Left out: \(entries)\(leftOutCharacters) characters). \(hint ?? "")]\n"
        return text + remark.prefix(max(0, limit - text.count))
    }
}
