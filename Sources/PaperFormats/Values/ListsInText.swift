import Papers

/// The names in a text that lists authors, each in reading order.
///
///     authorNames(in: "Bywater, T; Hutchings, J")      // T Bywater, J Hutchings
///     authorNames(in: "Liu R., Adler D.G.")            // R. Liu, D.G. Adler
///     authorNames(in: "Yang, Z. and Jiang, B.")        // Z. Yang, B. Jiang
///     authorNames(in: "['Marx, Karl', 'Lindgren, A']") // Karl Marx, A Lindgren
///     authorNames(in: "Vaswani, Ashish")               // Ashish Vaswani
///     authorNames(in: "Smith, John (7410161234)")      // John Smith
///     authorNames(in: "Vaswani A, Shazeer NM.")        // A Vaswani, NM Shazeer
///
/// Semicolons, bars and line ends part names wherever they stand, and so does `and`. Commas part names if what stands
/// between them looks like whole names: a name with a space in it, or family name and initials.
///
/// - Parameters:
///   - text: The text.
///   - partsAtSemicolons: Whether the source parts names with semicolons. A comma never parts two names then:
///     `García Márquez, Gabriel José` is one.
/// - Returns: The names.
func authorNames(in text: String, partsAtSemicolons: Bool = false) -> [String] {
    let text = text.trimmingSpaces
    if let list = quotedList(text) { return list.map(readingOrder(ofName:)).filter { !$0.isEmpty } }
    for separators in [";", "|", "\n"] where text.contains(separators) {
        return text.split(separator: separators).map { nameInList(String($0)) }.filter { !$0.isEmpty }
    }
    if partsAtSemicolons { return [nameInList(text)].filter { !$0.isEmpty } }
    let parts = text.replacing(" & ", with: " and ").split(separator: " and ").map { withoutNumber($0.trimmingSpaces) }
    return parts.flatMap(namesWithCommas).filter { !$0.isEmpty }
}

/// The names in a line where each is in reading order, so that every comma parts two names or a name and its suffix:
/// `A. Turing (Cambridge), A. Church, Jr., and S. Kleene`. What stands in brackets is an affiliation.
func authorNames(inReadingOrder line: String) -> [String] {
    var depth = 0
    var bare = ""
    for character in line {
        if character == "(" { depth += 1 }
        if depth == 0 { bare.append(character) }
        if character == ")" { depth = max(0, depth - 1) }
    }
    let parts = bare.replacing(" and ", with: ",").replacing(" & ", with: ",").replacing(";", with: ",")
        .split(separator: ",")
    var names: [String] = []
    for part in parts.map({ tidied(String($0)) }) where !part.isEmpty {
        let name = part.hasPrefix("and ") ? String(part.dropFirst(4)) : part
        if isSuffix(name), let last = names.popLast() {
            names.append("\(last) \(name)")
        } else {
            names.append(name)
        }
    }
    return names
}

/// The parts of a text that lists keywords or the like: at semicolons, else at bars, line ends or commas outside
/// brackets.
func listedParts(of text: String) -> [String] {
    let text = text.trimmingSpaces
    if let list = quotedList(text) { return list }
    for separator in [";", "|", "\n"] as [Character] where text.contains(separator) {
        return text.split(separator: separator).map { $0.trimmingSpaces }.filter { !$0.isEmpty }
    }
    var depth = 0
    let parts = text.split { character in
        if "([".contains(character) { depth += 1 }
        if ")]".contains(character) { depth = max(0, depth - 1) }
        return character == "," && depth == 0
    }
    return parts.map { $0.trimmingSpaces }.filter { !$0.isEmpty }
}

/// The one value of a cell, or those of a list in brackets.
func singleOrListed(_ text: String) -> [String] {
    quotedList(text.trimmingSpaces) ?? [text]
}

/// The paths in a text: those of a list in brackets, else at semicolons and line ends.
func listedPaths(_ text: String) -> [String] {
    quotedList(text.trimmingSpaces)
        ?? text.split(whereSeparator: { ";\n".contains($0) }).map(\.trimmingSpaces).filter { !$0.isEmpty }
}

