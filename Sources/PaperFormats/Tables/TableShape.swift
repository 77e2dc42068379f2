/// How a table is written: what parts its cells and rows.
struct TableShape: Hashable, Sendable {
    /// The byte between two cells: a comma, a semicolon, a tab or a bar.
    let delimiter: UInt8

    /// Whether quotation marks around a cell let it hold delimiters and line ends. Two of them inside stand for one.
    var hasQuotes = true

    /// The byte that ends a row: a line feed, or a carriage return in files that have no line feed.
    var lineEnd = UInt8(ascii: "\n")

    private static let quote = UInt8(ascii: "\"")
}

// MARK: - Rows

extension TableShape {
    /// Where a row ends.
    enum RowEnd: Equatable {
        /// At the position of its line end, or at the end of the bytes.
        case at(Int)
        /// Beyond the bytes.
        case beyond
        /// Nowhere: a quotation mark is never closed.
        case nowhere
    }

    /// Bytes that were followed in search of the mark that closes a cell, and have none.
    struct UnclosedBytes {
        fileprivate var range = 0..<0
    }

    /// Finds the end of a row.
    ///
    /// A quotation mark at the beginning of a cell encloses it, line ends included, up to a quotation mark before a
    /// delimiter or a line end. If the cell reaches into another line and what closes it looks like the beginning of a
    /// cell there (`,"text`), the first mark was a stray one, and the row ends with its line.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the file.
    ///   - start: Where the row begins.
    ///   - isAtEnd: Whether the file ends with the bytes.
    ///   - unclosed: What is known of the bytes. The rows of the same bytes share it.
    /// - Returns: The end.
    /// - Complexity: O(*n*) for *n* bytes, whatever the number of rows, because no quotation mark that is never closed
    ///   is followed twice.
    func rowEnd(in bytes: [UInt8], from start: Int, isAtEnd: Bool, unclosed: inout UnclosedBytes) -> RowEnd {
        var index = start
        var isCellStart = true
        while index < bytes.count {
            let byte = bytes[index]
            if byte == lineEnd { return .at(index) }
            if byte == delimiter {
                isCellStart = true
            } else if byte == Self.quote, isCellStart, hasQuotes {
                switch quotedEnd(in: bytes, from: index + 1, isAtEnd: isAtEnd, unclosed: &unclosed) {
                case .at(let end): index = end
                case .beyond:
                    if isAtEnd { unclosed.range = index..<bytes.count }
                    return isAtEnd ? .nowhere : .beyond
                case .nowhere: return .nowhere
                }
                isCellStart = false
            } else if byte != UInt8(ascii: " ") {
                isCellStart = false
            }
            index += 1
        }
        return isAtEnd ? .at(bytes.count) : .beyond
    }

    /// The end of the line that begins at `start`, whatever its quotation marks say.
    func lineEnd(in bytes: [UInt8], from start: Int) -> Int? {
        bytes[start...].firstIndex(of: lineEnd)
    }

    /// Finds the quotation mark that closes a cell.
    private func quotedEnd(
        in bytes: [UInt8], from start: Int, isAtEnd: Bool, unclosed: inout UnclosedBytes
    ) -> RowEnd {
        var index = start
        var lastLine = start
        var hasLineEnd = false
        var hasStrayMark = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == lineEnd {
                if hasStrayMark, !hasLineEnd { return .nowhere }
                hasLineEnd = true
                lastLine = index
            } else if byte == Self.quote {
                guard index + 1 < bytes.count else { return isAtEnd ? .at(index) : .beyond }
                if bytes[index + 1] == Self.quote {
                    index += 1
                } else if closesCell(bytes, before: index + 1) {
                    return .at(index)
                } else {
                    let isOpening = bytes[index - 1] == delimiter || bytes[index - 1] == lineEnd
                    if hasLineEnd, isOpening {
                        // A mark on the last line may be closed there.
                        if lastLine > start { unclosed.range = start..<lastLine }
                        return .nowhere
                    }
                    hasStrayMark = true
                }
            } else if unclosed.range.contains(index) {
                return .nowhere
            }
            index += 1
        }
        return .beyond
    }

    /// Whether a delimiter or a line end follows, possibly after spaces.
    private func closesCell(_ bytes: [UInt8], before start: Int, end: Int? = nil) -> Bool {
        var index = start
        let end = end ?? bytes.count
        while index < end, bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\r"),
            bytes[index] != lineEnd
        { index += 1 }
        return index >= end || bytes[index] == delimiter || bytes[index] == lineEnd
    }
}

// MARK: - Cells

extension TableShape {
    /// Cuts a row into cells, without their quotation marks and the white space around them.
    ///
    /// - Returns: The cells, or `nil` if the row is not UTF-8.
    func cells(of bytes: [UInt8], in row: Range<Int>) -> [String]? {
        var cells: [String] = []
        var start = row.lowerBound
        // Behind a mark that nothing closes, nothing closes another.
        var unclosed = row.upperBound
        var end = row.upperBound
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        while true {
            var first = start
            while first < end, bytes[first] == UInt8(ascii: " ") { first += 1 }
            if hasQuotes, first < end, bytes[first] == Self.quote,
                let close = closingMark(in: bytes, from: first + 1, to: end, unclosed: &unclosed)
            {
                guard let cell = unquoted(bytes[(first + 1)..<close]) else { return nil }
                cells.append(cell)
                start = close + 1
                while start < end, bytes[start] != delimiter { start += 1 }
            } else {
                start = first
                while start < end, bytes[start] != delimiter { start += 1 }
                guard let cell = String(validating: bytes[first..<start], as: UTF8.self) else { return nil }
                cells.append(cell.trimmingSpaces)
            }
            if start >= end { return cells }
            start += 1
        }
    }

    private func closingMark(
        in bytes: [UInt8], from start: Int, to end: Int, unclosed: inout Int
    ) -> Int? {
        var index = start
        while index < end {
            if bytes[index] == Self.quote {
                if index + 1 < end, bytes[index + 1] == Self.quote {
                    index += 1
                } else if closesCell(bytes, before: index + 1, end: end) {
                    return index
                }
            } else if index >= unclosed {
                return nil
            }
            index += 1
        }
        unclosed = min(unclosed, start)
        return nil
    }

    private func unquoted(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.contains(Self.quote) else {
            return String(validating: bytes, as: UTF8.self)?.trimmingSpaces
        }
        var plain: [UInt8] = []
        var isSecondMark = false
        for byte in bytes {
            isSecondMark = byte == Self.quote && !isSecondMark && plain.last == Self.quote
            if !isSecondMark { plain.append(byte) }
        }
        return String(validating: plain, as: UTF8.self)?.trimmingSpaces
    }
}
