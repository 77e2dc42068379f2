// Adds papers from a source of its own: lines of a table, read batch by batch.

import Akin
import Foundation
import Papers

/// Papers in lines of tab-separated text: id, title, abstract.
struct TabbedLines: PaperSource {
    private var lines: ArraySlice<(number: Int, text: Substring)>

    init(_ text: String) {
        lines =
            text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { (number: $0.offset + 1, text: $0.element) }[...]
    }

    mutating func nextBatch() -> PaperBatch? {
        guard !lines.isEmpty else { return nil }
        var batch = PaperBatch()
        for line in lines.prefix(1_000) {
            let cells = line.text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            if cells.count == 3, !(cells[1] + cells[2]).isEmpty {
                batch.papers.append(Paper(id: cells[0], title: cells[1], abstract: cells[2]))
            } else {
                let reason = "a line has an id, a title and an abstract with tabs between them"
                batch.skipped.append(SkippedRecord(.wrongType, file: "table", line: line.number, reason: reason))
            }
        }
        lines = lines.dropFirst(1_000)
        return batch
    }
}

let table = """
    one\tA memory for long texts\tWe keep what was read in a memory outside of the model.
    two\tStreams without end\tAttention over a window lets a model read a stream of any length.
    a line that is no paper
    three\tCounting birds\tVolunteers count birds in gardens every winter.
    """

let folder = FileManager.default.temporaryDirectory.appending(path: "own-source-\(UUID().uuidString)").path
defer { try? FileManager.default.removeItem(atPath: folder) }

let library = try Library(creatingAt: folder)
let report = try library.add(from: TabbedLines(table))
print("\(report.added) papers")
for skipped in report.skipped { print("skipped \(skipped)") }
for hit in try library.search(for: "reading long streams").hits { print(hit.rank, hit.paper.id, hit.paper.title) }
