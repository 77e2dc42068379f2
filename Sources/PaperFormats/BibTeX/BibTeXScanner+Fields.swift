// MARK: - Fields

extension BibTeXScanner {
    /// Reads fields up to the closing bracket of the entry, and that bracket.
    mutating func readFields(_ closing: UInt8, _ heedsEscapes: Bool) -> Outcome {
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
