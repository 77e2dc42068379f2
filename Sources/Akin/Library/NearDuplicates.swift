import Papers
import Ranking

/// Papers of a ranking that are nearly the same: a preprint and the final version, often under another title.
///
/// Two papers are nearly the same if they share four fifths of the distinct words of their abstracts. Papers that are
/// have nearly the same vector, so only papers of about the same cosine are compared.
struct NearDuplicates {
    /// The positions in the ranking: a group for each paper that has a place, best first. Behind the paper stand those
    /// that are nearly the same.
    private(set) var groups: [[Int]] = []

    /// The share of words that two abstracts have in common, as the size of the intersection by that of the union. Of
    /// 1,180 known pairs among 157,369 papers nearly all have more, and different papers hardly ever have half of it.
    private static let leastOverlap = 0.8

    /// The distinct words that an abstract needs to be compared.
    private static let fewestWords = 20

    /// How far the cosines of nearly equal papers lie apart, at most. A changed title changes a vector.
    private static let largestDistance = 0.1

    /// Groups papers in the order of a ranking.
    ///
    /// - Complexity: O(*n*²) comparisons of numbers for *n* papers, and of two abstracts for each pair that is near.
    init(of papers: [Paper], ranked: [RankedUnit]) {
        var words: [Int: Set<Substring>] = [:]
        func wordSet(_ index: Int) -> Set<Substring> {
            if let known = words[index] { return known }
            let new = Set(papers[index].abstract.lowercased().split { !$0.isLetter && !$0.isNumber })
            words[index] = new
            return new
        }
        func areSame(_ first: Int, _ second: Int) -> Bool {
            guard abs(ranked[first].semantic - ranked[second].semantic) <= Self.largestDistance,
                !papers[first].abstract.isEmpty, !papers[second].abstract.isEmpty
            else { return false }
            let (left, right) = (wordSet(first), wordSet(second))
            guard min(left.count, right.count) >= Self.fewestWords else { return false }
            let common = left.count { right.contains($0) }
            return Double(common) >= Self.leastOverlap * Double(left.count + right.count - common)
        }
        for index in papers.indices {
            if let group = groups.firstIndex(where: { areSame($0[0], index) }) {
                groups[group].append(index)
            } else {
                groups.append([index])
            }
        }
    }
}
