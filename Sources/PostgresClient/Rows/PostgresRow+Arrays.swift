extension PostgresRow {
    /// Reads a `smallint[]`, `integer[]` or `bigint[]` of one dimension, without nulls.
    package func int64s(_ column: Int) throws(PostgresError) -> [Int64] {
        try elements(column, as: "integers", [.int2Array: .int2, .int4Array: .int4, .int8Array: .int8]) { bytes, type in
            switch (type, bytes.byteCount) {
            case (.int2, 2): integer(Int16.self, bytes, at: 0).map { Int64($0) }
            case (.int4, 4): integer(Int32.self, bytes, at: 0).map { Int64($0) }
            case (.int8, 8): integer(Int64.self, bytes, at: 0)
            default: nil
            }
        }
    }

    /// Reads an `integer[]` of one dimension, without nulls.
    package func int32s(_ column: Int) throws(PostgresError) -> [Int32] {
        try elements(column, as: "32-bit integers", [.int4Array: .int4]) { bytes, _ in
            bytes.byteCount == 4 ? integer(Int32.self, bytes, at: 0) : nil
        }
    }

    /// Reads a `real[]` of one dimension, without nulls.
    package func floats(_ column: Int) throws(PostgresError) -> [Float] {
        try elements(column, as: "reals", [.float4Array: .float4]) { bytes, _ in
            bytes.byteCount == 4 ? integer(UInt32.self, bytes, at: 0).map { Float(bitPattern: $0) } : nil
        }
    }

    /// Reads a `double precision[]` or `real[]` of one dimension, without nulls.
    package func doubles(_ column: Int) throws(PostgresError) -> [Double] {
        try elements(column, as: "numbers", [.float4Array: .float4, .float8Array: .float8]) { bytes, type in
            switch (type, bytes.byteCount) {
            case (.float4, 4): integer(UInt32.self, bytes, at: 0).map { Double(Float(bitPattern: $0)) }
            case (.float8, 8): integer(UInt64.self, bytes, at: 0).map { Double(bitPattern: $0) }
            default: nil
            }
        }
    }

    /// Reads a `text[]` of one dimension, without nulls.
    package func texts(_ column: Int) throws(PostgresError) -> [String] {
        try elements(column, as: "texts", [.textArray: .text, .varcharArray: .varchar]) { bytes, _ in string(bytes) }
    }

    /// Reads a `vector`, `halfvec` or `real[]` of one dimension as its numbers.
    package func vector(_ column: Int) throws(PostgresError) -> [Float] {
        let columns = columns
        if columns.types.indices.contains(column), columns.types[column] == .float4Array { return try floats(column) }
        let (vector, halfvec) = (columns.vectors?.vector, columns.vectors?.halfvec)
        return try read(column, as: "a vector", { $0 == vector || $0 == halfvec }) { bytes, type in
            let isHalf = type == halfvec
            guard let dimensions = integer(Int16.self, bytes, at: 0), dimensions >= 0,
                bytes.byteCount == 4 + Int(dimensions) * (isHalf ? 2 : 4)
            else { return nil }
            var values: [Float] = []
            values.reserveCapacity(Int(dimensions))
            for index in 0..<Int(dimensions) {
                let value =
                    isHalf
                    ? integer(UInt16.self, bytes, at: 4 + 2 * index).map { PostgresClient.float(halfBits: $0) }
                    : integer(UInt32.self, bytes, at: 4 + 4 * index).map { Float(bitPattern: $0) }
                guard let value else { return nil }
                values.append(value)
            }
            return values
        }
    }

    /// Reads a `sparsevec`.
    package func sparseVector(_ column: Int) throws(PostgresError) -> PostgresValue.SparseVector {
        let sparsevec = columns.vectors?.sparsevec
        return try read(column, as: "a sparse vector", { $0 == sparsevec }) { bytes, _ in
            guard let dimensions = integer(Int32.self, bytes, at: 0), dimensions >= 0,
                let count = integer(Int32.self, bytes, at: 4), count >= 0, bytes.byteCount == 12 + 8 * Int(count)
            else { return nil }
            var entries: [PostgresValue.SparseVector.Entry] = []
            entries.reserveCapacity(Int(count))
            var previous = -1
            for entry in 0..<Int(count) {
                guard let index = integer(Int32.self, bytes, at: 12 + 4 * entry),
                    let bits = integer(UInt32.self, bytes, at: 12 + 4 * Int(count) + 4 * entry),
                    index > previous, index < dimensions
                else { return nil }
                previous = Int(index)
                entries.append(.init(Int(index), Float(bitPattern: bits)))
            }
            return PostgresValue.SparseVector(dimensions: Int(dimensions), entries: entries)
        }
    }

    /// Reads the elements of an array.
    ///
    /// - Parameters:
    ///   - column: The column, from 0.
    ///   - wanted: What the elements are read as, for a message.
    ///   - arrays: The types of arrays that will do, and of their elements.
    ///   - decode: Gives the element of bytes of a type, or `nil` if they break the format.
    /// - Returns: The elements.
    /// - Throws: `PostgresError` with `wrongType` or `malformedValue`.
    private func elements<Element>(
        _ column: Int, as wanted: String, _ arrays: [PostgresType: PostgresType],
        _ decode: (RawSpan, PostgresType) -> Element?
    ) throws(PostgresError) -> [Element] {
        try read(column, as: wanted, { arrays[$0] != nil }) { bytes, type in
            guard let element = arrays[type], let dimensions = integer(Int32.self, bytes, at: 0),
                integer(UInt32.self, bytes, at: 8) == element.oid
            else { return nil }
            if dimensions == 0 { return bytes.byteCount == 12 ? [] : nil }
            // Each element takes four bytes at least.
            guard dimensions == 1, let count = integer(Int32.self, bytes, at: 12), count >= 0,
                Int(count) <= (bytes.byteCount - 20) / 4
            else { return nil }
            var elements: [Element] = []
            elements.reserveCapacity(Int(count))
            var offset = 20
            for _ in 0..<Int(count) {
                guard let length = integer(Int32.self, bytes, at: offset), length >= 0,
                    Int(length) <= bytes.byteCount - offset - 4,
                    let value = decode(bytes.extracting(offset + 4..<offset + 4 + Int(length)), element)
                else { return nil }
                elements.append(value)
                offset += 4 + Int(length)
            }
            return offset == bytes.byteCount ? elements : nil
        }
    }
}
