// Adds papers from a source of its own: lines of a table, read batch by batch.

import Akin
import Foundation
import Papers

/// Papers in lines of tab-separated text: id, title, abstract.
struct TabbedLines: PaperSource {
    private var lines: ArraySlice<Substring>
    private var lineNumber = 0

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    }

    mutating func nextBatch() -> PaperBatch? {
        guard !lines.isEmpty else { return nil }
        var batch = PaperBatch()
        for line in lines.prefix(1_000) {
            lineNumber += 1
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 3 else { continue }
            batch.papers.append(Paper(id: cells[0], title: cells[1], abstract: cells[2]))
        }
        lines = lines.dropFirst(1_000)
        return batch
    }
}

let table = """
    one\tA memory for long texts\tWe keep what was read in a memory outside of the model.
    two\tStreams without end\tAttention over a window lets a model read a stream of any length.
    three\tCounting birds\tVolunteers count birds in gardens every winter.
    """

let folder = FileManager.default.temporaryDirectory.appending(path: "own-source-\(UUID().uuidString)").path
defer { try? FileManager.default.removeItem(atPath: folder) }

let library = try Library(creatingAt: folder)
print("\(try library.add(from: TabbedLines(table)).added) papers")
for hit in try library.search(for: "reading long streams").hits { print(hit.rank, hit.paper.id, hit.paper.title) }
