// Reads a library in tasks while it is changed, and stops a change.

import Akin
import Foundation
import HNSW
import Papers
import Synchronization

// Step 1. Asynchronous calls keep off the threads of Swift's concurrency.
func titles(of papers: [Paper], in folder: String) async throws -> [String] {
    let library = try await Library.open(creatingAt: folder, waiting: .always())
    try await library.add(papers)
    return try await library.inBackground { try $0.papers(limit: 100) }.map(\.title)
}

// Step 2. Many questions at once, each with one state of the library.
func firstTitles(for questions: [String], in library: Library) async throws -> [String: String] {
    try await withThrowingTaskGroup { group in
        for question in questions {
            group.addTask { (question, try await library.search(for: question).hits.first?.paper.title) }
        }
        var titles: [String: String] = [:]
        for try await (question, title) in group { titles[question] = title }
        return titles
    }
}

// Step 3. A change that a task makes ends when the task is cancelled, and the library stays as it was.
func startRefitting(_ library: Library) -> Task<String, any Error> {
    Task {
        do {
            return "generation \(try await library.refit())"
        } catch let error as AkinError where error.code == .cancelled {
            return "stopped"
        }
    }
}

// Step 4. Each new state of the library, of this process or of another one.
func follow(_ library: Library, reload: () async -> Void) async {
    for await _ in library.generations() { await reload() }
}

// Step 5. Readers take the published index, and the writer publishes the next one.
let published = Mutex(try VectorIndex(dimensions: 2, metric: .cosine))

func nearest(to query: [Float]) throws -> [Neighbor] {
    let snapshot = published.withLock { $0 }
    return try snapshot.search(for: query, k: 10)
}

func add(_ vector: [Float], key: UInt64) throws {
    var next = published.withLock { $0 }
    try next.add(vector, key: key)
    let finished = next
    published.withLock { $0 = finished }
}

// Step 6. A long call tells how far it is, and asks whether to go on.
func fill(_ index: inout VectorIndex, with vectors: [Float], keys: [UInt64], isStopped: @escaping () -> Bool) throws {
    try index.add(vectors, keys: keys) { share in
        print("\(Int(100 * share)) %")
        return !isStopped()
    }
}

// Step 7. A long call in a task runs on another thread.
func addAndSearch(_ vectors: [Float], keys: [UInt64], in index: VectorIndex) async throws -> NeighborLists {
    var next = index
    try await next.changeInBackground { index throws(HNSWError) in
        try index.add(vectors, keys: keys)
    }
    return try await next.inBackground { index throws(HNSWError) in
        try index.search(forEach: vectors, k: 10)
    }
}

// Step 8. All of it.
let folder = FileManager.default.temporaryDirectory.appending(path: "use-tasks-\(UUID().uuidString)").path
defer { try? FileManager.default.removeItem(atPath: folder) }
print(try await titles(of: BundledSample.papers, in: folder).count, "titles")

let library = try await Library.open(at: folder)
let found = try await firstTitles(for: ["long contexts", "mixture of experts", "speech"], in: library)
for (question, title) in found.sorted(by: { $0.key < $1.key }) { print(question, title, separator: ": ") }

let refitting = startRefitting(library)
refitting.cancel()
print(try await refitting.value)

try add([1, 0], key: 7)
print(try nearest(to: [1, 1]).map(\.key))

var index = try VectorIndex(dimensions: 2, metric: .cosine)
try fill(&index, with: [1, 0, 0, 1], keys: [1, 2], isStopped: { false })
print(try await addAndSearch([2, 2], keys: [3], in: index).neighbors.map(\.key))
