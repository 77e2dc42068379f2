import Akin
import LexicalIndex
import Papers

/// The terms of all segments of a generation under common numbers: the more papers have a term, the smaller is its
/// number.
struct MergedTerms {
    struct Term {
        var text: String
        /// The papers that have it, removed ones included, as the library on disk counts them.
        var documentFrequency: Int
    }

    /// The terms, by their numbers.
    let terms: [Term]
    private let segments: [Segment]
    /// For each segment the number here of each of its terms.
    private let numbers: [[UInt32]]
    /// For each term its number in each segment; −1 where a segment does not have it.
    private let places: [[Int32]]

    init(_ segments: [Segment]) {
        self.segments = segments
        var found: [(term: Term, places: [Int32])] = []
        var indexes: [String: Int] = [:]
        for (place, segment) in segments.enumerated() {
            for number in 0..<segment.lexical.termCount {
                guard let text = segment.lexical.term(numbered: UInt32(number)) else { continue }
                let frequency = segment.lexical.documentFrequency(ofTermNumbered: UInt32(number))
                let index = indexes[text] ?? found.count
                if index == found.count {
                    indexes[text] = index
                    found.append((Term(text: text, documentFrequency: 0), segments.map { _ in -1 }))
                }
                found[index].term.documentFrequency += frequency
                found[index].places[place] = Int32(number)
            }
        }
        found.sort { ($1.term.documentFrequency, $0.term.text) < ($0.term.documentFrequency, $1.term.text) }
        terms = found.map(\.term)
        places = found.map(\.places)
        var numbers = segments.map { [UInt32](repeating: LexicalIndex.gap, count: $0.lexical.termCount) }
        for (number, entry) in found.enumerated() {
            for (segment, place) in entry.places.enumerated() where place >= 0 {
                numbers[segment][Int(place)] = UInt32(number)
            }
        }
        self.numbers = numbers
    }

    /// The papers and terms that BM25 counts, those of removed papers included until their segment is merged.
    var unitCount: Int { segments.reduce(0) { $0 + $1.lexical.documentCount } }
    var totalLength: Int { segments.reduce(0) { $0 + $1.lexical.totalLength } }

    /// The papers that can be found.
    var liveCount: Int { segments.reduce(0) { $0 + $1.lexical.documentCount - $1.removed.count } }

    /// The postings of a term, without removed papers.
    ///
    /// - Parameters:
    ///   - number: The term.
    ///   - key: The last key of the list that they follow; 0 if there is none.
    /// - Returns: The postings.
    func postings(ofTerm number: Int, after key: UInt32 = 0) -> PostingList {
        var postings: [PostingList.Posting] = []
        for (segment, place) in zip(segments, places[number]) where place >= 0 {
            segment.lexical.forEachPosting(ofTermNumbered: Int(place)) { posting in
                if !segment.removed.contains(UInt64(posting.key)) { postings.append(posting) }
            }
        }
        if segments.count > 1 { postings.sort { $0.key < $1.key } }
        var list = PostingList(after: key)
        for posting in postings { list.append(posting) }
        return list
    }

    /// The terms of a paper in their order, with gaps.
    func terms(of key: UInt64, inSegment place: Int) -> [UInt32] {
        var terms: [UInt32] = []
        segments[place].lexical.withSequence(of: key) { sequence in
            terms.reserveCapacity(sequence.count)
            for index in 0..<sequence.count {
                let term = sequence[index]
                terms.append(Int(term) < numbers[place].count ? numbers[place][Int(term)] : LexicalIndex.gap)
            }
        }
        return terms
    }
}
