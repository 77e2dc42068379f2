extension PostgresValue {
    /// Appends the value in PostgreSQL's binary format.
    ///
    ///     real, integers    big-endian
    ///     jsonb             1, then the text
    ///     array             dimensions int32 (0 or 1), 0 int32, element type int32, count int32, 1 int32,
    ///                       and for each element its length int32 and its bytes
    ///     vector, halfvec   dimensions int16, 0 int16, then float32 or float16
    ///     sparsevec         dimensions int32, entries int32, 0 int32, then indices int32 and numbers float32
    ///
    /// - Throws: `PostgresError` with `badValue`.
    func append(to bytes: inout [UInt8]) throws(PostgresError) {
        switch self {
        case .null: break
        case .bool(let value): bytes.append(value ? 1 : 0)
        case .int2(let value): bytes.append(bigEndian: value)
        case .int4(let value): bytes.append(bigEndian: value)
        case .int8(let value): bytes.append(bigEndian: value)
        case .float4(let value): bytes.append(bigEndian: value.bitPattern)
        case .float8(let value): bytes.append(bigEndian: value.bitPattern)
        case .text(let value): try Self.append(value, to: &bytes)
        case .bytea(let value): bytes += value
        case .jsonb(let value):
            bytes.append(1)
            try Self.append(value, to: &bytes)
        case .int4Array(let values):
            try Self.appendHeader(count: values.count, of: .int4, to: &bytes)
            for value in values {
                bytes.append(bigEndian: 4 as Int32)
                bytes.append(bigEndian: value)
            }
        case .int8Array(let values):
            try Self.appendHeader(count: values.count, of: .int8, to: &bytes)
            for value in values {
                bytes.append(bigEndian: 8 as Int32)
                bytes.append(bigEndian: value)
            }
        case .float4Array(let values):
            try Self.appendHeader(count: values.count, of: .float4, to: &bytes)
            for value in values {
                bytes.append(bigEndian: 4 as Int32)
                bytes.append(bigEndian: value.bitPattern)
            }
        case .textArray(let values):
            try Self.appendHeader(count: values.count, of: .text, to: &bytes)
            for value in values {
                bytes.append(bigEndian: Int32(clamping: value.utf8.count))
                try Self.append(value, to: &bytes)
            }
        case .vector(let values):
            try Self.appendDimensions(values, of: "vector", to: &bytes)
            for value in values { bytes.append(bigEndian: value.bitPattern) }
        case .halfvec(let values):
            try Self.appendDimensions(values, of: "halfvec", to: &bytes)
            for value in values {
                let half = halfBits(value)
                if value.isFinite, half & 0x7FFF == 0x7C00 {
                    throw PostgresError(
                        .badValue, "Cannot send \(value) in a halfvec: it is beyond 65504, the largest half.")
                }
                bytes.append(bigEndian: half)
            }
        case .sparsevec(let vector): try vector.append(to: &bytes)
        }
    }

    /// Appends the value after its length, as a row of COPY has it.
    func appendField(to bytes: inout [UInt8]) throws(PostgresError) {
        if self == .null {
            bytes.append(bigEndian: -1 as Int32)
            return
        }
        let start = bytes.count
        bytes.append(bigEndian: 0 as Int32)
        try append(to: &bytes)
        guard let length = Int32(exactly: bytes.count - start - 4) else { throw Self.tooLong() }
        let encoded = UInt32(bitPattern: length)
        for byte in 0..<4 { bytes[start + byte] = UInt8(truncatingIfNeeded: encoded >> (24 - 8 * UInt32(byte))) }
    }

    private static func tooLong() -> PostgresError {
        PostgresError(.badValue, "Cannot send a value of more than 2 GB to PostgreSQL. Split it.")
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) throws(PostgresError) {
        let start = bytes.count
        bytes += text.utf8
        guard !bytes[start...].contains(0) else {
            throw PostgresError(
                .badValue,
                "Cannot send a text to PostgreSQL: it holds a NUL, which no text of PostgreSQL can. Remove it.")
        }
    }

    private static func appendHeader(
        count: Int, of type: PostgresType, to bytes: inout [UInt8]
    ) throws(PostgresError) {
        guard let length = Int32(exactly: count) else { throw tooLong() }
        bytes.append(bigEndian: (count == 0 ? 0 : 1) as Int32)
        bytes.append(bigEndian: 0 as Int32)
        bytes.append(bigEndian: type.oid)
        if count == 0 { return }
        bytes.append(bigEndian: length)
        bytes.append(bigEndian: 1 as Int32)
    }

    private static func appendDimensions(
        _ values: [Float], of type: String, to bytes: inout [UInt8]
    ) throws(PostgresError) {
        guard (1...16_000).contains(values.count) else {
            throw PostgresError(
                .badValue, "Cannot send a \(type) of \(values.count) dimensions: pgvector's have 1 to 16,000.")
        }
        bytes.append(bigEndian: Int16(values.count))
        bytes.append(bigEndian: 0 as Int16)
    }
}

extension PostgresValue.SparseVector {
    /// Appends the vector with its entries in order, as pgvector wants them.
    func append(to bytes: inout [UInt8]) throws(PostgresError) {
        guard (1...1_000_000_000).contains(dimensions) else {
            throw PostgresError(
                .badValue, "Cannot send a sparsevec of \(dimensions) dimensions: pgvector's have 1 to 1,000,000,000.")
        }
        let sorted = entries.filter { $0.value != 0 }.sorted { $0.index < $1.index }
        var previous = -1
        for entry in sorted {
            guard entry.index != previous else {
                throw PostgresError(.badValue, "Cannot send a sparsevec: the dimension \(entry.index) has two entries.")
            }
            guard (0..<dimensions).contains(entry.index) else {
                throw PostgresError(
                    .badValue,
                    "Cannot send a sparsevec of \(dimensions) dimensions with an entry at \(entry.index), from 0."
                )
            }
            previous = entry.index
        }
        guard sorted.count <= 16_000 else {
            throw PostgresError(
                .badValue, "Cannot send a sparsevec of \(sorted.count) entries: pgvector's have at most 16,000.")
        }
        bytes.append(bigEndian: Int32(dimensions))
        bytes.append(bigEndian: Int32(sorted.count))
        bytes.append(bigEndian: 0 as Int32)
        for entry in sorted { bytes.append(bigEndian: Int32(entry.index)) }
        for entry in sorted { bytes.append(bigEndian: entry.value.bitPattern) }
    }
}

extension [UInt8] {
    /// Appends an integer, its most significant byte first.
    mutating func append(bigEndian value: some FixedWidthInteger & BitwiseCopyable) {
        // SAFETY: the bytes of the integer are read while it lives.
        unsafe Swift.withUnsafeBytes(of: value.bigEndian) { bytes in unsafe append(contentsOf: bytes) }
    }
}
