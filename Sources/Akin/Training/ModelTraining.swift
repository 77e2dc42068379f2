import LatentSemantics
import LinearAlgebra
public import Papers
import ParallelLoops
import Ranking
import TextAnalysis

/// Fits a vector space on many papers and writes it to a file, which libraries can start from.
///
///     let training = ModelTraining(minimumPaperCount: 5)
///     let report = try training.train(on: PaperFiles(["papers.jsonl"]), writing: "field.lsa")
///     try Library(creatingAt: "reading").add(from: PaperFiles(["few.jsonl"]), model: .file("field.lsa"))
///
/// The file holds single words and numbers. It holds no other text of the papers.
public struct ModelTraining: Sendable, Hashable {
    /// The largest number of dimensions. Default 256.
    ///
    /// A space has at most as many dimensions as its papers. More dimensions tell more subjects apart and cost time,
    /// memory and bytes in the file in proportion.
    public var rank: Int
    /// The number of papers that a word must occur in to be known. Default 2.
    ///
    /// Words of few papers are most of a vocabulary and add little. Take 5 or more for a model that you give away.
    public var minimumPaperCount: Int
    /// Whether the file holds eight bits a number instead of 32. Default: yes.
    public var isCoded: Bool

    /// Describes a training.
    ///
    /// - Parameters:
    ///   - rank: The largest number of dimensions.
    ///   - minimumPaperCount: The number of papers that a word must occur in.
    ///   - isCoded: Whether the file holds eight bits a number instead of 32.
    public init(rank: Int = 256, minimumPaperCount: Int = 2, isCoded: Bool = true) {
        self.rank = rank
        self.minimumPaperCount = minimumPaperCount
        self.isCoded = isCoded
    }

    /// What a training did.
    public struct Report: Sendable {
        /// The number of papers that the model was fitted on.
        public var paperCount = 0
        /// The number of records that repeated a paper, by the rules by which a library tells that. Such a record
        /// updates the paper.
        public var duplicateCount = 0
        /// The number of words that the model knows.
        public var termCount = 0
        /// The dimensions of the space.
        public var rank = 0
        /// The first thousand records that are not papers.
        public var skipped: [SkippedRecord] = []
        /// How many more records than ``skipped`` names are not papers.
        public var furtherSkippedCount = 0
        /// The files that could not be read, or that held no paper.
        public var failedFiles: [FailedFile] = []
    }

    /// Fits the space and writes it.
    ///
    /// The titles and abstracts of all papers are in memory during the fit.
    ///
    /// - Parameters:
    ///   - source: The papers. It is read to its end.
    ///   - path: The file to write. An existing model is replaced when the new one is complete.
    ///   - replacesAnyFile: Whether another existing file than a model is replaced, too. A folder, a device and a file
    ///     of a library never are.
    ///   - threads: The most threads to use. `nil` is one for each core. The model does not depend on it.
    ///   - configuresBLAS: Whether OpenBLAS may be set to one thread, for the whole process.
    ///   - progress: Called from time to time, on the calling thread. It returns whether to go on.
    /// - Returns: What the model was fitted on.
    /// - Throws: `AkinError`: `unreadableInput` if the source fails, `invalidArgument` if it holds no paper or the file
    ///   must not be written, `internalFailure` if ``rank`` or ``minimumPaperCount`` does not suit the papers,
    ///   `cannotWrite`, `noSpace`.
    /// - Complexity: That of fitting a library's space: 20 seconds for 157,000 papers on two cores.
    public func train(
        on source: some PaperSource, writing path: String, replacesAnyFile: Bool = false, threads: Int? = nil,
        configuresBLAS: Bool = true, progress: (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> Report {
        try validate(threads: threads)
        try checkOutput(
            path, of: "a model", replacesAnyFile: replacesAnyFile, isReplaceable: isModel)
        return try akinError {
            let threads = threads ?? availableCores
            var report = Report()
            let texts = try distinctTexts(of: source, &report, progress: progress)
            guard !texts.isEmpty else { throw nothingToLearn(report) }
            try AddProgress(.analysing, papers: texts.count).tell(progress)
            let analyzer = try Analyzer()
            let counts = analyzer.countTerms(documentCount: texts.count, threads: threads) { texts[$0].fields() }
            try AddProgress(.fitting, papers: texts.count).tell(progress)
            if configuresBLAS { useOneBLASThread() }
            let parameters = LatentSemanticModel.Parameters(rank: rank, minimumDocumentFrequency: minimumPaperCount)
            let model = try LatentSemanticModel.fit(
                counts, settings: analyzer.settings, parameters: parameters, threads: threads)
            try AddProgress(.writing, papers: texts.count).tell(progress)
            try (isCoded ? model.coded : model).save(to: path)
            report.paperCount = texts.count
            report.termCount = model.termCount
            report.rank = model.rank
            return report
        }
    }

    /// The texts of the papers, each paper once.
    private func distinctTexts(
        of source: some PaperSource, _ report: inout Report, progress: (AddProgress) -> Bool
    ) throws(AkinError) -> [PaperText] {
        var batches = SourceBatches(source)
        var papers = DistinctPapers()
        while let batch = try batches.next() {
            for paper in batch.papers { papers.add(paper) }
            keepFirst(batch.skipped, in: &report.skipped, countingRestIn: &report.furtherSkippedCount)
            report.failedFiles += batch.failedFiles
            try AddProgress(.reading, papers: papers.count, fraction: batches.fractionRead).tell(progress)
        }
        report.duplicateCount = papers.repeatedCount
        return papers.all.map { PaperText($0) }
    }

    /// The error of a source without papers. It says what was wrong with the files, where the source has files.
    private func nothingToLearn(_ report: Report) -> AkinError {
        let reasons = report.failedFiles.map { " " + $0.message }.joined()
        return AkinError(
            .invalidArgument, "Cannot train a model: there is no paper to learn from." + reasons,
            remedy: .chooseOtherFiles)
    }
}

/// Whether a file is a model, be it damaged or of another version.
private func isModel(_ path: String) -> Bool {
    do {
        _ = try LatentSemanticModel(mapping: path)
        return true
    } catch {
        return [.olderVersion, .newerVersion, .damaged].contains(error.code)
    }
}
