public import LatentSemantics
import MappedFiles

#if ReleasedModel
import CReleasedModels
#endif

/// The models that come with Akin. Use them where there are too few texts to learn a vector space from.
///
///     guard let model = try ReleasedModel.languageAndLearning() else { … }
///     let analyzer = try Analyzer(model.settings)
///     let vector = model.embed(analyzer.terms(of: "long contexts").map { ($0.text, 1) })
///
/// They are part of the program that links this module, 12 MB, unless the package's trait `ReleasedModel` is off. The
/// system reads only the pages that are used.
public enum ReleasedModel {
    /// A model of papers on language, learning and retrieval. `Models/README.md` says what it was fitted on and how
    /// good it is.
    ///
    /// - Returns: The model; `nil` in a program that was built without the trait `ReleasedModel`.
    /// - Throws: `LatentSemanticsError` with the code `damaged` if the model in the program is damaged.
    /// - Complexity: O(1). The model is opened once.
    public static func languageAndLearning() throws(LatentSemanticsError) -> LatentSemanticModel? {
        try openedLanguageAndLearning.get()
    }

    private static let openedLanguageAndLearning = Result { () throws(LatentSemanticsError) in
        #if ReleasedModel
        let model = unsafe akin_language_and_learning()
        // SAFETY: the bytes are constants of the program, aligned as the sections of a file are.
        let bytes = unsafe UnsafeRawBufferPointer(start: model.bytes, count: model.byteCount)
        return try LatentSemanticModel(unsafe MappedFile(name: "the model of language and learning", resident: bytes))
            as LatentSemanticModel?
        #else
        return nil as LatentSemanticModel?
        #endif
    }
}
