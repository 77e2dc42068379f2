import CChecksum
import Papers

/// A vector as a row of the table `vectors` holds it.
///
/// Vectors that somebody gave are kept as they are, as 32-bit floats. Those that an encoder can make again take a
/// quarter of that: a step, and for each component a signed byte that counts steps. Numbers have their lowest byte
/// first.
///
/// The checksum of a row is the CRC-32C of the paper's key, as eight bytes with the lowest first, of the space's name
/// in UTF-8, of a byte FF for codes, and of the bytes of the vector. So it says which of both a row holds.
package struct StoredVector: Equatable {
    /// How the components are kept.
    package enum Form: CaseIterable {
        case floats
        case codes

        /// The bytes of a vector.
        func size(of dimensions: Int) -> Int { self == .floats ? 4 * dimensions : 4 + dimensions }
    }

    package let form: Form
    let bytes: [UInt8]

    /// Makes the row of components.
    ///
    /// - Parameters:
    ///   - components: The components, all finite.
    ///   - form: How they are kept. Codes are off by half a step at most, which is the greatest component by 254.
    package init(_ components: [Float], as form: Form) {
        self.form = form
        switch form {
        case .floats: bytes = components.flatMap { Self.bytes(of: $0.bitPattern) }
        case .codes:
            let step = (components.map(\.magnitude).max() ?? 0) / Self.greatestCode
            let codes = components.map { step > 0 ? Int8(max(-127, min(127, ($0 / step).rounded()))) : 0 }
            bytes = Self.bytes(of: step.bitPattern) + codes.map { UInt8(bitPattern: $0) }
        }
    }

    /// Reads what a row holds; `nil` if the row is damaged.
    init?(_ bytes: [UInt8], _ checksum: Int64?, of key: PaperKey, in space: String) {
        let forms = Form.allCases.filter { Self.checksum(bytes, $0, of: key, in: space) == checksum }
        guard let form = forms.first, let vector = Self(bytes, form) else { return nil }
        self = vector
    }

    /// Takes bytes; `nil` for bytes that are no vector of this form.
    init?(_ bytes: [UInt8], _ form: Form) {
        guard form == .floats ? bytes.count % 4 == 0 : bytes.count >= 4 else { return nil }
        self.form = form
        self.bytes = bytes
    }

    /// The number of components.
    package var dimensions: Int { form == .floats ? bytes.count / 4 : bytes.count - 4 }

    /// The components.
    package var components: [Float] {
        // SAFETY: the loads lie within the bytes, and none needs alignment.
        unsafe bytes.withUnsafeBytes { bytes in
            let float = { (index: Int) in
                let word = unsafe bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                return Float(bitPattern: UInt32(littleEndian: word))
            }
            guard form == .codes else { return (0..<dimensions).map(float) }
            let step = float(0)
            return unsafe bytes.dropFirst(4).map { step * Float(Int8(bitPattern: $0)) }
        }
    }

    /// The checksum of the row of a paper.
    func checksum(of key: PaperKey, in space: String) -> Int64 { Self.checksum(bytes, form, of: key, in: space) }

    private static let greatestCode: Float = 127

    private static func bytes(of word: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
    }

    private static func checksum(_ bytes: [UInt8], _ form: Form, of key: PaperKey, in space: String) -> Int64 {
        let header = bytesOfKey(key) + Array(space.utf8) + (form == .codes ? [0xFF] : [])
        // SAFETY: both calls get a pointer to as many bytes as they are told, which is valid during the call.
        let start = unsafe header.withUnsafeBytes { unsafe akin_crc32c(0, $0.baseAddress, $0.count) }
        return Int64(unsafe bytes.withUnsafeBytes { unsafe akin_crc32c(start, $0.baseAddress, $0.count) })
    }

    private static func bytesOfKey(_ key: PaperKey) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: key.rawValue >> (8 * UInt64($0))) }
    }
}
