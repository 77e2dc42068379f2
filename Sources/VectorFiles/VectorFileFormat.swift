/// The formats of files of vectors.
///
/// `.npy` is NumPy's, <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>. The others are those of
/// the TEXMEX collections, <http://corpus-texmex.irisa.fr>: before each vector stands the number of its components,
/// 32 bits, and all numbers are little-endian.
public enum VectorFileFormat: String, CaseIterable, Hashable, Sendable {
    /// An array of NumPy with a row for each vector: floats of 16, 32 or 64 bits.
    case npy
    /// Vectors of 32-bit floats.
    case fvecs
    /// Vectors of bytes without a sign.
    case bvecs
    /// Vectors of 32-bit integers, such as the keys of true neighbors.
    case ivecs

    /// The format that a file's name ends with, in letters of any case; `nil` for another ending.
    public init?(endingOf path: String) {
        guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: ".") else { return nil }
        self.init(rawValue: name[name.index(after: dot)...].lowercased())
    }

    /// What a file keeps of each component; `nil` for `.npy`, which has several types.
    var element: VectorElementType? {
        switch self {
        case .npy: nil
        case .fvecs: .float32
        case .bvecs: .uint8
        case .ivecs: .int32
        }
    }
}

/// What a file keeps of each component of a vector.
public enum VectorElementType: String, Hashable, Sendable {
    /// A float of 16 bits.
    case float16
    /// A float of 32 bits.
    case float32
    /// A float of 64 bits.
    case float64
    /// A byte, 0 to 255.
    case uint8
    /// An integer of 32 bits.
    case int32

    /// The number of bytes.
    public var byteCount: Int {
        switch self {
        case .uint8: 1
        case .float16: 2
        case .float32, .int32: 4
        case .float64: 8
        }
    }
}
