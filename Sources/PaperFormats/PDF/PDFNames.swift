/// The names of people in a line below a title.
enum PDFNames {
    /// The names in a line; none if its first part is no name, or if any is none and the line has to be of names only.
    static func names(in line: String, isOnlyNames: Bool = false) -> [String] {
        let parts = line.replacing(" and ", with: ",").replacing(" & ", with: ",")
            .split { ",;•·|".contains($0) }
            .map { part in
                part.filter { !$0.isNumber && !"⁰¹²³⁴⁵⁶⁷⁸⁹".contains($0) }.trimmingSpaces
            }
            .map { $0.hasPrefix("and ") ? String($0.dropFirst(4)) : $0 }
            .filter { !$0.isEmpty }
        guard let first = parts.first, isName(first) else { return [] }
        return isOnlyNames && !parts.allSatisfy(isName) ? [] : parts.filter(isName)
    }

    /// Words that begin or are in the names of institutions and headings, and in no name of a person.
    private static let others: Set<String> = [
        "university", "universität", "universita", "università", "université", "universidad", "institute", "institut",
        "department", "school", "college", "faculty", "center", "centre", "laboratory", "laboratories", "lab", "labs",
        "inc", "inc.", "ltd", "gmbh", "corporation", "company", "research", "technology", "science", "sciences",
        "academy", "abstract", "introduction", "member", "ieee", "acm", "fellow", "senior", "student", "google",
        "microsoft", "facebook", "amazon", "of", "the", "for", "in", "at", "on", "with", "et", "al.", "united",
        "journal", "prof.", "dr.", "vorgelegt", "volume", "vol.", "proceedings", "conference", "workshop", "by",
        "author", "authors", "advisor",
    ]

    /// Particles of family names, which begin with a small letter.
    private static let particles: Set<String> = [
        "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ben",
        "ter", "ten", "zu", "y", "e",
    ]

    /// Whether a text may be the name of a person: two to five words that begin with capitals.
    private static func isName(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        guard (2...5).contains(words.count), !particles.contains(String(words[words.count - 1])),
            !text.contains(where: { "@:/()".contains($0) })
        else { return false }
        return words.allSatisfy { word in
            guard !others.contains(word.lowercased()), let first = word.first else { return false }
            return particles.contains(String(word)) || (first.isLetter && !first.isLowercase)
        }
    }
}
