import MappedFiles
import ParallelLoops
import Synchronization

/// The worth of each pair of a frequency and a length, for given parameters and a given average length.
///
/// The table has a place for every number of 16 bits, so a lookup needs no comparison. Numbers without a pair have 0.
final class FactorTable: Sendable {
    static let count = 1 << 16

    /// How the table was computed.
    let factor: FrequencyFactor

    /// The ``count`` values.
    let values: [Float]

    init(_ factor: FrequencyFactor, _ pairs: FrozenArray<FrequencyLengthPair>) {
        self.factor = factor
        values = pairs.withSpan { pairs in
            let numbered = min(pairs.count, rarePair)
            return (0..<Self.count).map { number in
                guard number < numbered else { return 0 }
                return factor(frequency: pairs[number].frequency, length: pairs[number].length)
            }
        }
    }
}

extension LexicalIndex {
    /// The table for a query. It stays the same as long as the collection does.
    func factorTable(_ factor: FrequencyFactor) -> FactorTable {
        shared.factors.withLock { table in
            if let table, table.factor == factor { return table }
            let new = FactorTable(factor, pairs)
            table = new
            return new
        }
    }

    /// What a posting whose pair has no number adds to a score, before it is multiplied by the term's weight.
    @inline(never)
    func rareFactor(_ frequency: UInt32, document: Int, block: Int, _ table: FactorTable) -> Float {
        lengths.at(block * blockSize + document).map { table.factor(frequency: frequency, length: $0) } ?? 0
    }
}
