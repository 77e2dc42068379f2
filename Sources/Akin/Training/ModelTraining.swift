import LatentSemantics
import LinearAlgebra
public import Papers
import ParallelLoops
import Ranking
import TextAnalysis

/// Fits a vector space on the papers of files and writes it as a file of its own, to be given to libraries.
///
///     let training = ModelTraining(minimumPaperCount: 5)
///     let report = try training.train(on: ["papers.jsonl"], writing: "field.lsa")
///     try Library(creatingAt: "reading").add(files: ["few.jsonl"], model: .file("field.lsa"))
///
/// The file holds single words and numbers, nothing else of the papers.
public struct ModelTraining: Sendable, Hashable {
    /// The dimensions of the space, at most; a corpus without as many has fewer. Default 256.
    public var rank: Int
    /// The papers that a word must occur in to be known, at least. Default 2.
    ///
    /// The words of few papers are the greater part of a vocabulary, and say the least: whoever trains a model to give it
    /// away takes 5 or more.
    public var minimumPaperCount: Int
    /// Whether the vectors of the words are written in eight bits a number instead of 32. Default yes.
    public var isCoded: Bool

    /// Describes a training; the defaults serve most.
    public init(rank: Int = 256, minimumPaperCount: Int = 2, isCoded: Bool = true) {
        self.rank = rank
        self.minimumPaperCount = minimumPaperCount
        self.isCoded = isCoded
    }

    /// What came of a training.
    public struct Report: Sendable {
        /// The papers that the model was fitted on.
        public var paperCount = 0
        /// The records that were a paper once more, by id or by title and first author, and did not count.
        public var duplicateCount = 0
        /// The words that the model knows.
        public var termCount = 0
        /// The dimensions of its space.
        public var rank = 0
        /// Records that are no papers.
        public var skipped: [SkippedRecord] = []
        /// Files that could not be read, or held no paper.
        public var failedFiles: [AddReport.FailedFile] = []
    }

    /// Fits the space and writes it.
    ///
    /// - Parameters:
    ///   - files: Paths of files, or of folders of files.
    ///   - path: The file to write, which takes its place whole or not at all.
    ///   - format: What the files are; by default told from their names and first bytes.
    ///   - threads: The most threads to use. Default: one a core. The model does not depend on it.
    ///   - configuresBLAS: Whether OpenBLAS may be told to use one thread, for the whole process.
    ///   - progress: Called now and then, from the calling thread.
    /// - Returns: What it was fitted on.
    /// - Throws: `AkinError`: `invalidArgument` if a number is out of range or there is no paper to learn from,
    ///   `cannotWrite`, `noSpace`.
    /// - Complexity: That of fitting a library's space; twenty seconds for 157,000 abstracts on two cores.
    public func train(
        on files: [String], writing path: String, format: ImportFormat = .auto, threads: Int? = nil,
        configuresBLAS: Bool = true, progress: (AddProgress) -> Void = { _ in }
    ) throws(AkinError) -> Report {
        try akinError {
            var report = Report()
            let texts = try read(files, format, threads: threads, &report, progress: progress)
            guard !texts.isEmpty else { throw Self.nothingToLearn(files) }
            progress(AddProgress(.analysing, papers: texts.count))
            let analyzer = try Analyzer()
            let threads = threads ?? availableCores
            let counts = analyzer.countTerms(documentCount: texts.count, threads: threads) { texts[$0].fields() }
            progress(AddProgress(.fitting, papers: texts.count))
            if configuresBLAS { useOneBLASThread() }
            let parameters = LatentSemanticModel.Parameters(rank: rank, minimumDocumentFrequency: minimumPaperCount)
            let model = try LatentSemanticModel.fit(
                counts, settings: analyzer.settings, parameters: parameters, threads: threads)
            progress(AddProgress(.writing, papers: texts.count))
            try (isCoded ? model.coded : model).save(to: path)
            report.paperCount = texts.count
            report.termCount = model.termCount
            report.rank = model.rank
            return report
        }
    }

    /// The texts of all papers, each once.
    private func read(
        _ files: [String], _ format: ImportFormat, threads: Int?, _ report: inout Report,
        progress: (AddProgress) -> Void
    ) throws -> [PaperText] {
        let input = PaperInput(paths: files, options: ImportOptions(format: format, threads: threads))
        var importing = AddReport()
        var seen: Set<String> = []
        var texts: [PaperText] = []
        var duplicateCount = 0
        try input.forEachBatch(&importing, progress: progress) { papers, importing in
            for paper in papers {
                let derived = Paper.derivedID(
                    title: paper.title, abstract: paper.abstract, firstAuthorKey: paper.firstAuthorKey)
                let names = [paper.id, derived] + paper.alternateIDs
                guard seen.isDisjoint(with: names) else {
                    duplicateCount += 1
                    continue
                }
                seen.formUnion(names)
                texts.append(PaperText(paper))
            }
            importing.added = texts.count
        }
        report.duplicateCount = duplicateCount
        report.skipped = importing.skipped
        report.failedFiles = importing.failedFiles
        return texts
    }

    private static func nothingToLearn(_ files: [String]) -> AkinError {
        AkinError(
            .invalidArgument,
            "Cannot train a model: no paper could be read from \(files.map { "'\($0)'" }.joined(separator: ", ")). Give "
                + "files that `akin add` can read."
        )
    }
}
