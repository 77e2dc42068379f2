import Papers

extension PaperDraft {
    /// Adds the text of an element to an attribute.
    mutating func add(_ element: MarkupElement?, to attribute: String) {
        if let element { add(element.text, to: attribute) }
    }

    /// Adds the texts of all elements inside that have no elements themselves to attributes of their names.
    ///
    /// - Parameters:
    ///   - element: The element.
    ///   - known: The names of elements that were read already, with all that is in them.
    ///   - whole: The names of elements that make one value: the texts of what is in them, with commas between them.
    mutating func addRest(of element: MarkupElement, except known: Set<String>, joining whole: Set<String> = []) {
        for child in element.children where !known.contains(child.name) {
            if whole.contains(child.name) {
                let parts = child.children.map(\.text).filter { !$0.isEmpty }
                add(parts.joined(separator: ", "), to: child.name.lowercased())
            } else if child.children.allSatisfy({ $0.name == "style" }) {
                add(child, to: child.name.lowercased())
            } else {
                addRest(of: child, except: known, joining: whole)
            }
        }
    }

    /// Takes a date, if there is one.
    mutating func take(_ date: PublicationDate?) {
        guard let date else { return }
        (self.year, self.date) = (date.year, date.text)
    }
}

/// The parts of a name in reading order, without those that are missing.
func joinedName(_ parts: String?...) -> String {
    parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
}

/// The date in the elements `year`, `month` and `day`, in whatever case their names are. A month may be a name.
func publicationDate(in element: MarkupElement) -> PublicationDate? {
    func part(_ name: String) -> String? { element.children.first { $0.name.lowercased() == name }?.text }
    guard let year = part("year").flatMap({ Int($0.prefix(4)) }) else { return nil }
    let month = part("month").flatMap { Int($0) ?? PublicationDate.month($0) }
    return PublicationDate(year: year, month: month, day: part("day").flatMap { Int($0) })
}
