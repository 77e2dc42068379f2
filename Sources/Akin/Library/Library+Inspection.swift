import Foundation
import HNSW
import LatentSemantics
import LexicalIndex
import MappedFiles
import PaperStore
public import Papers
import Ranking
import TextAnalysis

// MARK: - Looking inside

extension Library {
    /// Finds the paper that a person means.
    ///
    /// The first of these steps that exactly one paper answers to wins: its id or an alternate id; its whole title; the
    /// part of its title before the first colon; a run of whole words in its title; any part of its title. Capitals and
    /// punctuation do not count. So `InfLLM` is "InfLLM: Training-Free …" and not "InfLLM-V2: …".
    ///
    /// - Throws: `AkinError`: `paperNotFound`, or `ambiguousPaper` with the candidates in its message.
    public func paper(named name: String) throws(AkinError) -> Paper {
        try read { papers, _ in
            switch try papers.resolve(name) {
            case .found(let key):
                return try papers.papers(forKeys: [key])[0]
            case .ambiguous(let candidates, let count):
                throw AkinError(.ambiguousPaper, Self.choice(name, candidates, count))
            case .none:
                throw AkinError(
                    .paperNotFound,
                    "No paper of '\(path)' is called '\(name)'. `akin search \(name)` looks for its words."
                )
            }
        }
    }

    /// The papers of the library in the order they were added, or those that match a filter.
    ///
    /// - Parameters:
    ///   - filter: Which papers to give.
    ///   - limit: The most papers to give; `nil` gives all.
    /// - Returns: The papers.
    /// - Throws: `AkinError` with code `damaged` if the store cannot be read.
    public func papers(matching filter: PaperFilter = PaperFilter(), limit: Int? = nil) throws(AkinError) -> [Paper] {
        try read { papers, _ in
            let keys = try papers.keys(matching: filter)
            return try papers.papers(forKeys: limit.map { keys.prefix($0) } ?? keys[...])
        }
    }

    /// The ids under which the library knows papers, for any of their ids; ids that it does not know are left out.
    public func canonicalIDs(of ids: [String]) throws(AkinError) -> [String: String] {
        try read { papers, _ in try papers.canonicalIDs(of: ids) }
    }

    /// What the library holds and how it is indexed.
    public func info() throws(AkinError) -> LibraryInfo {
        try read { papers, generation in
            let calibration = generation?.manifest.calibration ?? Calibration()
            return LibraryInfo(
                path: path,
                paperCount: try papers.paperCount(),
                generation: papers.generation,
                segments: generation?.segments.map { segment in
                    .init(
                        paperCount: segment.lexical.documentCount - segment.removed.count,
                        hasGraph: segment.vectors?.hasGraph ?? false,
                        recall: segment.vectors?.certificate.map(LibraryInfo.Recall.init)
                    )
                } ?? [],
                rank: generation?.model?.rank ?? 0,
                termCount: generation?.model?.termCount ?? 0,
                modelOrigin: generation?.manifest.modelOrigin ?? .papers,
                fittedPaperCount: generation?.manifest.fittedPaperCount ?? 0,
                drift: generation.flatMap { LibraryDrift($0.manifest, $0.model) },
                alpha: calibration.semanticWeight,
                likeAlpha: calibration.likeSemanticWeight(),
                alphaQuestionCount: calibration.questionCount,
                randomSimilarity: calibration.randomSimilarity.map { ($0.mean, $0.deviation) },
                language: generation?.analyzer.settings.language.rawValue ?? "english",
                byteCount: folder.byteCount
            )
        }
    }

    /// The papers that a name may mean, for a person to choose from.
    private static func choice(_ name: String, _ candidates: [PaperStore.Candidate], _ count: Int) -> String {
        let lines = candidates.map { "  \($0.title) (\($0.id))" }
        let rest = count > candidates.count ? ["  and \(count - candidates.count) more"] : []
        return (["'\(name)' may be any of \(count) papers; say which by its id:"] + lines + rest).joined(
            separator: "\n")
    }

    /// The bytes that may still be written where the library lies.
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
        ef = certificate.ef(forRecall: SearchOptions.defaultRecall, k: 10)
    }
}
