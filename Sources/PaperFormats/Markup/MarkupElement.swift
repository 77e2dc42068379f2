import Papers

/// An element of XML or HTML with everything in it.
struct MarkupElement: Sendable {
    /// The name without a prefix; in lower case if the language is HTML.
    let name: String
    /// The attributes by their names without prefixes.
    let attributes: [String: String]
    /// The line on which the element begins, from 1.
    let line: Int
    /// The elements and texts inside, in their order.
    var nodes: [Node] = []

    /// An element or a text.
    enum Node: Sendable {
        case element(MarkupElement)
        case text(String)
    }

    init(_ tag: ElementTag) {
        (name, attributes, line) = (tag.name, tag.attributes, tag.line)
    }
}

// MARK: - Finding

extension MarkupElement {
    /// The elements directly inside.
    var children: [MarkupElement] {
        nodes.compactMap { node in
            if case .element(let element) = node { element } else { nil }
        }
    }

    /// The elements of a name directly inside.
    func children(_ name: String) -> [MarkupElement] {
        children.filter { $0.name == name }
    }

    /// The first element at a path of names: `article["Journal", "Title"]`.
    subscript(path: String...) -> MarkupElement? {
        path.reduce(self) { element, name in element?.child(name) }
    }

    private func child(_ name: String) -> MarkupElement? {
        for case .element(let element) in nodes where element.name == name { return element }
        return nil
    }

    /// The elements of a name at any depth, in the order in which they begin.
    func descendants(_ name: String) -> [MarkupElement] {
        descendants { $0.name == name }
    }

    /// The elements at any depth that a condition holds for, in the order in which they begin.
    func descendants(where condition: (MarkupElement) -> Bool) -> [MarkupElement] {
        var found: [MarkupElement] = []
        collect(condition, &found)
        return found
    }

    private func collect(_ condition: (MarkupElement) -> Bool, _ found: inout [MarkupElement]) {
        for case .element(let element) in nodes {
            if condition(element) { found.append(element) }
            element.collect(condition, &found)
        }
    }

    /// The first element at any depth that a condition holds for.
    func first(where condition: (MarkupElement) -> Bool) -> MarkupElement? {
        for case .element(let element) in nodes {
            if condition(element) { return element }
            if let found = element.first(where: condition) { return found }
        }
        return nil
    }
}

// MARK: - Text

extension MarkupElement {
    /// All text inside, without tags, with single spaces.
    var text: String {
        tidied(rawText)
    }

    /// All text inside, without tags, with the lines of the document.
    var rawText: String {
        var text = ""
        appendText(to: &text)
        return text
    }

    private func appendText(to text: inout String) {
        for node in nodes {
            switch node {
            case .text(let part): text += part
            case .element(let element): element.appendText(to: &text)
            }
        }
    }

    /// The text inside with its tags, so that a paper makes `H₂O` of `H<sub>2</sub>O`.
    ///
    /// Each tag gets the prefix that marks it as a tag and not as a word in angle brackets.
    var markup: String {
        var text = ""
        appendMarkup(to: &text)
        return text
    }

    private func appendMarkup(to text: inout String) {
        for node in nodes {
            switch node {
            case .text(let part): text += part
            case .element(let element) where element.nodes.isEmpty: text += "<jats:\(element.name)/>"
            case .element(let element):
                text += "<jats:\(element.name)>"
                element.appendMarkup(to: &text)
                text += "</jats:\(element.name)>"
            }
        }
    }
}
