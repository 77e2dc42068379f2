/// Puts tags and texts together to one element.
struct ElementBuilder {
    /// How deep elements are kept. Deeper ones only lose their tags, so that no document exhausts the stack.
    static let maximumDepth = 200

    /// The open elements that are kept, the outermost first.
    private var open: [MarkupElement]
    /// The names of the open elements that are not kept: too deep, or inside one that is dropped.
    private var unkept: [String] = []
    /// Whether ``unkept`` begins with an element that is dropped with all that is in it.
    private var isInDropped = false
    /// Whether nothing is kept any more.
    private var keepsNothing = false
    /// The names of elements that are dropped with all that is in them.
    private let dropped: Set<String>

    /// The first place where tags do not match, and what stands there.
    private(set) var problem: (line: Int, text: String)?

    /// Begins an element.
    init(_ tag: ElementTag, dropping dropped: Set<String> = []) {
        open = [MarkupElement(tag)]
        counts = [tag.name: 1]
        self.dropped = dropped
    }

    /// The name of the outermost element.
    var outermost: String { open.first?.name ?? "" }

    /// The number of open elements.
    var depth: Int { open.count + unkept.count }

    /// Whether an open element has a name.
    func contains(_ name: String) -> Bool { counts[name] != nil }

    /// How many open elements have a name.
    private var counts: [String: Int]

    /// The name of the innermost open element.
    var innermost: String { unkept.last ?? open.last?.name ?? "" }

    /// Begins an element inside the others.
    mutating func start(_ tag: ElementTag) {
        counts[tag.name, default: 0] += 1
        if unkept.isEmpty, dropped.contains(tag.name) { isInDropped = true }
        if isInDropped || keepsNothing || !unkept.isEmpty || open.count >= Self.maximumDepth {
            unkept.append(tag.name)
        } else {
            open.append(MarkupElement(tag))
        }
    }

    /// Adds text to the innermost element.
    mutating func append(_ text: String) {
        if !isInDropped, !keepsNothing, !open.isEmpty { open[open.count - 1].nodes.append(.text(text)) }
    }

    /// Ends the innermost element of a name, and those inside it.
    ///
    /// - Returns: The whole element, if it was the outermost. `nil` if elements are still open, or none has the name.
    mutating func end(_ name: String, line: Int) -> MarkupElement? {
        if innermost != name {
            breakOff(line: line, "'</\(name)>' does not end '<\(innermost)>'")
            guard contains(name) else { return nil }
        }
        while true {
            let isLast = innermost == name
            if let finished = endInnermost() { return finished }
            if isLast { return nil }
        }
    }

    /// Ends all elements, and returns the outermost.
    mutating func finish() -> MarkupElement? {
        while !open.isEmpty {
            if let finished = endInnermost() { return finished }
        }
        return nil
    }

    /// Notes that something is wrong, unless something was before.
    mutating func breakOff(line: Int, _ text: String) {
        if problem == nil { problem = (line, text) }
    }

    /// Forgets what is in the element, and keeps nothing more of it.
    mutating func drop() {
        keepsNothing = true
        for index in open.indices { open[index].nodes = [] }
    }

    /// The name of the innermost open element that is one of some, if it is inside the innermost of others.
    func innermost(of names: Set<String>, inside others: Set<String>) -> String? {
        let inner = unkept.suffix(Self.maximumDepth).reversed()
        for name in inner + open.reversed().map(\.name) {
            if names.contains(name) { return name }
            if others.contains(name) { return nil }
        }
        return nil
    }

    private mutating func endInnermost() -> MarkupElement? {
        let name = innermost
        counts[name] = counts[name].flatMap { $0 > 1 ? $0 - 1 : nil }
        if unkept.popLast() != nil {
            if unkept.isEmpty { isInDropped = false }
            return nil
        }
        let element = open.popLast()
        guard let element, !open.isEmpty else { return element }
        open[open.count - 1].nodes.append(.element(element))
        return nil
    }
}
