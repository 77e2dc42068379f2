/// Where the vector space of a library comes from.
public enum ModelSource: Sendable, Hashable {
    /// From the library's papers and the released model together while the library is small and of that model's field, or
    /// very small and of a neighbouring one; from its papers alone otherwise. The default.
    case automatic
    /// From the library's papers alone, however few.
    case ownPapers
    /// From the papers and the released model together, however many papers there are and whatever they are about.
    case released
    /// From the papers and a model in a file together, such as `akin train` writes; the library keeps a copy of it.
    case file(String)
}

/// What a library keeps of its ``ModelSource``, so that later fits go by it.
package enum ModelPolicy: String, Codable, Sendable {
    case automatic, ownPapers, released, file
}

/// How the model in force came to be.
public enum ModelOrigin: String, Codable, Sendable {
    /// It was fitted on the papers of the library alone.
    case papers
    /// It was fitted on them and started from the released model.
    case released
    /// It was fitted on them and started from a model that was given as a file.
    case file
}
