/// How papers are ranked.
public enum SearchMode: String, Codable, CaseIterable, Sendable {
    /// BM25 and cosine, fused: the words and what they are about. The default.
    case hybrid
    /// The cosine in the vector space alone: what the papers are about, whatever their words.
    case semantic
    /// BM25 alone: the words.
    case lexical
}
