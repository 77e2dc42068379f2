import PaperStore
public import Papers
import TextAnalysis

/// What a library holds, at a glance, and what may be asked of it.
public struct LibraryOverview: Sendable {
    /// The papers.
    public var paperCount: Int
    /// The first and the last year of publication; `nil` if no paper has a year.
    public var years: ClosedRange<Int>?
    /// The year that most papers are of, the later one of two.
    public var commonYear: Int?
    /// The languages that papers say they are in, most papers first.
    public var languages: [(value: String, paperCount: Int)]
    /// When the last paper was added, in seconds since 1970; `nil` if that is not known.
    public var lastAddition: Int?
    /// Two or three words that many titles have side by side; `nil` if no words are in several titles.
    public var phrase: String?
    /// A paper with a short name, and the name, which means no other paper; `nil` if none of those looked at has one.
    public var namedPaper: (name: String, paper: Paper)?
    /// The venue of many papers, and of half of them at most; `nil` if none has several.
    public var venue: String?
}

extension Library {
    /// Tells what the library holds, at a glance, and what may be asked of it.
    ///
    /// The phrase, the paper and the venue come from 400 papers, taken at even distances. The same
    /// library gives the same answer.
    ///
    /// - Returns: The overview.
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    /// - Complexity: A scan of the years and of the labels for languages: a few milliseconds for 5,000 papers.
    public func overview() throws(AkinError) -> LibraryOverview {
        try readPapers { papers in
            let keys = try papers.keys()
            let years = try papers.years().map(\.year)
            let counts = Dictionary(years.map { ($0, 1) }, uniquingKeysWith: +)
            let step = max(1, keys.count / Self.overviewSample)
            let sample = stride(from: 0, to: keys.count, by: step).compactMap { try? papers.paper(forKey: keys[$0]) }
            return LibraryOverview(
                paperCount: keys.count,
                years: years.min().flatMap { first in years.max().map { first...$0 } },
                commonYear: counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key,
                languages: try papers.labelCounts(ofField: "language"),
                lastAddition: try papers.lastAddition(),
                phrase: try TitlePhrases(sample).mostCommon,
                namedPaper: try Self.namedPaper(among: sample, papers),
                venue: Self.commonVenue(of: sample))
        }
    }

    /// The papers that an overview looks at more closely.
    static let overviewSample = 400

    /// The names that are looked up before an overview goes without one.
    private static let triedNames = 8

    /// A paper that is called by a word before the colon of its title, which means no other paper.
    private static func namedPaper(
        among sample: [Paper], _ papers: PaperStore.Reader
    ) throws -> (name: String, paper: Paper)? {
        let named = sample.compactMap { paper -> (name: String, paper: Paper)? in
            guard let colon = paper.title.firstIndex(of: ":") else { return nil }
            let name = tidied(String(paper.title[..<colon]))
            guard (3...20).contains(name.count), name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) else {
                return nil
            }
            return (name, paper)
        }
        // Names with a capital inside, such as InfLLM, are names of methods.
        let methods = named.filter { $0.name.dropFirst().contains(where: \.isUppercase) }
        for candidate in (methods + named).prefix(triedNames) {
            guard case .found(let key) = try papers.resolve(candidate.name),
                try papers.paper(forKey: key)?.id == candidate.paper.id
            else { continue }
            return candidate
        }
        return nil
    }

    /// The venue that most papers have, among those of several papers and not of most, and with short names.
    private static func commonVenue(of sample: [Paper]) -> String? {
        let venues = sample.compactMap(\.venue).filter { !$0.isEmpty && $0.count <= 40 }
        let counts = Dictionary(venues.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.filter { (2...max(2, sample.count / 2)).contains($0.value) }
            .max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}

/// The words that titles have side by side.
private struct TitlePhrases {
    private var pairs: [[String]: Int] = [:]
    private var triples: [[String]: Int] = [:]

    /// Counts the titles that have two and three words of content side by side.
    init(_ papers: [Paper]) throws {
        let analyzer = try Analyzer()
        var isContent: [String: Bool] = [:]
        for paper in papers {
            var runs: [[String]] = [[]]
            for word in paper.title.lowercased().split(whereSeparator: \.isWhitespace) {
                let letters = word.filter { $0.isLetter || $0 == "-" }
                let known =
                    isContent[letters] ?? (letters.count > 2 && !analyzer.terms(of: letters, language: nil).isEmpty)
                isContent[letters] = known
                if !known {
                    runs.append([])
                } else {
                    if let first = word.first, !first.isLetter { runs.append([]) }
                    runs[runs.count - 1].append(letters)
                    // A sign ends a phrase.
                    if let last = word.last, !last.isLetter { runs.append([]) }
                }
            }
            for (length, path) in [(2, \Self.pairs), (3, \Self.triples)] {
                let phrases = runs.filter { $0.count >= length }.flatMap { run in
                    (0...(run.count - length)).map { Array(run[$0..<($0 + length)]) }
                }
                for phrase in Set(phrases) { self[keyPath: path][phrase, default: 0] += 1 }
            }
        }
    }

    /// The phrase of most titles; three words rather than two of them, if they are as common by half.
    var mostCommon: String? {
        func best(_ counts: [[String]: Int]) -> (words: [String], count: Int)? {
            let best = counts.max { first, second in
                first.value != second.value
                    ? first.value < second.value : second.key.lexicographicallyPrecedes(first.key)
            }
            return best.flatMap { $0.value > 1 ? ($0.key, $0.value) : nil }
        }
        let (pair, triple) = (best(pairs), best(triples))
        if let triple, triple.count * 2 >= pair?.count ?? 0 { return triple.words.joined(separator: " ") }
        return pair?.words.joined(separator: " ")
    }
}
