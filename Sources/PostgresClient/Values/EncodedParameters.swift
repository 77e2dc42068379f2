/// The parameters of a statement in the binary format.
struct EncodedParameters {
    let types: [PostgresType]
    private var bytes: [UInt8] = []
    /// Where each parameter lies among the bytes; `nil` for a null.
    private var ranges: [Range<Int>?] = []

    /// Encodes parameters.
    ///
    /// - Throws: `PostgresError` with `badValue`, or `extensionMissing`.
    init(_ values: [PostgresValue], vectors: VectorTypes?, address: PostgresAddress) throws(PostgresError) {
        guard values.count <= Int(UInt16.max) else {
            throw PostgresError(
                .badValue, "Cannot run a statement with \(values.count) parameters: 65535 is the most. Send arrays.")
        }
        var types: [PostgresType] = []
        for value in values {
            guard let type = value.type(among: vectors) else {
                throw PostgresError(
                    .extensionMissing,
                    """
                    Cannot use halfvec and sparsevec in \(address): its pgvector is older than 0.7. Let an \
                    administrator run ALTER EXTENSION vector UPDATE.
                    """)
            }
            types.append(type)
            let start = bytes.count
            try value.append(to: &bytes)
            guard bytes.count - start <= Int(Int32.max) else {
                throw PostgresError(.badValue, "Cannot send a value of more than 2 GB to PostgreSQL. Split it.")
            }
            ranges.append(value == .null ? nil : start..<bytes.count)
        }
        self.types = types
    }

    /// Calls `body` with the values, lengths and formats as libpq wants them.
    func withPointers(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) throws -> Void
    ) throws {
        // SAFETY: the pointers lead into `bytes`, which lives until the closure ends. A value without bytes has an
        // address too, for libpq takes none for a null.
        let padded = bytes + [0]
        try unsafe padded.withUnsafeBytes { bytes in
            let start = unsafe bytes.bindMemory(to: CChar.self).baseAddress
            let values = unsafe ranges.map { range in
                unsafe range.flatMap { range in unsafe start.map { unsafe $0 + range.lowerBound } }
            }
            let lengths = ranges.map { Int32($0?.count ?? 0) }
            let formats = [Int32](repeating: 1, count: ranges.count)
            try unsafe body(values, lengths, formats)
        }
    }
}
