/// The name of a person in the order in which it is read: `Vaswani, Ashish` becomes `Ashish Vaswani`, and
/// `King, Jr., Martin Luther` becomes `Martin Luther King Jr.`
///
/// A name without a comma stays as it is, unless initials with full stops end it: `Adler D.G.` becomes `D.G. Adler`. So
/// does a name whose part behind the comma is no given name: `University of California, Berkeley` has to come as a
/// literal name instead.
func readingOrder(ofName name: String) -> String {
    let parts = name.split(separator: ",").map { $0.trimmingSpaces }.filter { !$0.isEmpty }
    switch parts.count {
    case 1: return initialsFirst(parts[0]) { isDottedInitials($0) }
    case 2 where isSuffix(parts[1]): return "\(parts[0]) \(parts[1])"
    case 2: return "\(parts[1]) \(parts[0])"
    case 3 where isSuffix(parts[1]): return "\(parts[2]) \(parts[0]) \(parts[1])"
    case 3 where isSuffix(parts[2]): return "\(parts[1]) \(parts[0]) \(parts[2])"
    default: return name.trimmingSpaces
    }
}

/// The reading order of a name that is known to begin with the family name: `Zaidat OO` becomes `OO Zaidat`, and
/// `Hellinger FR Jr` becomes `FR Hellinger Jr`.
func readingOrder(ofFamilyFirst name: String) -> String {
    if name.contains(",") { return readingOrder(ofName: name) }
    return initialsFirst(name.trimmingSpaces) { isDottedInitials($0) || isBareInitials($0) }
}

/// Moves initials from the end of a name to its beginning. A suffix stays at the end.
private func initialsFirst(_ name: String, _ isInitials: (Substring) -> Bool) -> String {
    var words = name.split(separator: " ")
    let suffix = words.count > 2 && words.last.map { isSuffix(String($0)) } == true ? words.removeLast() : nil
    let initials = words.reversed().prefix { isInitials($0) }.count
    guard initials > 0, initials < words.count else { return name }
    let order = words.suffix(initials) + words.dropLast(initials) + (suffix.map { [$0] } ?? [])
    return order.joined(separator: " ")
}

/// Whether a word is initials with full stops: `D.G.`, `J.-P.`
func isDottedInitials(_ word: Substring) -> Bool {
    guard word.last == "." else { return false }
    let letters = word.split { $0 == "." || $0 == "-" || $0 == "‐" }
    return !letters.isEmpty && letters.allSatisfy { $0.count == 1 && $0.first?.isUppercase == true }
}

/// Whether a word is initials without full stops, as bibliographies write them: `OO`.
func isBareInitials(_ word: Substring) -> Bool {
    (1...4).contains(word.count) && word.allSatisfy { $0.isUppercase || $0 == "-" } && word.first != "-"
}

/// Whether a part of a name tells generations apart: `Jr.`, `III`.
func isSuffix(_ part: String) -> Bool {
    let bare = part.filter { $0 != "." }.lowercased()
    return ["jr", "sr", "junior", "senior", "ii", "iii", "iv", "2nd", "3rd"].contains(bare)
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmingSpaces: String {
        guard let head = unicodeScalars.first, let tail = unicodeScalars.last else { return "" }
        // Nothing but a letter, digit or sign of ASCII stands at either end of nearly all texts.
        if ("!"..."~").contains(head), ("!"..."~").contains(tail) { return String(self) }
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
