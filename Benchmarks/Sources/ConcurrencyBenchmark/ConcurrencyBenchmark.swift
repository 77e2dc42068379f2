import Akin
import Foundation
import PaperFormats
import Papers

/// Measures how long a timer of a task waits while three libraries are filled at once.
///
///     ConcurrencyBenchmark PAPERS
///
/// The timer asks to be woken every 10 ms. The asynchronous forms of `Library` leave Swift's pool of threads to other
/// tasks, so that the timer is late by what the machine's load costs. The synchronous forms, called from tasks, hold as
/// many of the pool's threads as there are calls. Both run one after the other, and nothing else runs beside them.
@main
struct ConcurrencyBenchmark {
    /// How many libraries are filled at once.
    private static let libraryCount = 3

    private static let period = Duration.milliseconds(10)

    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: ConcurrencyBenchmark PAPERS")
            exit(2)
        }
        let papers = try papers(CommandLine.arguments[1])
        let idle = try await longestWait { try await Task.sleep(for: .seconds(2)) }
        let asynchronous = try await longestWait {
            try await fillLibraries { library in
                guard try await library.add(papers).added > 0 else { throw CancellationError() }
            }
        }
        let synchronous = try await longestWait {
            try await fillLibraries { library in try addSynchronously(papers, to: library) }
        }
        print("\(papers.count) papers into \(libraryCount) libraries at once; a timer of \(period):")
        for (name, wait) in [("nothing", idle), ("asynchronous", asynchronous), ("synchronous", synchronous)] {
            print("  \(name.padding(toLength: 14, withPad: " ", startingAt: 0)) longest wait \(wait)")
        }
    }

    private static func papers(_ path: String) throws -> [Paper] {
        let reader = try PaperReader(path: path)
        var papers: [Paper] = []
        while let batch = try reader.nextBatch() { papers += batch.papers }
        return papers
    }

    private static func addSynchronously(_ papers: [Paper], to library: Library) throws {
        guard try library.add(papers).added > 0 else { throw CancellationError() }
    }

    /// Fills libraries of their own at once, and removes them.
    private static func fillLibraries(by fill: @escaping @Sendable (Library) async throws -> Void) async throws {
        let folder = URL.temporaryDirectory.appending(path: "akin-concurrency-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withThrowingTaskGroup { group in
            for number in 0..<libraryCount {
                group.addTask {
                    try await fill(try await Library.open(creatingAt: "\(folder)/\(number)"))
                }
            }
            try await group.waitForAll()
        }
    }

    /// The longest time between two moments at which a timer woke, less its period, while some work was done.
    private static func longestWait(during work: @escaping @Sendable () async throws -> Void) async throws -> Duration {
        let timer = Task {
            let clock = ContinuousClock()
            var longest = Duration.zero
            var last = clock.now
            while !Task.isCancelled {
                try? await Task.sleep(for: period)
                let now = clock.now
                longest = max(longest, last.duration(to: now) - period)
                last = now
            }
            return longest
        }
        try await work()
        timer.cancel()
        return await timer.value
    }
}
