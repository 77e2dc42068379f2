/// How far documents that were folded into a space are from the documents of the fit.
///
///     let expected = model.expectedRetention ?? Retention()
///     let drift = ModelDrift(expected: expected, folded: try model.retention(of: counts))
///     print(drift.drift)                                                  // 0.02: papers like the others
///
/// A space retains less of documents that it was not fitted on, even if they are of the same kind. The fewer documents
/// it was fitted on, the less it retains. So the drift compares folded-in documents with what the space would retain of
/// each document of the fit if that one had been left out: ``LatentSemanticModel/expectedRetention``.
public struct ModelDrift: Codable, Hashable, Sendable {
    /// The retention that documents of the same kind as those of the fit would have.
    public var expected: Retention

    /// The retention of the documents that were folded in.
    public var folded: Retention

    /// Compares two retentions.
    public init(expected: Retention, folded: Retention) {
        self.expected = expected
        self.folded = folded
    }

    /// The share of the expected retention that folded-in documents lack, from 0 to 1.
    ///
    /// It is 1 − *folded* / *expected*, with the ``Retention/retained`` of each, and not below 0. It is below .1 for
    /// documents like those of the fit, and above .6 for documents of another field. It is 0 if none were folded in.
    public var drift: Double {
        guard folded.documentCount > 0, expected.retained > 0 else { return 0 }
        return min(1, max(0, 1 - folded.retained / expected.retained))
    }
}
