import Foundation
import HNSW
import LatentSemantics
import LexicalIndex
import MappedFiles
import PaperStore
public import Papers
public import QueryLanguage
import Ranking
import TextAnalysis

// MARK: - Looking inside

extension Library {
    /// Finds the paper that a person means.
    ///
    /// The library compares the name in these steps, and the first step with exactly one match decides:
    ///
    /// 1. an id or an alternate id, in any of the spellings that `PaperIdentifier` reads, such as the paper's address
    ///    at arXiv;
    /// 2. a whole title;
    /// 3. the part of a title before its first colon;
    /// 4. a run of whole words in a title;
    /// 5. any part of a title.
    ///
    /// Capitals and punctuation do not count. So `InfLLM` is "InfLLM: Training-Free …" and not "InfLLM-V2: …".
    ///
    /// - Parameter name: What a person calls the paper.
    /// - Returns: The paper.
    /// - Throws: `AkinError`: `paperNotFound`; `ambiguousPaper` with ``AkinError/candidates``; `damaged` if the store
    ///   cannot be read.
    /// - Complexity: Constant for ids as they are stored, whole titles and the parts before a colon. An id in another
    ///   spelling reads every id, and the last two steps every title: O(*n*) for *n* papers.
    public func paper(named name: String) throws(AkinError) -> Paper {
        try readPapers { papers in
            switch try papers.resolve(name) {
            case .found(let key):
                return try papers.papers(forKeys: [key])[0]
            case .ambiguous(let candidates, let count):
                throw AkinError(
                    .ambiguousPaper, "'\(name)' may be any of \(count) papers.", remedy: .giveID,
                    candidates: candidates.map { AkinError.Candidate(id: $0.id, title: $0.title) },
                    furtherCandidateCount: count - candidates.count)
            case .none where PaperIdentifier(name) != nil: throw AkinError(noPaperWithID: name)
            case .none:
                throw AkinError(
                    .paperNotFound, "No paper of '\(path)' is called '\(name)'.", remedy: .searchWords(name))
            }
        }
    }

    /// The paper with an id or alternate id, in any of the spellings that `PaperIdentifier` reads; `nil` if the library
    /// has none. Unlike `paper(named:)`, it looks at no title.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    /// - Complexity: O(log *n*) for an id as it is stored; another spelling reads every id.
    public func paper(id: String) throws(AkinError) -> Paper? {
        try readPapers { papers in
            try papers.keys(identifiedBy: id).first.flatMap { try papers.paper(forKey: $0) }
        }
    }

    /// Returns the papers that match a filter, in the order in which they were added. The default filter matches all.
    ///
    /// - Parameters:
    ///   - filter: Which papers to return.
    ///   - offset: The papers to pass over first.
    ///   - limit: The most papers to return; `nil` returns all.
    /// - Returns: The papers.
    /// - Throws: `AkinError`: `invalidArgument` for an offset or a limit below 0; `damaged` if the store cannot be
    ///   read.
    /// - Complexity: O(*n*) for *n* papers in the library, and the memory of all papers that are returned.
    public func papers(
        matching filter: PaperFilter = PaperFilter(), offset: Int = 0, limit: Int? = nil
    ) throws(AkinError) -> [Paper] {
        try validate(limit: limit)
        try validate(offset: offset)
        return try readPapers { papers in
            let keys = try papers.keys(matching: filter).dropFirst(offset)
            return try papers.papers(forKeys: limit.map { keys.prefix($0) } ?? keys[...])
        }
    }

    /// Calls `body` with the papers that match a filter, a thousand at a time.
    ///
    /// Memory holds a thousand papers and the ids of all that match. The papers are read piece by piece, so that a slow
    /// `body` holds up nobody who changes the library. A paper that is changed meanwhile comes as it is when its turn
    /// comes, and one that is removed does not come.
    ///
    /// - Parameters:
    ///   - filter: Which papers to read.
    ///   - query: What they have to meet besides. Every word of it is a condition, because nothing is ranked here.
    ///   - sort: Their order; `nil` and relevance stand for the order in which they were added.
    ///   - offset: The papers at the top to pass over.
    ///   - limit: The most papers to read; `nil` reads all.
    ///   - body: Called with each piece. It returns whether it wants more.
    /// - Throws: `AkinError`: `invalidArgument` for a limit below 0; `damaged` if the store cannot be read.
    /// - Complexity: O(*n*) for *n* papers in the library.
    public func forEachPaper(
        matching filter: PaperFilter = PaperFilter(), meeting query: QueryExpression? = nil, sort: PaperOrder? = nil,
        offset: Int = 0, limit: Int? = nil, _ body: (_ papers: [Paper]) -> Bool
    ) throws(AkinError) {
        try validate(limit: limit)
        try validate(offset: offset)
        let (keys, ids) = try withKeys(matching: filter, meeting: query) { papers, keys in
            let order = try papers.sorted(keys, by: sort ?? .relevance)
            let keys = Array(order.dropFirst(offset).prefix(limit ?? .max))
            return (keys, try papers.ids(forKeys: keys))
        }
        for start in stride(from: 0, to: keys.count, by: 1_000) {
            let piece = try readPapers { papers in
                try (start..<min(keys.count, start + 1_000)).compactMap { index in
                    // A paper whose text changes gets another key.
                    try papers.paper(forKey: keys[index])
                        ?? papers.key(forID: ids[index]).flatMap { try papers.paper(forKey: $0) }
                }
            }
            if !body(piece) { return }
        }
    }

