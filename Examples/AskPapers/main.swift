// Makes a library of the bundled papers, asks it in words and with a paper, and says why an answer is there.

import Akin
import Foundation
import Papers
import Ranking

let folder = FileManager.default.temporaryDirectory.appending(path: "ask-papers-\(UUID().uuidString)").path
defer { try? FileManager.default.removeItem(atPath: folder) }

let library = try Library(creatingAt: folder)
let report = try library.add(BundledSample.papers)
print("\(report.added) papers")

// A question in plain words, with reasons.
let options = SearchOptions(k: 3, explains: true)
for hit in try library.search(for: "running big models with limited memory", options: options).hits {
    print(hit.rank, hit.paper.title)
    for word in hit.explanation?.lexicalWords.prefix(3) ?? [] { print("   \(word.word): \(word.share)") }
}

// Papers like a paper that one knows by a part of its title.
let known = try library.paper(named: "InfLLM")
for hit in try library.search(like: [known.id], options: SearchOptions(k: 3)).hits {
    print(hit.rank, hit.paper.title)
}
