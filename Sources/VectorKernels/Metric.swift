/// How the distance of two vectors is measured. A distance shrinks with closeness.
public enum Metric: String, Codable, CaseIterable, Hashable, Sendable {
    /// 1 − *a*·*b*.
    ///
    /// It is below zero where the inner product exceeds 1, and a vector need not be the nearest to itself. On vectors of
    /// length 1 it is the cosine distance.
    case innerProduct

    /// 1 − cos(*a*, *b*), from 0 (same direction) to 2 (opposite).
    ///
    /// The zero vector has no direction; its distance to every vector, itself included, is 1.
    case cosine

    /// |*a* − *b*|², the square of the Euclidean distance, which sorts as the distance does and saves the root.
    case squaredEuclidean
}
