/// Finds rows in the bytes of a copy, which come in pieces of any size.
///
/// `PostgresCopyWriter` draws the format.
package struct CopyReader {
    private let columns: PostgresRows.Columns
    private var bytes: [UInt8] = []
    private var position = 0
    private var hasHeader = false
    private var hasEnded = false

    /// Creates the reader of a copy with these columns.
    package init(_ columns: PostgresRows.Columns) {
        self.columns = columns
    }

    /// Takes a piece.
    package mutating func add(_ piece: [UInt8]) {
        if position == bytes.count {
            bytes = piece
        } else {
            bytes.removeFirst(position)
            bytes += piece
        }
        position = 0
    }

    /// The next row, or `nil` if it has not come in full.
    package mutating func next() throws(PostgresError) -> PostgresRow? {
        if !hasHeader {
            // The signature, the flags, and an extension with its length, which must be skipped.
            guard bytes.count - position >= 19 else { return nil }
            guard bytes[position..<position + 11].elementsEqual(PostgresCopyWriter.header[..<11]),
                let flags = integer(UInt32.self, at: position + 11), flags & 0xFFFF_0000 == 0,
                let length = integer(Int32.self, at: position + 15), length >= 0
            else { throw Self.malformed("it does not begin as a binary copy") }
            guard bytes.count - position - 19 >= Int(length) else { return nil }
            position += 19 + Int(length)
            hasHeader = true
        }
        if hasEnded {
            if position < bytes.count { throw Self.malformed("bytes follow its end") }
            return nil
        }
        guard let count = integer(Int16.self, at: position) else { return nil }
        if count == -1 {
            position += 2
            hasEnded = true
            return try next()
        }
        guard Int(count) == columns.types.count else {
            throw Self.malformed("a row of \(count) fields came where there are \(columns.types.count) columns")
        }
        var offset = position + 2
        var fields: [Range<Int>?] = []
        fields.reserveCapacity(Int(count))
        for _ in 0..<Int(count) {
            guard let length = integer(Int32.self, at: offset) else { return nil }
            offset += 4
            if length == -1 {
                fields.append(nil)
                continue
            }
            guard length >= 0 else { throw Self.malformed("a field has the length \(length)") }
            guard bytes.count - offset >= Int(length) else { return nil }
            fields.append(offset..<offset + Int(length))
            offset += Int(length)
        }
        position = offset
        return PostgresRow(storage: .copied(bytes, fields: fields, columns))
    }

    /// Checks that the end came.
    package func finish() throws(PostgresError) {
        if !hasEnded || position < bytes.count { throw Self.malformed("it ends too early") }
    }

    private func integer<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type, at offset: Int) -> Value? {
        // SAFETY: the span is of an array that lives during the call.
        unsafe PostgresClient.integer(type, bytes.span.bytes, at: offset)
    }

    private static func malformed(_ reason: String) -> PostgresError {
        PostgresError(.malformedValue, "Cannot read a copy of PostgreSQL: \(reason).")
    }
}
