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
    private var searchBudget = 64 << 20

    private var searchLength: Int { searchBudget > 0 ? Self.nestedLength : 1 << 10 }

    private var segment = BibTeXSegment()
    private let isAtEnd: Bool
    private var position: Int

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

    private var end: Int { segment.bytes.count }

    /// Whether an attempt to read an entry ended it, failed, or came to the end of the bytes.
    private enum Outcome {
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
    private func isEntryAtLineStart(_ place: Int) -> Bool {
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

    private func isValueStart(_ place: Int) -> Bool {
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
            let macro = BibTeXSegment.Macro(
                place: Int(field.name.start), value: segment.joinedParts(in: field.value.range))
            segment.macros[segment.name(field.name), default: []].append(macro)
        }
        segment.fields.removeLast(segment.fields.count - first)
        return .read
    }

    private mutating func skipSpaces() {
        while position < end, isTeXSpace(segment.bytes[position]) { position += 1 }
    }
}

// MARK: - Fields

extension BibTeXScanner {
    /// Reads fields up to the closing bracket of the entry, and that bracket.
    private mutating func readFields(_ closing: UInt8, _ heedsEscapes: Bool) -> Outcome {
        let first = segment.fields.count
        while true {
            skipBetweenFields()
            guard position < end else {
                // The last entry of a file may lack its last brace.
                return isAtEnd && segment.fields.count > first ? endWithoutBracket(first) : .unfinished
            }
            let byte = segment.bytes[position]
            if byte == closing {
                position += 1
                if goesOnBehindBracket() { continue }
                return .read
            }
            if byte == UInt8(ascii: "@"), isEntryAtLineStart(position) { return endWithoutBracket(first) }
            let start = position
            while position < end, BibTeXSyntax.isNameByte(segment.bytes[position]) { position += 1 }
            let name = start..<position
            guard !name.isEmpty else {
                return .broken("'\(Character(Unicode.Scalar(byte)))' stands where a field should begin")
            }
            skipSpaces()
            guard position < end else { return .unfinished }
            guard segment.bytes[position] == UInt8(ascii: "=") else {
                if segment.bytes[position] == UInt8(ascii: ",") || segment.bytes[position] == closing { continue }
                let word = String(decoding: segment.bytes[name].prefix(40), as: UTF8.self)
                return .broken("no '=' follows the field '\(word)'")
            }
            position += 1
            skipSpaces()
            let valueStart = position
            let outcome = readValue(closing, heedsEscapes)
            guard case .read = outcome else {
                guard case .broken(let reason) = outcome else { return outcome }
                let field = String(decoding: segment.bytes[name].prefix(40), as: UTF8.self)
                return .broken("\(reason) in the field '\(field)'")
            }
            let value = BibTeXSyntax.trimmed(segment.bytes[valueStart..<position])
            if !value.isEmpty {
                segment.fields.append(
                    BibTeXSegment.Field(name: .init(name), value: .init(value.startIndex..<value.endIndex)))
            }
        }
    }

    /// Skips white space, commas and comments.
    private mutating func skipBetweenFields() {
        while position < end {
            let byte = segment.bytes[position]
            if byte == UInt8(ascii: "%") {
                while position < end, segment.bytes[position] != UInt8(ascii: "\n") { position += 1 }
            } else if byte == UInt8(ascii: ",") || isTeXSpace(byte) {
                position += 1
            } else {
                return
            }
        }
    }

    /// Whether fields follow a bracket, which is then one too many: `title = {A}},`.
    private func goesOnBehindBracket() -> Bool {
        var index = position
        while index < end, isTeXSpace(segment.bytes[index]) { index += 1 }
        guard index < end, segment.bytes[index] == UInt8(ascii: ",") else { return false }
        index += 1
        while index < end, isTeXSpace(segment.bytes[index]) { index += 1 }
        let start = index
        while index < end, BibTeXSyntax.isNameByte(segment.bytes[index]) { index += 1 }
        guard index > start else { return false }
        while index < end, isTeXSpace(segment.bytes[index]) { index += 1 }
        return index < end && segment.bytes[index] == UInt8(ascii: "=") && isValueStart(index + 1)
    }

