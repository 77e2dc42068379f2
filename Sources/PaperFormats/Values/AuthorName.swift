/// The name of a person in the order in which it is read: `Vaswani, Ashish` becomes `Ashish Vaswani`, and
/// `King, Jr., Martin Luther` becomes `Martin Luther King Jr.`
///
/// A name without a comma stays as it is, and so does one whose part behind the comma is no given name:
/// `University of California, Berkeley` has to come as a literal name instead.
func readingOrder(ofName name: String) -> String {
    let parts = name.split(separator: ",").map { $0.trimmingSpaces }.filter { !$0.isEmpty }
    switch parts.count {
    case 2 where isSuffix(parts[1]): return "\(parts[0]) \(parts[1])"
    case 2: return "\(parts[1]) \(parts[0])"
    case 3 where isSuffix(parts[1]): return "\(parts[2]) \(parts[0]) \(parts[1])"
    case 3 where isSuffix(parts[2]): return "\(parts[1]) \(parts[0]) \(parts[2])"
    default: return name.trimmingSpaces
    }
}

/// Whether a part of a name tells generations apart: `Jr.`, `III`.
private func isSuffix(_ part: String) -> Bool {
    let bare = part.filter { $0 != "." }.lowercased()
    return ["jr", "sr", "junior", "senior", "ii", "iii", "iv", "v"].contains(bare)
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmingSpaces: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
