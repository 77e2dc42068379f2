/// Chooses papers by maximal marginal relevance; see ``SearchOptions/diversity``.
///
/// - Parameters:
///   - scores: The score of each paper, best first.
///   - vectors: Their unit vectors. A paper without one is like no other.
///   - diversity: How much likeness with a chosen paper counts against the score, from 0 to 1.
///   - count: How many to choose.
/// - Returns: The places of the chosen papers, in the order in which they were chosen; ties go to the better score.
/// - Complexity: At most 100² products of vectors.
package func diverseOrder(scores: [Double], vectors: [[Float]?], diversity: Double, count: Int) -> [Int] {
    let compared = min(scores.count, SearchOptions.diversityDepth)
    let best = max(scores.first ?? 0, .leastNormalMagnitude)
    var left = Array(0..<compared)
    var likeness = [Double](repeating: 0, count: scores.count)
    var chosen: [Int] = []
    func worth(_ place: Int) -> Double {
        (1 - diversity) * scores[place] / best - diversity * likeness[place]
    }
    while chosen.count < count, let best = left.max(by: { worth($0) != worth($1) ? worth($0) < worth($1) : $0 > $1 }) {
        chosen.append(best)
        left.removeAll { $0 == best }
        guard let vector = vectors[best] else { continue }
        for place in left {
            guard let other = vectors[place] else { continue }
            let cosine = zip(vector, other).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            likeness[place] = max(likeness[place], cosine)
        }
    }
    return chosen + (compared..<max(compared, scores.count)).prefix(max(0, count - chosen.count))
}
