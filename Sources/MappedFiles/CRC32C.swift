import ArraySpans
import CChecksum

/// A CRC-32C checksum that grows with the bytes that it is given.
///
/// The sum does not depend on how the bytes are divided. The sum of no bytes is 0.
package struct CRC32C: Hashable, Sendable {
    /// How a sum is computed. All ways give the same sums.
    package enum Implementation: Hashable, Sendable, CaseIterable {
        /// The best that this processor offers.
        case fastest
        /// Table lookups, on any processor.
        case scalar
        /// The processor's own instructions. If ``isAvailable`` is false, it uses tables.
        case hardware

        /// Whether this processor has the instructions.
        package var isAvailable: Bool { self != .hardware || akin_crc32c_has_hardware() }
    }

    /// The sum of the bytes so far.
    package private(set) var value: UInt32 = 0

    /// Creates the sum of no bytes.
    package init() {}

    /// Creates the sum of `bytes`.
    package init(_ bytes: RawSpan, by implementation: Implementation = .fastest) {
        update(bytes, by: implementation)
    }

    /// Creates the sum of `bytes`.
    package init(_ bytes: [UInt8]) {
        // SAFETY: bytes have no padding between them.
        self.init(unsafe bytes.span.bytes)
    }

    /// Adds `bytes` behind those that are in the sum.
    package mutating func update(_ bytes: RawSpan, by implementation: Implementation = .fastest) {
        // SAFETY: the pointer and the length handed to C are those of one span.
        let sum = value
        value = unsafe bytes.withUnsafeBytes { bytes in
            let (base, count) = (bytes.baseAddress, bytes.count)
            switch implementation {
            case .hardware where implementation.isAvailable: return unsafe akin_crc32c_hardware(sum, base, count)
            case .scalar, .hardware: return unsafe akin_crc32c_scalar(sum, base, count)
            case .fastest: return unsafe akin_crc32c(sum, base, count)
            }
        }
    }
}
