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
    /// - Returns: The model, and what the manifest keeps of where it comes from.
    /// - Throws: `AkinError` with code `invalidArgument` if a given model was made for texts that are cut otherwise; the error
    ///   of a fit.
    func fitModel(_ counts: TermCounts, from source: ModelSource?) throws -> FittedModel {
        progress(AddProgress(.fitting, papers: counts.documentCount))
        if configuresBLAS { useOneBLASThread() }
        switch source ?? current?.source ?? .automatic {
        case .automatic:
            let released = try ReleasedModel.languageAndLearning()
            let serves =
                try released.settings == analyzer && StartingModel.serves(counts, released, threads: threads)
            return FittedModel(
                model: try fit(counts, startingFrom: serves ? released : nil), origin: serves ? .released : .papers,
                policy: .automatic)
        case .ownPapers:
            return FittedModel(model: try fit(counts), origin: .papers, policy: .ownPapers)
        case .released:
            let released = try ReleasedModel.languageAndLearning()
            return FittedModel(
                model: try fit(counts, startingFrom: released), origin: .released, policy: .released)
        case .file(let path):
            return FittedModel(
                model: try fit(counts, startingFrom: given(path)), origin: .file, policy: .file, start: path)
        }
    }

    private func given(_ path: String) throws -> LatentSemanticModel {
        try LatentSemanticModel.verify(fileAt: path)
        let model = try LatentSemanticModel(mapping: path)
        guard model.settings == analyzer else {
            throw AkinError(
                .invalidArgument,
                "Cannot start from the model '\(path)': it was fitted on texts that were cut into words in another way than "
                    + "this library's. Train it anew with `akin train`."
            )
        }
        return model
    }

    private func fit(
        _ counts: TermCounts, startingFrom start: LatentSemanticModel? = nil
    ) throws -> LatentSemanticModel? {
        guard !counts.termIDs.isEmpty else { return nil }
        let parameters = LatentSemanticModel.Parameters(forPapers: counts.documentCount)
        return try start.map {
            try .fit(counts, startingFrom: $0, parameters: parameters, threads: threads)
        } ?? .fit(counts, settings: analyzer, parameters: parameters, threads: threads)
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