    /// Ends an entry whose closing bracket is missing, unless its last value holds the fields behind it: then a brace
    /// is missing there.
    private func endWithoutBracket(_ first: Int) -> Outcome {
        guard segment.fields.count > first, let last = segment.fields.last else {
            return .broken("the closing bracket is missing")
        }
        let value = segment.bytes[last.value.range]
        for place in value.indices where value[place] == UInt8(ascii: "\n") || value[place] == UInt8(ascii: ",") {
            var index = place + 1
            while index < value.endIndex, isTeXSpace(value[index]) { index += 1 }
            let start = index
            while index < value.endIndex, BibTeXSyntax.isNameByte(value[index]) { index += 1 }
            guard index > start else { continue }
            while index < value.endIndex, isTeXSpace(value[index]) { index += 1 }
            if index < value.endIndex, value[index] == UInt8(ascii: "=") {
                return .broken("a closing brace is missing in the field '\(segment.name(last.name))'")
            }
        }
        return .read
    }

    // MARK: Values

    private mutating func readValue(_ closing: UInt8, _ heedsEscapes: Bool) -> Outcome {
        while true {
            skipSpaces()
            guard position < end else { return .unfinished }
            let outcome: Outcome
            switch segment.bytes[position] {
            case UInt8(ascii: "{"): outcome = readBraced(heedsEscapes)
            case UInt8(ascii: "\""): outcome = readQuoted(heedsEscapes)
            default: outcome = readBare(closing)
            }
            guard case .read = outcome else { return outcome }
            let after = position
            skipSpaces()
            guard position < end, segment.bytes[position] == UInt8(ascii: "#") else {
                position = after
                return .read
            }
            position += 1
        }
    }

    private mutating func readBraced(_ heedsEscapes: Bool) -> Outcome {
        var depth = 0
        return readDelimited("a closing brace is missing", heedsEscapes) { byte in
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            return depth == 0
        }
    }

    private mutating func readQuoted(_ heedsEscapes: Bool) -> Outcome {
        var depth = 0
        var quotes = 0
        return readDelimited("a quotation mark is missing", heedsEscapes) { byte in
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            if byte == UInt8(ascii: "\""), depth <= 0 { quotes += 1 }
            return quotes == 2
        }
    }

    /// Reads up to the byte that closes the value.
    @inline(__always)
    private mutating func readDelimited(
        _ problem: String, _ heedsEscapes: Bool, _ closes: (UInt8) -> Bool
    ) -> Outcome {
        var limit = end
        var index = position
        while index < limit {
            let byte = segment.bytes[index]
            if closes(byte) {
                position = index + 1
                return .read
            }
            if byte == UInt8(ascii: "\\"), heedsEscapes { index += 1 }
            index += 1
            if byte == UInt8(ascii: "\n"), limit == end, beginsWithEntry(lineAt: index) {
                limit = min(end, index + searchLength)
                searchBudget -= limit - index
            }
        }
        if limit == end, !isAtEnd { return .unfinished }
        return .broken(problem)
    }

    private func beginsWithEntry(lineAt start: Int) -> Bool {
        var index = start
        while index < end, segment.bytes[index] == 0x20 || segment.bytes[index] == 0x09 { index += 1 }
        return index < end && BibTeXSyntax.isEntry(segment.bytes, at: index)
    }

    /// Reads a number, the name of a macro, or words that lack their braces.
    private mutating func readBare(_ closing: UInt8) -> Outcome {
        while position < end {
            let byte = segment.bytes[position]
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "\n") || byte == closing {
                return .read
            }
            position += 1
        }
        return .unfinished
    }
}
