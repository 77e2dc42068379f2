import LatentSemantics
import LexicalIndex
import LinearClassification
import Papers
import Ranking

/// Papers as a classifier reads them: the axes of the vector space come first, and behind them each term that occurs.
///
/// The terms of a paper have BM25's parts, factor times idf. They are divided by the mean length of such rows, so that
/// terms and vector weigh alike.
struct PreferenceRows {
    /// The number of axes.
    let rank: Int
    private let index: SegmentedIndex
    private let statistics: CorpusStatistics
    /// The column of each term of each segment, counted from 1; 0 for none so far.
    private var columns: [[UInt32]]
    /// The column of each term, where several segments number terms differently.
    private var shared: [String: UInt32] = [:]
    /// The idf of each column of a term.
    private var weights: [Float] = []
    private var entries: [(column: UInt32, value: Float)] = []
    private var ends: [Int] = []
    private var vectors: [[Float]?] = []
    private var frequencies: [TermFrequencies]

    init(_ index: SegmentedIndex, _ statistics: CorpusStatistics) {
        self.index = index
        self.statistics = statistics
        rank = index.model?.rank ?? 0
        columns = index.segments.map { [UInt32](repeating: 0, count: $0.lexical.termCount) }
        frequencies = index.segments.map { TermFrequencies($0.lexical) }
    }

    /// Adds a row for each paper.
    mutating func append(_ keys: [PaperKey]) {
        vectors += index.vectors(of: keys.map { UnitKey($0) }, in: .latentSemantics)
        for key in keys {
            let unit = UnitKey(key).rawValue
            for (place, segment) in index.segments.enumerated() where !segment.removed.contains(unit) {
                var found: [(number: UInt32, factor: Float)] = []
                segment.lexical.forEachTerm(of: unit, statistics, counting: &frequencies[place]) {
                    found.append(($0, $1))
                }
                for (number, factor) in found {
                    let column = column(of: number, in: place)
                    entries.append((column, factor * weights[Int(column)]))
                }
            }
            ends.append(entries.count)
        }
    }

    /// The column of a segment's term among those of terms, made if it is new.
    private mutating func column(of number: UInt32, in place: Int) -> UInt32 {
        let known = columns[place][Int(number)]
        if known != 0 { return known - 1 }
        let lexical = index.segments[place].lexical
        var frequency = lexical.documentFrequency(ofTermNumbered: number)
        var column = UInt32(weights.count)
        if index.segments.count > 1, let term = lexical.term(numbered: number) {
            column = shared[term] ?? column
            shared[term] = column
            frequency = index.segments.reduce(0) { $0 + $1.lexical.documentFrequency(of: term) }
        }
        if column == weights.count {
            let idf = BM25Parameters.inverseDocumentFrequency(of: frequency, among: statistics.documentCount)
            weights.append(Float(idf))
        }
        columns[place][Int(number)] = column + 1
        return column
    }

    /// What the parts of terms are multiplied by: the rows then have a mean length of 1.
    private var scale: Float {
        var start = 0
        var lengths = 0.0
        for end in ends {
            lengths += entries[start..<end].reduce(0) { $0 + Double($1.value) * Double($1.value) }.squareRoot()
            start = end
        }
        return lengths > 0 ? Float(Double(ends.count) / lengths) : 0
    }

    /// The matrix of all rows.
    func rows() -> SparseRows {
        let scale = scale
        var rows = SparseRows(columnCount: rank + weights.count)
        var start = 0
        for (end, vector) in zip(ends, vectors) {
            // A paper without a vector, and a damaged file with a shorter one, have 0 on the other axes.
            for (axis, value) in (vector ?? []).prefix(rank).enumerated() where value.isFinite {
                rows.append(axis, value * PreferenceModel.Constants.vectorLength)
            }
            for entry in entries[start..<end] { rows.append(rank + Int(entry.column), entry.value * scale) }
            rows.endRow()
            start = end
        }
        return rows
    }

    /// What each term of each segment adds to a decision, times its frequency factor, for the weights of the columns.
    func termWeights(_ learned: [Float]) -> [[Float]] {
        let scale = scale
        return columns.map { columns in
            columns.map { $0 == 0 ? 0 : learned[rank + Int($0) - 1] * weights[Int($0) - 1] * scale }
        }
    }
}
