import LatentSemantics
import LinearAlgebra
import MappedFiles
import ReleasedModels
import TextAnalysis

// MARK: - Fitting the vector space

extension GenerationBuilder {
    /// The vector space of a generation and where it comes from.
    struct FittedModel {
        /// `nil` if no paper has a term.
        var model: LatentSemanticModel?
        var origin: ModelOrigin
        var policy: ModelPolicy
        /// The path of the file that it started from; `nil` if from none.
        var start: String?
    }

    /// Fits the model that all papers are embedded by.
    ///
    /// - Parameters:
    ///   - counts: The terms of all papers.
    ///   - source: What it shall come from; `nil` goes by what the library was told last.
    ///   - rank: The dimensions that it shall have; `nil` goes by the papers.
    /// - Returns: The model, and what the manifest keeps of where it comes from.
    /// - Throws: `AkinError` with code `invalidArgument` if a given model was made for texts that are cut otherwise; the error
    ///   of a fit.
    func fitModel(_ counts: TermCounts, from source: ModelSource?, rank: Int?) throws -> FittedModel {
        progress(AddProgress(.fitting, papers: counts.documentCount))
        if configuresBLAS { useOneBLASThread() }
        var fitted = FittedModel(origin: .papers, policy: .automatic)
        var start: LatentSemanticModel?
        switch source ?? current?.source ?? .automatic {
        case .automatic:
            let released = try ReleasedModel.languageAndLearning()
            if released.settings == analyzer, try StartingModel.serves(counts, released, threads: threads) {
                start = released
                fitted.origin = .released
            }
        case .ownPapers:
            fitted.policy = .ownPapers
        case .released:
            start = try checked(ReleasedModel.languageAndLearning(), called: "the released model")
            fitted.origin = .released
            fitted.policy = .released
        case .file(let path):
            try LatentSemanticModel.verify(fileAt: path)
            start = try checked(LatentSemanticModel(mapping: path), called: "the model '\(path)'")
            fitted.origin = .file
            fitted.policy = .file
            fitted.start = path
        }
        fitted.model = try fit(counts, startingFrom: start, rank: rank)
        return fitted
    }

    /// A model that somebody asks for, if it was made for texts that are cut as this library's are.
    private func checked(_ model: LatentSemanticModel, called name: String) throws -> LatentSemanticModel {
        guard model.settings == analyzer else {
            throw AkinError(
                .invalidArgument,
                "Cannot start from \(name): it was fitted on texts that were cut into words in another way than this library's, by "
                    + "other rules or another libstemmer. Train one anew with `akin train`."
            )
        }
        return model
    }

    private func fit(
        _ counts: TermCounts, startingFrom start: LatentSemanticModel?, rank: Int?
    ) throws -> LatentSemanticModel? {
        guard !counts.termIDs.isEmpty else { return nil }
        var parameters = LatentSemanticModel.Parameters(forPapers: counts.documentCount)
        if let start {
            return try .fit(counts, startingFrom: start, parameters: parameters, rank: rank, threads: threads)
        }
        parameters.rank = rank ?? parameters.rank
        return try .fit(counts, settings: analyzer, parameters: parameters, threads: threads)
    }
}

extension Generation {
    /// Where its model was told to come from.
    fileprivate var source: ModelSource {
        switch manifest.modelPolicy {
        case .automatic: .automatic
        case .ownPapers: .ownPapers
        case .released: .released
        case .file: .file(folder.start)
        }
    }
}
