import Akin
import Foundation
import PaperFormats
import Papers
import RetrievalEvaluation

/// A set of judged questions, and a library of all papers that may answer them.
struct QuestionSet {
    private let library: Library
    private let papers: [String: Paper]
    private let queries: [Query]
    private let qrels: Qrels
    /// Whether the questions are papers, to find similar papers.
    private let asksLike: Bool

    var paperCount: Int { papers.count }

    /// The papers of a small library, and its questions.
    struct Pool {
        var papers: [Paper]
        var queries: [Query]
        var qrels: Qrels
        var asksLike: Bool
    }

    init(_ name: String, in sets: String, heldOut: Library, folder: String) throws {
        let set = try BEIRFolder(path: sets + "/" + name)
        library = try set.corpusPath.map { try Self.library(of: $0, in: folder + "/" + name) } ?? heldOut
        papers = Dictionary(try library.papers().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        asksLike = name.hasPrefix("cocitation")
        let judged = Set(
            set.qrels.queryIDs.flatMap { set.qrels[$0].keys.map(\.rawValue) } + set.queries.map(\.id.rawValue))
        let ids = try library.canonicalIDs(of: Array(judged))
        var judgments: [QueryID: [DocumentID: Double]] = [:]
        var queries: [Query] = []
        for query in set.judgedQueries {
            let own = asksLike ? ids[query.id.rawValue] : query.id.rawValue
            let relevant = set.qrels[query.id].compactMap { id, grade in
                ids[id.rawValue].map { (DocumentID($0), grade) }
            }
            guard let own, relevant.contains(where: { $0.1 > 0 && $0.0.rawValue != own }) else { continue }
            queries.append(Query(id: QueryID(own), text: query.text))
            judgments[QueryID(own)] = Dictionary(relevant, uniquingKeysWith: max)
        }
        self.queries = queries
        qrels = Qrels(judgments)
    }

    /// Makes a library of a file, or opens the one that is there.
    static func library(of file: String, in folder: String) throws -> Library {
        try? FileManager.default.removeItem(atPath: folder)
        let library = try Library(creatingAt: folder)
        try library.add(from: PaperFiles([file]), options: AddOptions(model: .ownPapers))
        return library
    }

    /// Pools about questions that are spread evenly over all of them.
    ///
    /// A pool of less than 500 papers has its own question. A larger one has every question that it can answer.
    func pools(of size: Int, seeds: Int) throws -> [Pool] {
        let step = max(1, queries.count / max(1, seeds))
        return try stride(from: 0, to: queries.count, by: step).prefix(seeds).map {
            try pool(of: size, about: queries[$0])
        }
    }

    private func pool(of size: Int, about seed: Query) throws -> Pool {
        let options = SearchOptions(k: size)
        let found =
            try asksLike
            ? library.rankedIDs(like: [seed.id.rawValue], options: options)
            : library.rankedIDs(for: seed.text, options: options)
        let needed = (asksLike ? [seed.id.rawValue] : []) + qrels[seed.id].keys.map(\.rawValue).sorted()
        var ids: Set<String> = []
        var members: [Paper] = []
        // If few papers answer the question, the others follow in the order of their ids.
        for id in needed + found.map(\.id) + papers.keys.sorted() where members.count < size && ids.insert(id).inserted
        {
            if let paper = papers[id] { members.append(paper) }
        }
        let asked =
            size < 500
            ? [seed]
            : queries.filter { query in
                (!asksLike || ids.contains(query.id.rawValue))
                    && qrels[query.id].contains { $0.value > 0 && ids.contains($0.key.rawValue) }
            }
        let judgments = asked.map { query in (query.id, qrels[query.id].filter { ids.contains($0.key.rawValue) }) }
        return Pool(
            papers: members.sorted { $0.id < $1.id }, queries: asked,
            qrels: Qrels(Dictionary(judgments) { first, _ in first }), asksLike: asksLike
        )
    }
}
