/// The shape of a model, and what it makes of a text.
package struct EncoderSettings: Hashable, Sendable {
    /// The shape of the network.
    package var shape: NetworkShape

    /// How the vectors of tokens become one vector.
    package var pooling = Pooling.mean

    /// Whether the vector of a text is scaled to length 1.
    package var normalizes = false

    /// The most tokens of a text, those at its ends included; from 8 to the positions of the network.
    package var tokenLimit: Int

    /// What stands before a question; empty if the folder names no such prompt.
    package var queryPrompt = ""

    /// What stands before a text that is kept and found; empty if the folder names no such prompt.
    package var documentPrompt = ""

    /// Whether the model gives two texts one number, by a classifier with a single label, instead of vectors.
    package var isCrossEncoder = false
}
