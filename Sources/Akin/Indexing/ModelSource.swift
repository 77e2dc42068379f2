import LatentSemantics
import ReleasedModels

/// Where the vector space of a library comes from.
public enum ModelSource: Sendable, Hashable {
    /// A small library starts from the released model, if the program has it; a larger one uses its own papers alone.
    /// The default.
    ///
    /// Up to 2,000 papers a library starts from the model if its papers are of the model's field, and up to 200 papers
    /// also if they are of a neighboring field.
    case automatic
    /// The library's papers alone, however few there are.
    case ownPapers
    /// The library's papers and the released model together, however many papers there are and whatever their field is.
    case released
    /// The library's papers and a model in a file together. `akin train` writes such files. The library keeps a copy.
    case file(String)
}

/// What a library remembers of its ``ModelSource``, so that later fits follow it.
package enum ModelPolicy: String, Codable, Sendable {
    case automatic, ownPapers, released, file
}

/// How the model in force came to be.
public enum ModelOrigin: String, Codable, CaseIterable, Sendable {
    /// It was fitted on the papers of the library alone.
    case papers
    /// It was fitted on the papers and started from the released model.
    case released
    /// It was fitted on the papers and started from a model that was given as a file.
    case file
}

extension ModelSource {
    /// What a library remembers of the source.
    var policy: ModelPolicy {
        switch self {
        case .automatic: .automatic
        case .ownPapers: .ownPapers
        case .released: .released
        case .file: .file
        }
    }

    /// Creates the source that a library remembers.
    ///
    /// - Parameters:
    ///   - policy: What the library remembers.
    ///   - start: The library's copy of the model that it was given. Without one, a file becomes ``automatic``.
    init(_ policy: ModelPolicy, start: String?) {
        switch policy {
        case .automatic: self = .automatic
        case .ownPapers: self = .ownPapers
        case .released: self = .released
        case .file: self = start.map { .file($0) } ?? .automatic
        }
    }
}

extension ModelSource {
    /// The model of ``released``.
    ///
    /// - Throws: `AkinError` with code `invalidArgument` in a program that was built without it;
    ///   `LatentSemanticsError` if it is damaged.
    static func releasedModel() throws -> LatentSemanticModel {
        guard let model = try ReleasedModel.languageAndLearning() else {
            throw AkinError(
                .invalidArgument,
                "Cannot start from the released model: this program was built without the trait 'ReleasedModel'.")
        }
        return model
    }
}
