import LatentSemantics
import LinearAlgebra
import MappedFiles
import ReleasedModels
import TextAnalysis

// MARK: - Fitting the vector space

extension GenerationBuilder {
    /// Fits the model that all papers are embedded by, and saves it with the model that it started from.
    ///
    /// - Parameters:
    ///   - manifest: Its choice of a rank is followed. What is fitted is entered.
    ///   - counts: The terms of all papers.
    ///   - source: Where the model comes from; `nil` keeps the library's choice.
    ///   - target: The folder of the generation.
    /// - Returns: The model; `nil` if no paper has a term.
    /// - Throws: `AkinError` with code `invalidArgument` if a given model was made for texts that are cut into words
    ///   otherwise; the error of the part that failed.
    func fitModel(
        _ manifest: inout Manifest, _ counts: TermCounts, from source: ModelSource?, in target: GenerationFolder
    ) throws -> LatentSemanticModel? {
        try AddProgress(.fitting, papers: counts.documentCount).tell(progress)
        if configuresBLAS { useOneBLASThread() }
        let source = source ?? current?.modelSource ?? .automatic
        let start = try startingModel(source, for: counts)
        manifest.choice.policy = source.policy
        manifest.modelOrigin = start.origin
        if case .file(let path) = source {
            // The library's own copy is linked with the other files that stay.
            if path != current?.folder.start {
                try AtomicFile.copy(path, to: target.start)
                manifest.start = try FileIdentity(ofFileAt: target.start)
            }
        } else {
            manifest.start = nil
        }
        guard let rank = try saveFit(of: counts, startingFrom: start.model, rank: manifest.choice.rank, in: target)
        else { return nil }
        let file = try FileIdentity(ofFileAt: target.model)
        manifest.spaces.insert(Manifest.Space(model: file, dimensions: rank), at: 0)
        manifest.fittedPaperCount = counts.documentCount
        // The file has what memory need not keep.
        return try LatentSemanticModel(mapping: target.model)
    }

    /// The model that the space starts from, and what the space is then called.
    private func startingModel(
        _ source: ModelSource, for counts: TermCounts
    ) throws -> (model: LatentSemanticModel?, origin: ModelOrigin) {
        switch source {
        case .automatic:
            guard let released = try ReleasedModel.languageAndLearning(), released.settings == analyzer,
                try StartingModel.serves(counts, released, threads: threads)
            else { return (nil, .papers) }
            return (released, .released)
        case .ownPapers:
            return (nil, .papers)
        case .released:
            return (try checked(ModelSource.releasedModel(), called: "the released model"), .released)
        case .file(let path):
            return (try checked(LatentSemanticModel(givenAt: path), called: "the model '\(path)'"), .file)
        }
    }

    /// A model that somebody asked for, if it was made for texts that are cut as this library's are.
    private func checked(_ model: LatentSemanticModel, called name: String) throws -> LatentSemanticModel {
        guard model.settings == analyzer else {
            throw AkinError(
                .invalidArgument,
                "Cannot start from \(name): its texts were cut into words in another way than this library's, by other "
                    + "rules or another libstemmer.",
                remedy: .trainModel
            )
        }
        return model
    }

    /// Fits a model and saves it.
    ///
    /// - Returns: Its rank; `nil` if no paper has a term.
    private func saveFit(
        of counts: TermCounts, startingFrom start: LatentSemanticModel?, rank: Int?, in target: GenerationFolder
    ) throws -> Int? {
        guard let model = try fit(counts, startingFrom: start, rank: rank) else { return nil }
        try model.save(to: target.model)
        return model.rank
    }

    private func fit(
        _ counts: TermCounts, startingFrom start: LatentSemanticModel?, rank: Int?
    ) throws -> LatentSemanticModel? {
        guard !counts.termIDs.isEmpty else { return nil }
        var parameters = LatentSemanticModel.Parameters(forPapers: counts.documentCount)
        let goesOn: (Double) -> Bool = { fraction in
            progress(AddProgress(.fitting, papers: counts.documentCount, fraction: fraction))
        }
        if let start {
            return try .fit(
                counts, startingFrom: start, parameters: parameters, rank: rank, threads: threads, progress: goesOn)
        }
        parameters.rank = rank ?? parameters.rank
        return try .fit(
            counts, settings: analyzer, parameters: parameters, threads: threads, progress: goesOn)
    }
}

extension LatentSemanticModel {
    /// Opens the model in a file that somebody gave. What is wrong with it is no damage of a library.
    ///
    /// - Throws: `AkinError`: `unreadableInput` if the file cannot be read or is no model, and `olderVersion`,
    ///   `newerVersion` or `damaged`, which speak of the file.
    init(givenAt path: String) throws(AkinError) {
        do {
            try LatentSemanticModel.verify(fileAt: path)
            try self.init(mapping: path)
        } catch {
            let translated = AkinError(
                translating: error, remedy: error.code == .olderVersion ? .trainModel : .chooseAnotherModel)
            guard [.cannotRead, .notAModel].contains(error.code) else { throw translated }
            throw AkinError(
                .unreadableInput, translated.message, remedy: .chooseAnotherModel, cause: error)
        }
    }
}

extension Generation {
    /// Where its model was told to come from.
    fileprivate var modelSource: ModelSource {
        ModelSource(manifest.choice.policy, start: manifest.start.map { folder.path(of: $0) })
    }
}
