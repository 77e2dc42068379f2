/// A name in reading order, cut into the parts that formats ask for.
///
///     NameParts("Ludwig van Beethoven")      // given "Ludwig", family "van Beethoven"
///     NameParts("Martin Luther King Jr.")    // given "Martin Luther", family "King", suffix "Jr."
///     NameParts("Qiskit Team")               // literal
///
/// The family name is the last word, with the words in lower case before it. Nobody can know more from a name alone.
/// The parts put together are the name again.
struct NameParts {
    var given = ""
    var family = ""
    var suffix = ""

    /// Whether the name is that of no person. It is then ``family`` as a whole.
    var isLiteral = false

    init(_ name: String) {
        var words = name.split(separator: " ").map(String.init)
        guard !NameParts.isLiteral(name, words) else {
            (family, isLiteral) = (name, true)
            return
        }
        if words.count > 2, let last = words.last, BibTeXNames.isSuffix(last) { suffix = words.removeLast() }
        let start = words.dropLast().firstIndex { $0.first?.isLowercase == true } ?? words.count - 1
        family = words[start...].joined(separator: " ")
        given = words[..<start].joined(separator: " ")
    }

    private static func isLiteral(_ name: String, _ words: [String]) -> Bool {
        if words.isEmpty || name.contains(where: { ",;=".contains($0) }) { return true }
        return words.contains { word in
            let word = word.lowercased()
            return word == "and" || word == "others" || groups.contains(word)
        } || words.dropLast().contains { BibTeXNames.isSuffix($0) }
            || words.count == 2 && BibTeXNames.isSuffix(words[1])
    }

    /// Words that groups and institutions have in their names.
    private static let groups: Set<String> = [
        "team", "group", "consortium", "collaboration", "committee", "association", "society", "university",
        "institute",
        "organization", "organisation", "foundation", "council", "department", "ministry", "project", "laboratory",
        "network", "initiative", "community", "agency", "commission", "corporation", "inc.", "ltd.", "gmbh",
    ]
}