    /// Calls `body` with the facts of the papers that match a filter and meet a query, in the order in which they were
    /// added. It is the fast way to count papers by their fields.
    ///
    /// - Parameters:
    ///   - filter: Which papers to look at.
    ///   - query: What they have to meet besides; see `forEachPaper(matching:meeting:sort:offset:limit:_:)`.
    ///   - body: Called with each. It returns whether it wants more.
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    /// - Complexity: O(*n*) for *n* papers in the library.
    public func forEachFacts(
        matching filter: PaperFilter = PaperFilter(), meeting query: QueryExpression? = nil,
        _ body: (_ facts: PaperFacts) -> Bool
    ) throws(AkinError) {
        try withKeys(matching: filter, meeting: query) { papers, keys in
            try papers.forEachFacts(of: PaperKeySet(keys), body)
        }
    }

    /// The number of papers that match a filter and meet a query; see
    /// `forEachPaper(matching:meeting:sort:offset:limit:_:)`.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    public func paperCount(
        matching filter: PaperFilter = PaperFilter(), meeting query: QueryExpression? = nil
    ) throws(AkinError) -> Int {
        try withKeys(matching: filter, meeting: query) { _, keys in keys.count }
    }

    /// Calls `body` with the keys of the papers that match a filter and meet a query.
    private func withKeys<Result>(
        matching filter: PaperFilter, meeting query: QueryExpression?,
        _ body: (_ papers: PaperStore.Reader, _ keys: [PaperKey]) throws -> Result
    ) throws(AkinError) -> Result {
        guard let query else { return try readPapers { try body($0, $0.keys(matching: filter)) } }
        return try ask { papers, indexed in
            guard let indexed else { return try body(papers, []) }
            let met = try QueryConditions(papers, indexed).keys(
                meeting: papers.known(query), demand: .words)
            let keys = try papers.keys(matching: filter)
            return try body(papers, met.map { met in keys.filter(met.contains) } ?? keys)
        }
    }

    /// Returns the library's own id for each id that it knows, alternate ids included. Unknown ids are left out.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    public func canonicalIDs(of ids: [String]) throws(AkinError) -> [String: String] {
        try readPapers { papers in try papers.canonicalIDs(of: ids) }
    }

    /// Tells what the library holds and how it is indexed.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store or the generation in force cannot be read.
    /// - Complexity: It opens the generation in force and asks the file system for the size of every file of the
    ///   folder.
    public func info() throws(AkinError) -> LibraryInfo {
        try ask { papers, indexed in
            let calibration = indexed?.manifest.calibration ?? Calibration()
            return LibraryInfo(
                path: path,
                spaces: try Self.spaces(of: papers, indexed),
                paperCount: try papers.paperCount(),
                generation: papers.generation,
                segments: indexed?.index.segmentInfos ?? [],
                rank: indexed?.model?.rank ?? 0,
                termCount: indexed?.model?.termCount ?? 0,
                modelOrigin: indexed?.manifest.modelOrigin ?? .papers,
                fittedPaperCount: indexed?.manifest.fittedPaperCount ?? 0,
                drift: indexed.flatMap { LibraryDrift($0.manifest, $0.model) },
                alpha: calibration.semanticWeight,
                likeAlpha: calibration.likeSemanticWeight(),
                alphaQuestionCount: calibration.questionCount,
                randomSimilarity: calibration.randomSimilarity.map { ($0.mean, $0.deviation) },
                language: indexed?.analyzer.settings.language.rawValue ?? "english",
                byteCount: try byteCount()
            )
        }
    }

    /// The free bytes of the disk that the library lies on.
    func freeBytes() throws -> Int {
        try Folder.freeBytes(at: path)
    }
}

extension LibraryInfo.Recall {
    init(_ certificate: RecallCertificate) {
        points = certificate.curves.flatMap { curve in
            curve.points.map { Point(k: curve.k, ef: $0.ef, recall: $0.recall, interval: $0.interval) }
        }
        queryCount = certificate.queryCount
        paperCount = certificate.vectorCount
        let plan = certificate.plan(forRecall: SearchOptions.defaultRecall, k: 10)
        ef = plan?.ef
        reached = plan.flatMap { $0.isReached ? nil : $0.reached }
    }
}

extension Library {
    /// A text that is another one after nearly every change of the library, and sometimes without one: for caches.
    ///
    /// - Complexity: Some microseconds; for a library in a server, a question to it.
    package var stateTag: String {
        if let server { return (try? server.stateTag()) ?? "" }
        return (try? folder).map { PaperStore.stateTag(at: $0.store) } ?? ""
    }

    /// A text that is another one after each change of what is indexed, and the same after tags and notes: for caches.
    ///
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    package func generationTag() throws(AkinError) -> String {
        if let server { return try akinError { try server.stateTag() } }
        let (number, checksum) = try generationInForce()
        return "\(number) \(checksum ?? "")"
    }
}
