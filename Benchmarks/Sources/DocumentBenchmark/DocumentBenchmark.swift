import Foundation
import PaperFormats
import Papers

/// Measures how often the importer of PDF documents finds the title, the abstract and the authors of a paper.
///
///     DocumentBenchmark FOLDER
///
/// The folder is one that `Benchmarks/Documents/make-documents` made. It prints a table in Markdown: for each layout
/// the share of documents with the right title, abstract and authors. With `--wrong` it also prints what is not right.
@main
struct DocumentBenchmark {
    /// A part of a paper that is right or not.
    private enum Part: String, CaseIterable {
        case title, abstract, authors
    }

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst().filter { $0 != "--wrong" }
        let printsWrong = CommandLine.arguments.contains("--wrong")
        guard arguments.count == 1, let folder = arguments.first else {
            print("usage: DocumentBenchmark FOLDER [--wrong]")
            exit(2)
        }
        let truth = try papers(of: "\(folder)/papers.jsonl")
        let layouts = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter {
            !$0.contains(".")
        }
        print("| layout | documents | title | abstract | authors |\n| --- | --- | --- | --- | --- |")
        for layout in layouts {
            var right: [Part: Int] = [:]
            for (number, paper) in truth.enumerated() {
                let name = String(repeating: "0", count: max(0, 3 - String(number).count)) + "\(number).pdf"
                let read = try papers(of: "\(folder)/\(layout)/\(name)").first
                for part in Part.allCases {
                    if let read, isRight(part, read, paper) {
                        right[part, default: 0] += 1
                    } else if printsWrong {
                        print("\(layout)/\(name) \(part): \(read.map { text(of: part, $0) } ?? "no paper")")
                    }
                }
            }
            let shares = Part.allCases.map { part in share(right[part] ?? 0, of: truth.count) }
            print("| \(layout) | \(truth.count) | \(shares.joined(separator: " | ")) |")
        }
    }

    private static func papers(of path: String) throws -> [Paper] {
        let reader = try PaperReader(path: path)
        var papers: [Paper] = []
        while let batch = try reader.nextBatch() { papers += batch.papers }
        return papers
    }

    private static func share(_ count: Int, of all: Int) -> String {
        String(format: "%.1f %%", 100 * Double(count) / Double(max(1, all)))
    }

    // MARK: - What is right

    /// The share of an abstract's letters by which a right one may differ in length.
    private static let lengthTolerance = 0.03

    /// How many letters at both ends of an abstract must be the same.
    private static let endLength = 30

    /// The most authors that a document names.
    private static let authorCount = 6

    private static func isRight(_ part: Part, _ read: Paper, _ paper: Paper) -> Bool {
        switch part {
        case .title: return letters(read.title) == letters(paper.title)
        case .authors:
            return read.authors.map(letters) == paper.authors.prefix(authorCount).map(letters)
                || read.authors.map(letters) == paper.authors.prefix(1).map(letters)
        case .abstract:
            let (one, other) = (letters(read.abstract), letters(paper.abstract))
            let difference = abs(one.count - other.count)
            return one.hasPrefix(other.prefix(endLength)) && one.hasSuffix(other.suffix(endLength))
                && Double(difference) <= lengthTolerance * Double(other.count)
        }
    }

    /// The letters and digits of a text in lower case. Hyphens at line ends and forms of quotation marks do not count.
    private static func letters(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    private static func text(of part: Part, _ paper: Paper) -> String {
        switch part {
        case .title: paper.title
        case .abstract: "\(paper.abstract.prefix(60)) … \(paper.abstract.suffix(60))"
        case .authors: paper.authors.joined(separator: ", ")
        }
    }
}
