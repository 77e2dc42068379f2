/// Measures how many letters must be changed, inserted, deleted or exchanged with their neighbor to turn one word into
/// others.
///
/// This is the optimal string alignment distance, which edits no letter twice. F. J. Damerau, A technique for computer
/// detection and correction of spelling errors, Communications of the ACM 7 (1964),
/// <https://doi.org/10.1145/363958.363994>.
///
/// It compares one word with many, for small bounds. It computes only the band of the table in which the distance can
/// stay within the bound, and reuses the storage of its three rows.
package struct EditDistance {
    /// The letters of the word.
    private let word: [UInt32]

    /// The rows of the table for the last two letters of the other word, and for the next.
    private var rows: (beforePrevious: [Int], previous: [Int], current: [Int])

    /// Prepares to measure distances to a word.
    package init(to word: [UInt32]) {
        self.word = word
        let row = [Int](repeating: 0, count: word.count + 1)
        rows = (row, row, row)
    }

    /// The distance to another word, or `nil` if it exceeds `bound`.
    ///
    /// - Complexity: O(`bound` · *length*).
    package mutating func distance(to other: [UInt32], atMost bound: Int) -> Int? {
        guard abs(other.count - word.count) <= bound else { return nil }
        let unreachable = bound + 1
        for column in 0...word.count { rows.previous[column] = min(column, unreachable) }
        var previousBest = 0
        for row in 0..<other.count {
            // A path within the bound never leaves the diagonal by more than the bound.
            let first = max(1, row + 1 - bound)
            let last = min(word.count, row + 1 + bound)
            rows.current[first - 1] = first == 1 ? min(row + 1, unreachable) : unreachable
            var best = rows.current[first - 1]
            for column in first..<(last + 1) {
                let substitution = rows.previous[column - 1] + (word[column - 1] == other[row] ? 0 : 1)
                // The row before has no value above the right end of the band.
                let omission = column == row + 1 + bound ? unreachable : rows.previous[column] + 1
                let insertion = rows.current[column - 1] + 1
                var distance = min(substitution, omission, insertion, unreachable)
                if row > 0, column > 1, word[column - 1] == other[row - 1], word[column - 2] == other[row] {
                    distance = min(distance, rows.beforePrevious[column - 2] + 1)
                }
                rows.current[column] = distance
                best = min(best, distance)
            }
            // A path goes through one of any two neighboring rows. An exchange skips one, and costs 1.
            guard best <= bound || previousBest < bound else { return nil }
            previousBest = best
            rows = (rows.previous, rows.current, rows.beforePrevious)
        }
        return rows.previous[word.count] <= bound ? rows.previous[word.count] : nil
    }
}

extension EditDistance {
    /// The greatest distance at which a word is taken for a misspelling of another, by its number of letters.
    ///
    /// A word of 3 to 5 letters may differ at one place, a longer one at two. Shorter words resemble too many others.
    /// This is the convention of full-text engines (Elasticsearch's "auto" fuzziness).
    ///
    /// - Parameter letterCount: The number of letters of the word that a person wrote.
    /// - Returns: The distance; `nil` for a word of fewer than 3 letters.
    package static func bound(letterCount: Int) -> Int? {
        letterCount < 3 ? nil : letterCount < 6 ? 1 : 2
    }
}
