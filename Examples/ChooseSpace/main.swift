// Puts vectors of another encoder beside the space that a library learned, and compares the two.

import Akin
import Foundation
import Papers
import Ranking
import TextEncoding

/// Stands for a model: it counts the letters of a text.
struct LetterCounts: TextEncoder {
    let identity = EncoderIdentity(name: "letter-counts", version: "1", dimensions: 26)

    func embeddings(of texts: [String], as role: TextRole) async throws -> [Embedding] {
        texts.map { text in
            var counts = [Float](repeating: 0, count: 26)
            for byte in text.lowercased().utf8 where (0x61...0x7A).contains(byte) { counts[Int(byte) - 0x61] += 1 }
            return Embedding(counts)
        }
    }
}

// Step 1. Another encoder gets a space of its own.
let letters: SpaceName = "letters"

func encodePapers(of library: Library) async throws {
    try await library.encode(in: letters, with: LetterCounts())
}

// Step 2. The same question in both spaces, and papers like one in both together.
func compareAnswers(to question: String, in library: Library) async throws {
    let options = SearchOptions(k: 3)
    let learned = try await library.search(for: question, options: options)
    let given = try await library.search(for: question, encoder: LetterCounts(), in: letters, options: options)
    print(learned.hits.map(\.paper.title), given.hits.map(\.paper.title))

    let known = try await library.paper(named: "InfLLM")
    let both = SearchOptions(k: 3, spaces: [.latentSemantics, letters])
    print(try await library.search(like: [known.id], options: both).hits.map(\.paper.title))
}

// Step 3. How many of the nearest papers the spaces share.
func overlap(in library: Library) async throws -> Double {
    try await library.comparison(ofSpace: .latentSemantics, with: letters, k: 10).overlap
}

// Step 4. A space that did not help is removed.
func removeLetters(from library: Library) async throws {
    try await library.removeSpace(letters)
}

// Step 5. All of it.
let folder = FileManager.default.temporaryDirectory.appending(path: "choose-space-\(UUID().uuidString)").path
defer { try? FileManager.default.removeItem(atPath: folder) }
let library = try await Library.open(creatingAt: folder)
try library.add(BundledSample.papers)
try await encodePapers(of: library)
try await compareAnswers(to: "memory for long contexts", in: library)
print("shared of the nearest ten: \(try await overlap(in: library))")
try await removeLetters(from: library)
