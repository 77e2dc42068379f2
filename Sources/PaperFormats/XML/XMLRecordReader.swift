/// Reads the records of a document of XML one after another. Nothing but the open record is kept.
struct XMLRecordReader {
    /// A record, or where there is none.
    enum Part {
        case record(XMLRecord)
        /// A record beyond 16 MB was dropped.
        case tooLong(line: Int)
        /// The document ends in the middle.
        case cutOff(line: Int)
    }

    let kind: XMLKind
    private var tokens: MarkupTokenizer
    private var isAtEnd = false

    /// The open elements around the records.
    private var ancestors: [ElementTag] = []
    /// Elements that speak for the records beside them, and how many elements are open around them.
    private var context: [String: (element: MarkupElement, depth: Int)] = [:]
    /// The open record, or the open element that speaks for records.
    private var builder: ElementBuilder?
    private var isContext = false
    private var start = (line: 0, byte: 0)
    private var isTooLong = false
    /// A tag that came before its turn.
    private var pending: MarkupTokenizer.Token?

    init(_ file: PaperFile, kind: XMLKind) {
        self.kind = kind
        tokens = MarkupTokenizer(file, language: .xml)
    }

    /// The number of bytes read so far.
    var bytesRead: Int { tokens.bytesRead }

    /// Returns the next record, or `nil` after the last.
    mutating func next() throws(PaperFormatsError) -> Part? {
        while !isAtEnd {
            let token = if let waiting = pending.take() { waiting } else { try tokens.next() }
            guard let token else {
                isAtEnd = true
                let isWhole = builder == nil && ancestors.isEmpty && !tokens.isBroken
                return isWhole ? nil : .cutOff(line: tokens.line)
            }
            if let part = append(token) { return part }
        }
        return nil
    }

    private mutating func append(_ token: MarkupTokenizer.Token) -> Part? {
        guard builder != nil else {
            appendOutside(token)
            return nil
        }
        if tokens.bytesRead - start.byte > MarkupTokenizer.maximumLength, !isTooLong {
            isTooLong = true
            builder?.drop()
        }
        switch token {
        case .text(let text):
            builder?.append(text)
        case .start(let tag, let isEmpty):
            if isRecord(tag) {
                builder?.breakOff(line: tokens.line, "'<\(tag.name)>' begins inside a record")
                pending = token
                return finish(builder?.finish())
            }
            builder?.start(tag)
            if isEmpty { return finish(builder?.end(tag.name, line: tag.line)) }
        case .end(let name):
            let isOutside = builder?.contains(name) == false && ancestors.contains { $0.name == name }
            if isOutside {
                builder?.breakOff(line: tokens.line, "'</\(name)>' ends what the record is in")
                pending = token
                return finish(builder?.finish())
            }
            return finish(builder?.end(name, line: tokens.line))
        }
        return nil
    }

    /// Whether a tag inside a record begins the next, so that the end of the former is missing.
    private func isRecord(_ tag: ElementTag) -> Bool {
        guard !isContext, let builder, builder.outermost == tag.name else { return false }
        return !kind.nests || builder.depth == 1
    }

    private mutating func appendOutside(_ token: MarkupTokenizer.Token) {
        switch token {
        case .text: break
        case .start(let tag, let isEmpty):
            isContext = kind.context.contains(tag.name)
            if isContext || kind.records.contains(tag.name) {
                builder = ElementBuilder(tag, dropping: kind.dropped)
                start = (tag.line, tokens.bytesRead)
                if isEmpty { pending = .end(name: tag.name) }
            } else if !isEmpty, ancestors.count < ElementBuilder.maximumDepth {
                ancestors.append(tag)
            }
        case .end(let name):
            guard let place = ancestors.lastIndex(where: { $0.name == name }) else { return }
            ancestors.removeSubrange(place...)
            context = context.filter { $0.value.depth <= ancestors.count }
        }
    }

    /// Gives out a record that is complete.
    private mutating func finish(_ element: MarkupElement?) -> Part? {
        guard let element else { return nil }
        let problem = builder?.problem
        builder = nil
        if isContext {
            context[element.name] = (element, ancestors.count)
            isTooLong = false
            return nil
        }
        if isTooLong {
            isTooLong = false
            return .tooLong(line: start.line)
        }
        return .record(
            XMLRecord(
                element: element, ancestors: ancestors, context: context.mapValues(\.element), problem: problem))
    }
}
