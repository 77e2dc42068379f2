/// Cuts the bytes of a BibTeX file into entries and fields.
///
/// 1. Between entries everything is a comment, up to an `@` that a word and a bracket follow. A `%` hides the rest of
///    its line.
/// 2. `@comment` and `@preamble` are skipped to their closing bracket. `@string` defines macros.
/// 3. An entry has a key and fields. What is missing or too much and does no harm is read over: a comma, a closing brace
///    at the end of the entry, a closing brace behind a value, the key.
/// 4. Another entry that begins at the beginning of a line inside a value shows that a brace is missing, unless the
///    value closes within ``nestedLength``. Such an entry is skipped, and reading goes on at the next entry.
struct BibTeXScanner {
    /// How far behind an entry inside a value that value may close: 64 KB. So a broken entry costs no more than that.
    private static let nestedLength = 1 << 16

    /// How many bytes may be looked through for the ends of values and comments that have none. When they are used up,
    /// 1 KB must suffice, so that a file of broken entries takes no more than linear time.
    var searchBudget = 64 << 20

    /// How many bytes macros may add to all macros: 16 MB.
    private var expansionBudget = FileBlock.maximumPartLength

    var searchLength: Int { searchBudget > 0 ? Self.nestedLength : 1 << 10 }

    var segment = BibTeXSegment()
    let isAtEnd: Bool
    var position: Int

    /// The line of ``linePosition``.
    private var line: Int
    private var linePosition: Int

    /// What a segment has, and where the bytes begin that belong to the next one.
    struct Result {
        let segment: BibTeXSegment
        /// The place of an entry that the bytes do not end; the number of bytes if there is none.
        let rest: Int
        /// The line of ``rest``.
        let line: Int
    }

    /// Cuts bytes into entries.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, fewer than 2 GB.
    ///   - start: Where to begin.
    ///   - line: The line of `start`.
    ///   - isAtEnd: Whether the file ends with the bytes.
    /// - Returns: The entries.
    /// - Complexity: O(*n*) for *n* bytes.
    static func scan(_ bytes: consuming [UInt8], from start: Int, line: Int, isAtEnd: Bool) -> Result {
        var scanner = BibTeXScanner(bytes, from: start, line: line, isAtEnd: isAtEnd)
        let rest = scanner.scan()
        return Result(segment: scanner.segment, rest: rest, line: scanner.line(at: rest))
    }

    private init(_ bytes: consuming [UInt8], from start: Int, line: Int, isAtEnd: Bool) {
        segment.bytes = bytes
        position = start
        self.line = line
        linePosition = start
        self.isAtEnd = isAtEnd
    }

    var end: Int { segment.bytes.count }

    /// Whether an attempt to read an entry ended it, failed, or came to the end of the bytes.
    enum Outcome {
        case read
        case broken(String)
        case unfinished
    }

    /// Reads all entries. Returns where the unfinished rest begins.
    private mutating func scan() -> Int {
        while let start = nextEntry() {
            position = start
            let (entries, fields) = (segment.entries.count, segment.fields.count)
            var outcome = readEntry(heedsEscapes: false)
            if case .broken = outcome {
                let furthest = position
                forget(entries, fields)
                position = start
                outcome = readEntry(heedsEscapes: true)
                if case .read = outcome {} else { position = furthest }
            }
            switch outcome {
            case .read: break
            case .unfinished where !isAtEnd && end - start <= FileBlock.maximumPartLength:
                forget(entries, fields)
                return start
            case .unfinished:
                forget(entries, fields)
                let isTooLong = end - start > FileBlock.maximumPartLength
                skip(from: start, isTooLong ? .tooLong : .broken, "the file ends inside the entry")
            case .broken(let reason):
                forget(entries, fields)
                skip(from: start, .broken, reason)
            }
        }
        return position
    }

    private mutating func forget(_ entries: Int, _ fields: Int) {
        segment.entries.removeLast(segment.entries.count - entries)
        segment.fields.removeLast(segment.fields.count - fields)
    }

    /// Reports an entry and goes on at the next one that begins a line.
    private mutating func skip(from start: Int, _ code: BibTeXSegment.Problem.Code, _ reason: String) {
        let reason = code == .tooLong ? FileBlock.tooLongReason : reason
        segment.skipped.append(BibTeXSegment.Problem(code: code, line: line(at: start), reason: reason))
        var index = start + 1
        while index < end, !isEntryAtLineStart(index) { index += 1 }
        position = index
    }

    /// The line of a place behind the last one that was asked for.
    private mutating func line(at place: Int) -> Int {
        while linePosition < place {
            if segment.bytes[linePosition] == UInt8(ascii: "\n") { line += 1 }
            linePosition += 1
        }
        return line
    }

    /// Whether an entry begins at a place, with nothing but spaces before it on its line.
    func isEntryAtLineStart(_ place: Int) -> Bool {
        guard segment.bytes[place] == UInt8(ascii: "@") else { return false }
        var before = place - 1
        while before >= 0, segment.bytes[before] == 0x20 || segment.bytes[before] == 0x09 { before -= 1 }
        guard before < 0 || segment.bytes[before] == UInt8(ascii: "\n") || segment.bytes[before] == UInt8(ascii: "\r")
        else { return false }
        return BibTeXSyntax.isEntry(segment.bytes, at: place)
    }
}