/// Texts as a list in brackets, which all functions of this file read: `["a; b", "c"]`.
func quotedListText(of texts: [String]) -> String {
    let quoted = texts.map { text in
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
    return "[\(quoted.joined(separator: ", "))]"
}

/// A keyword without the star that marks the main subjects of a database.
func withoutStar(_ keyword: String) -> String {
    keyword.hasPrefix("*") ? String(keyword.dropFirst()) : keyword
}

/// The strings of a list as programs print it, `['a', "b"]`; `nil` for a text that is none.
private func quotedList(_ text: String) -> [String]? {
    guard text.first == "[", text.last == "]", text.count >= 2 else { return nil }
    var rest = text.unicodeScalars.dropFirst().dropLast()[...]
    var list: [String] = []
    while let first = rest.first(where: { !$0.properties.isWhitespace && $0 != "," }) {
        rest = rest.drop { $0.properties.isWhitespace || $0 == "," }
        guard first == "'" || first == "\"" else { return nil }
        rest = rest.dropFirst()
        var item = String.UnicodeScalarView()
        var isClosed = false
        while let scalar = rest.popFirst() {
            if scalar == "\\", let next = rest.popFirst() {
                item.append(next)
            } else if scalar == first {
                isClosed = true
                break
            } else {
                item.append(scalar)
            }
        }
        guard isClosed else { return nil }
        list.append(String(item))
    }
    return list
}

/// The name between two semicolons.
private func nameInList(_ name: String) -> String {
    readingOrder(ofName: withoutNumber(name.trimmingSpaces))
}

/// A name without what some databases write behind it and does not belong to it: the number of the author in brackets,
/// or `,null`.
private func withoutNumber(_ name: String) -> String {
    var name = name
    if name.hasSuffix(")"), let open = name.lastIndex(of: "("), open > name.startIndex,
        name[open...].dropFirst().dropLast().allSatisfy(\.isNumber)
    {
        name = name[..<open].trimmingSpaces
    }
    if name.hasSuffix(",null") { name.removeLast(5) }
    return name
}

/// The names in a text where commas may part names, or a family name from a given name.
private func namesWithCommas(_ text: String) -> [String] {
    var parts = text.split(separator: ",").map { withoutNumber($0.trimmingSpaces) }.filter { !$0.isEmpty }
    if let bare = withoutFullStop(parts) {
        parts[parts.count - 1] = bare
        if parts.count == 1 { return [readingOrder(ofFamilyFirst: bare)] }
    }
    if parts.count < 2 { return [readingOrder(ofName: text)] }
    if parts.allSatisfy(endsWithInitials) { return parts.map(readingOrder(ofFamilyFirst:)) }
    let given = parts.indices.filter { $0 % 2 == 1 }.map { parts[$0] }
    if parts.count % 2 == 0, given.allSatisfy(isInitials) {
        return given.indices.map { "\(given[$0]) \(parts[2 * $0])" }
    }
    if parts.count == 2 {
        let areWhole = parts.allSatisfy { $0.contains(" ") && $0.first?.isUppercase == true }
        return areWhole && !beginsWithParticle(parts[0]) ? parts : [readingOrder(ofName: text)]
    }
    let isOneName = parts.count == 3 && readingOrder(ofName: text) != text
    if isOneName { return [readingOrder(ofName: text)] }
    if parts.count % 2 == 0, parts.allSatisfy({ !$0.contains(" ") }) {
        return given.indices.map { "\(given[$0]) \(parts[2 * $0])" }
    }
    return parts.map(readingOrder(ofName:))
}

/// The last name of a list without the full stop with which PubMed ends the list, `Shazeer NM.`; `nil` if the list ends
/// in another way. The full stop of `Vaswani A.` may be that of the initial.
private func withoutFullStop(_ names: [String]) -> String? {
    guard let name = names.last, name.hasSuffix("."), endsWithInitials(String(name.dropLast())),
        let initials = name.dropLast().split(separator: " ").last, isBareInitials(initials)
    else { return nil }
    let isList = names.count > 1 && names.dropLast().allSatisfy { $0.last != "." && endsWithInitials($0) }
    return isList || (2...3).contains(initials.count) ? String(name.dropLast()) : nil
}

/// Whether a text is a family name and initials: `Adler D.G.`, `Smith JA`.
private func endsWithInitials(_ name: String) -> Bool {
    let words = name.split(separator: " ")
    guard words.count > 1, let last = words.last, let first = words.first else { return false }
    return (isDottedInitials(last) || isBareInitials(last)) && !isDottedInitials(first)
}

private func isInitials(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return !words.isEmpty && words.allSatisfy { isDottedInitials($0) || isBareInitials($0) }
}

private func beginsWithParticle(_ name: String) -> Bool {
    let first = name.split(separator: " ").first.map { $0.lowercased() } ?? ""
    return ["van", "von", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "ten", "ter"]
        .contains(first)
}
