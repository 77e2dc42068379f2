/// The big-endian integer at an offset, or `nil` if the bytes end before it does.
func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type, _ bytes: RawSpan, at offset: Int
) -> Value? {
    guard offset >= 0, offset <= bytes.byteCount - MemoryLayout<Value>.size else { return nil }
    // SAFETY: the value lies within the bytes, and any bits are an integer.
    return unsafe Value(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Value.self))
}

/// The text of bytes, or `nil` if they are not UTF-8.
func string(_ bytes: RawSpan) -> String? {
    // SAFETY: the bytes are read within the closure alone.
    unsafe bytes.withUnsafeBytes { bytes in unsafe String(validating: bytes, as: UTF8.self) }
}

/// A copy of bytes.
func copy(_ bytes: RawSpan) -> [UInt8] {
    // SAFETY: the bytes are read within the closure alone.
    unsafe bytes.withUnsafeBytes { bytes in unsafe Array(bytes) }
}
