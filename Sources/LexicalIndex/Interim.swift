package import MappedFiles
package import TextAnalysis

package struct BM25Parameters: Sendable { package var k1: Float = 1.2; package var b: Float = 0.75; package init() {} }
package struct CorpusStatistics: Sendable {
    package var documentCount: Int, totalLength: Int, documentFrequencies: [Int]
    package init(documentCount: Int, totalLength: Int, documentFrequencies: [Int]) {
        self.documentCount = documentCount; self.totalLength = totalLength; self.documentFrequencies = documentFrequencies
    }
}
package struct LexicalHit: Hashable, Sendable { package var key: UInt64; package var score: Float }
package struct LexicalQuery: Sendable {
    var terms: [(term: String, weight: Float)]
    var norm: Float
    let p = BM25Parameters()
    package init(terms: [(term: String, weight: Float)], statistics: CorpusStatistics, parameters: BM25Parameters = .init()) {
        let n = Float(statistics.documentCount)
        self.terms = zip(terms, statistics.documentFrequencies).map { t, df in
            (t.term, t.weight * Float(Foundation.log(1 + (Double(n) - Double(df) + 0.5) / (Double(df) + 0.5))))
        }
        norm = Float(statistics.totalLength) / max(1, n)
    }
}
import Foundation
package struct LexicalIndexError: Error { }
package struct LexicalIndex: Sendable {
    let terms: [String: Range<Int>], ordinals: MappedArray<UInt32>, freqs: MappedArray<UInt32>, lengths: MappedArray<UInt32>
    let keyArray: MappedArray<UInt64>
    package var keys: [UInt64] { Array(keyArray) }
    package var documentCount: Int { lengths.count }
    package var totalLength: Int { lengths.reduce(0) { $0 + Int($1) } }
    package static func write(_ counts: TermCounts, keys: [UInt64], to path: String, threads: Int) throws {
        var postings = [[(UInt32, UInt32)]](repeating: [], count: counts.terms.count)
        for d in 0..<counts.documentCount {
            for i in counts.documentOffsets[d]..<counts.documentOffsets[d + 1] {
                postings[Int(counts.termIDs[i].rawValue)].append((UInt32(d), counts.frequencies[i]))
            }
        }
        var w = try SectionedFileWriter(path: path, kind: FileKind(rawValue: "bm25"), version: 1)
        try w.add("terms", Array((0..<counts.terms.count).map { counts.terms[TermID(rawValue: UInt32($0))] }.joined(separator: "\n").utf8))
        try w.add("counts", postings.map { UInt32($0.count) })
        try w.add("ordinals", postings.flatMap { $0.map(\.0) })
        try w.add("frequencies", postings.flatMap { $0.map(\.1) })
        try w.add("lengths", (0..<counts.documentCount).map { UInt32(counts.length(of: $0)) })
        try w.add("keys", keys)
        try w.commit()
    }
    package init(mapping path: String) throws {
        let f = try SectionedFile(path: path, kind: FileKind(rawValue: "bm25"), versions: 1...1)
        let names = String(decoding: try f.array("terms", of: UInt8.self), as: UTF8.self).split(separator: "\n").map(String.init)
        var t: [String: Range<Int>] = [:]; var start = 0
        for (name, c) in zip(names, try f.array("counts", of: UInt32.self)) { t[name] = start..<start + Int(c); start += Int(c) }
        terms = t
        ordinals = try f.array("ordinals", of: UInt32.self); freqs = try f.array("frequencies", of: UInt32.self)
        lengths = try f.array("lengths", of: UInt32.self); keyArray = try f.array("keys", of: UInt64.self)
    }
    package func documentFrequency(of term: String) -> Int { terms[term]?.count ?? 0 }
    private func all(_ q: LexicalQuery) -> [Float] {
        var s = [Float](repeating: 0, count: lengths.count)
        for (term, idf) in q.terms {
            for i in terms[term] ?? 0..<0 {
                let d = Int(ordinals[i]), f = Float(freqs[i])
                s[d] += idf * f * 2.2 / (f + 1.2 * (0.25 + 0.75 * Float(lengths[d]) / q.norm))
            }
        }
        return s
    }
    package func search(_ q: LexicalQuery, k: Int, where p: ((UInt64) -> Bool)?) -> [LexicalHit] {
        let s = all(q)
        return Array(s.indices.filter { s[$0] > 0 && (p?(keyArray[$0]) ?? true) }.map { LexicalHit(key: keyArray[$0], score: s[$0]) }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.key < $1.key }.prefix(k))
    }
    package func scores(_ q: LexicalQuery, keys: [UInt64]) -> [Float] {
        let s = all(q)
        let m = Dictionary(uniqueKeysWithValues: zip(self.keys, s))
        return keys.map { m[$0] ?? 0 }
    }
}
