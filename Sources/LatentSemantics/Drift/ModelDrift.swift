/// How far documents that were folded into a space are from those that it was fitted on.
///
///     let drift = ModelDrift(expected: model.expectedRetention ?? Retention(), folded: try model.retention(of: counts))
///     print(drift.drift)                                                  // 0.02: papers like the others
///
/// A space always holds less of documents that it was not fitted on, even where they are of the same kind, and the less
/// the fewer it was fitted on. So it is not compared with what it holds of its own documents, but with what it would
/// hold of each of them had that one been left out of the fit: ``LatentSemanticModel/expectedRetention``.
public struct ModelDrift: Codable, Hashable, Sendable {
    /// What documents of the same kind as those of the fit are expected to have.
    public var expected: Retention

    /// What the documents have that were folded in.
    public var folded: Retention

    /// Takes the two together.
    public init(expected: Retention, folded: Retention) {
        self.expected = expected
        self.folded = folded
    }

    /// The part of what the space should hold of a folded-in document that it does not, from 0 to 1.
    ///
    /// It is 1 − ``Retention/retained`` of the folded documents / that of the expected: near 0, to .1, where they are like the
    /// documents of the fit, and from .6 up where they are of another field. It is 0 where nothing was folded in.
    public var drift: Double {
        guard folded.documentCount > 0, expected.retained > 0 else { return 0 }
        return min(1, max(0, 1 - folded.retained / expected.retained))
    }
}
