package import TextEncoding

/// What an encoder did to a library.
package struct EncodingReport: Codable, Hashable, Sendable {
    /// The papers that got a vector.
    package var encoded: Int
    /// The vector space.
    package var space: String
    /// The encoder.
    package var encoder: EncoderIdentity
    /// The papers that have a vector in the space now.
    package var papers: Int
    /// The time that it took.
    package var seconds: Double

    package init(encoded: Int, space: String, encoder: EncoderIdentity, papers: Int, seconds: Double) {
        (self.encoded, self.space, self.encoder) = (encoded, space, encoder)
        (self.papers, self.seconds) = (papers, seconds)
    }
}
