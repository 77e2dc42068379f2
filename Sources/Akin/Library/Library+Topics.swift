import Exploration
import PaperStore
import Papers

// MARK: - Topics

extension Library {
    /// Finds the topics of the papers: groups that are nearer to each other than to the rest, with the terms that tell
    /// them apart.
    ///
    /// ```swift
    /// for topic in try library.topics().topics { print(topic.paperCount, topic.name) }
    /// ```
    ///
    /// Topics are communities of the graph of nearest neighbors, found by the Leiden algorithm (V. A. Traag, L. Waltman
    /// and N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", 2019,
    /// <https://doi.org/10.1038/s41598-019-41695-z>) on the fuzzy graph of UMAP. A few steps of k-means then move
    /// papers that lie between two of them. The number of topics is what modularity makes of the graph, unless the
    /// options give one. A topic is named by the words that are much more frequent in it than elsewhere, as the papers
    /// write them. The same papers, options and index give the same topics with the same names.
    ///
    /// - Parameters:
    ///   - options: Which papers, and how many topics.
    ///   - progress: Called from time to time. It returns whether to go on.
    /// - Returns: The topics. A library of no paper, and papers without vectors, have none. There may be fewer than the
    ///   options ask for, if the papers are too few.
    /// - Throws: `AkinError`: `invalidArgument` for numbers outside what ``ExplorationOptions`` says; `spaceNotFound`;
    ///   `cancelled`; `damaged` if a file cannot be read.
    /// - Complexity: A search for each of *n* papers, about O(*n* · *k* · log *n*) for their communities, and a pass
    ///   over
    ///   the terms of all papers. Memory grows with *n* · *k*.
    public func topics(
        _ options: ExplorationOptions = ExplorationOptions(), progress: (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> TopicAnswer {
        try options.validate()
        return try read { papers, generation in
            let neighborhood = try PaperNeighborhood(options, papers, generation, progress: progress)
            try AddProgress(.analysing, papers: neighborhood.keys.count).tell(progress)
            let finder = TopicFinder(neighborhood, options, generation?.index)
            try AddProgress(.analysing, papers: neighborhood.keys.count, fraction: 0.5).tell(progress)
            return try finder.answer(papers, generation)
        }
    }
}
