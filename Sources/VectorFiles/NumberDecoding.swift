extension [UInt8] {
    /// The number whose bytes begin at a place.
    ///
    /// - Precondition: They lie within the array.
    @inline(__always)
    func loaded<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type, at place: Int) -> Number {
        precondition(place >= 0 && place + MemoryLayout<Number>.size <= count)
        // SAFETY: the bytes lie within the array, and the load needs no alignment.
        return unsafe withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: place, as: Number.self) }
    }
}

extension VectorLayout {
    /// Calls `body` with the value of each of some numbers that stand one behind the other.
    ///
    /// - Parameters:
    ///   - bytes: Where they stand.
    ///   - start: The place of the first.
    ///   - count: How many there are.
    ///   - body: Takes how many came before, and the value.
    @inline(__always)
    func forEachNumber(
        in bytes: [UInt8], at start: Int, count: Int, _ body: (_ number: Int, _ value: Float) -> Void
    ) {
        switch element {
        case .float16:
            for number in 0..<count {
                body(number, float(ofHalf: ordered(bytes.loaded(UInt16.self, at: start + 2 * number))))
            }
        case .float32:
            for number in 0..<count {
                body(number, Float(bitPattern: ordered(bytes.loaded(UInt32.self, at: start + 4 * number))))
            }
        case .float64:
            for number in 0..<count {
                body(number, Float(Double(bitPattern: ordered(bytes.loaded(UInt64.self, at: start + 8 * number)))))
            }
        case .uint8:
            for number in 0..<count { body(number, Float(bytes[start + number])) }
        case .int32:
            for number in 0..<count {
                body(number, Float(Int32(bitPattern: ordered(bytes.loaded(UInt32.self, at: start + 4 * number)))))
            }
        }
    }

    @inline(__always)
    private func ordered<Number: FixedWidthInteger>(_ number: Number) -> Number {
        isBigEndian ? Number(bigEndian: number) : Number(littleEndian: number)
    }
}

/// The value of a float of 16 bits (IEEE 754 binary16). Swift has no such type on every platform.
func float(ofHalf bits: UInt16) -> Float {
    let (sign, exponent, fraction) = (bits >> 15, Int(bits >> 10 & 0x1F), Float(bits & 0x3FF))
    let magnitude: Float =
        switch exponent {
        case 0: fraction * 0x1p-24
        case 31: fraction == 0 ? .infinity : .nan
        default: (1 + fraction * 0x1p-10) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
        }
    return sign == 0 ? magnitude : -magnitude
}