// MARK: - Between entries

extension BibTeXScanner {
    /// The place of the next entry, or `nil` after the last. The position is then where the next bytes begin.
    private mutating func nextEntry() -> Int? {
        while position < end {
            switch segment.bytes[position] {
            case UInt8(ascii: "%"):
                while position < end, segment.bytes[position] != UInt8(ascii: "\n") { position += 1 }
            case UInt8(ascii: "@"):
                let isInWord = position > 0 && BibTeXSyntax.isTypeByte(segment.bytes[position - 1])
                if !isInWord, BibTeXSyntax.isEntry(segment.bytes, at: position) { return position }
                // The next bytes may make it an entry.
                if !isAtEnd, end - position < 100 { return nil }
                position += 1
            default: position += 1
            }
        }
        return nil
    }

    private mutating func readEntry(heedsEscapes: Bool) -> Outcome {
        let start = position
        position += 1
        skipSpaces()
        let typeStart = position
        while position < end, BibTeXSyntax.isTypeByte(segment.bytes[position]) { position += 1 }
        let type = typeStart..<position
        skipSpaces()
        guard position < end else { return .unfinished }
        let closing = segment.bytes[position] == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")")
        switch String(decoding: segment.bytes[type], as: UTF8.self).lowercased() {
        case "comment": return skipComment(closing, isComment: true)
        case "preamble": return skipComment(closing, isComment: false)
        case "string":
            position += 1
            return readMacros(closing, heedsEscapes)
        default: break
        }
        position += 1
        var key = position..<position
        switch readKey(closing) {
        case .none: return .unfinished
        case .some(let found): key = found
        }
        let first = segment.fields.count
        let outcome = readFields(closing, heedsEscapes)
        guard case .read = outcome else { return outcome }
        let length = position - start
        guard length <= FileBlock.maximumPartLength else {
            let reason = FileBlock.tooLongReason
            segment.skipped.append(
                BibTeXSegment.Problem(code: .tooLong, line: line(at: start), reason: reason))
            segment.fields.removeLast(segment.fields.count - first)
            return .read
        }
        segment.entries.append(
            BibTeXSegment.Entry(
                type: .init(type), key: .init(key), fields: first..<segment.fields.count, line: line(at: start),
                start: start))
        return .read
    }

    /// Reads the key and the comma behind it. Empty if the first word is a field. `nil` at the end of the bytes.
    private mutating func readKey(_ closing: UInt8) -> Range<Int>? {
        skipSpaces()
        let start = position
        while position < end {
            let byte = segment.bytes[position]
            if byte == UInt8(ascii: ",") || byte == closing || byte == UInt8(ascii: "\n") {
                let key = start..<position
                if byte == UInt8(ascii: ",") { position += 1 }
                let trimmed = BibTeXSyntax.trimmed(segment.bytes[key])
                return trimmed.startIndex..<trimmed.endIndex
            }
            if byte == UInt8(ascii: "="), isValueStart(position + 1) {
                position = start
                return start..<start
            }
            position += 1
        }
        return nil
    }

    func isValueStart(_ place: Int) -> Bool {
        var index = place
        while index < end, isTeXSpace(segment.bytes[index]) { index += 1 }
        return index < end && (segment.bytes[index] == UInt8(ascii: "{") || segment.bytes[index] == UInt8(ascii: "\""))
    }

    /// Skips a comment to its closing bracket. If it does not close, only its opening is skipped.
    private mutating func skipComment(_ closing: UInt8, isComment: Bool) -> Outcome {
        let opening = segment.bytes[position]
        let start = position + 1
        let limit = searchBudget > 0 ? end : min(end, position + searchLength)
        var depth = 0
        var index = position
        while index < limit {
            let byte = segment.bytes[index]
            if byte == opening { depth += 1 }
            if byte == closing { depth -= 1 }
            index += 1
            guard depth == 0 else { continue }
            if isComment { segment.comments.append(start..<(index - 1)) }
            position = index
            return .read
        }
        if limit == end, !isAtEnd { return .unfinished }
        searchBudget -= limit - position
        position = start
        return .read
    }

    private mutating func readMacros(_ closing: UInt8, _ heedsEscapes: Bool) -> Outcome {
        let first = segment.fields.count
        let outcome = readFields(closing, heedsEscapes)
        guard case .read = outcome else { return outcome }
        for field in segment.fields[first...] {
            var expansion = min(BibTeXSegment.longestExpansion, expansionBudget)
            let before = expansion
            let value = segment.joinedParts(in: field.value.range, &expansion)
            guard expansion >= 0 else {
                let reason = "the macro '\(segment.name(field.name).prefix(40))' is made of macros that are too long"
                segment.skipped.append(
                    BibTeXSegment.Problem(code: .tooLong, line: line(at: Int(field.name.start)), reason: reason))
                continue
            }
            expansionBudget -= before - expansion
            let macro = BibTeXSegment.Macro(place: Int(field.name.start), value: value)
            segment.macros[segment.name(field.name), default: []].append(macro)
        }
        segment.fields.removeLast(segment.fields.count - first)
        return .read
    }

    mutating func skipSpaces() {
        while position < end, isTeXSpace(segment.bytes[position]) { position += 1 }
    }
}
