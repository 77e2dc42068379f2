import Akin
import Foundation
import Papers
import Ranking

/// Measures what filters cost a search and whether it still finds the nearest papers.
///
///     FilterBenchmark LIBRARY
///
/// The titles of some papers are asked by meaning alone, among random shares of the papers. Each answer is compared
/// with that of the same search with a recall of 1, which looks at every vector.
@main
struct FilterBenchmark {
    private static let shares = [1, 0.5, 0.1, 0.01, 0.001, 0.0001]
    private static let questionCount = 200
    private static let k = 10

    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: FilterBenchmark LIBRARY")
            exit(2)
        }
        let library = try Library(at: CommandLine.arguments[1])
        var papers: [Paper] = []
        try library.forEachPaper {
            papers += $0.map { Paper(id: $0.id, title: $0.title, abstract: "") }; return true
        }
        var generator = SplitMix(state: 42)
        let questions = (0..<questionCount).map { _ in papers.randomElement(using: &generator)?.title ?? "" }
        print("\(papers.count) papers, \(questions.count) questions, the first \(k) papers")
        print("share      papers  recall  ms a search  ms of all vectors")
        for share in shares {
            let count = max(1, Int(Double(papers.count) * share))
            let ids = share == 1 ? nil : Set(papers.shuffled(using: &generator).prefix(count).map(\.id))
            var found = 0
            var wanted = 0
            var times = (search: Duration.zero, scan: Duration.zero)
            // The filter is a set of ids, which a library turns into keys once a search; its cost counts in both.
            for question in questions {
                let (answer, time) = try timed {
                    try nearest(question, ids, recall: SearchOptions.defaultRecall, library)
                }
                let (truth, scan) = try timed { try nearest(question, ids, recall: 1, library) }
                found += Set(truth).intersection(answer).count
                wanted += truth.count
                times.search += time
                times.scan += scan
            }
            print(
                String(
                    format: "%8.4f %8d  %.4f  %11.2f  %17.2f", share, count, Double(found) / Double(max(1, wanted)),
                    times.search / .milliseconds(questions.count), times.scan / .milliseconds(questions.count)))
        }
    }

    private static func nearest(
        _ question: String, _ ids: Set<String>?, recall: Double, _ library: Library
    ) throws -> [String] {
        let filter = PaperFilter(ids: ids)
        return try library.rankedIDs(
            for: question, options: SearchOptions(k: k, mode: .semantic, filter: filter, recall: recall)
        ).map(\.id)
    }

    private static func timed<Result>(_ body: () throws -> Result) rethrows -> (Result, Duration) {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try body()
        return (result, start.duration(to: clock.now))
    }
}

/// Random numbers that are the same in every run: S. Vigna's splitmix64, <https://prng.di.unimi.it/splitmix64.c>.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
