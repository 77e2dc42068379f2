/// What an index keeps of the components of its vectors.
public enum VectorElements: String, Codable, CaseIterable, Hashable, Sendable {
    /// Each component as a 32-bit float: four bytes a component, all of them read by each comparison.
    case float32

    /// Each component as an IEEE 754 binary16: two bytes a component, eleven significant bits, magnitudes up to 65,504.
    case float16

    /// Each component as an 8-bit code, with a scale for each vector, beside the 32-bit float.
    ///
    /// Comparisons read the codes, one byte a component; what comes out best is ranked again by the floats. Five bytes
    /// a component in all, of which a mapped file brings the floats into memory only for the vectors that are ranked
    /// again. See ``QuantizedVector``.
    case int8
}
