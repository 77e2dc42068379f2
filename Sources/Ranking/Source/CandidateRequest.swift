package import Papers

/// Which papers may be found.
package struct CandidateFilter: Sendable {
    /// The papers to choose from; `nil` is all of them.
    package var allowed: PaperKeySet?
    /// Papers that are left out, such as the ones that a query is made of.
    package var excluded: PaperKeySet

    package init(allowed: PaperKeySet? = nil, excluded: PaperKeySet = PaperKeySet()) {
        self.allowed = allowed
        self.excluded = excluded
    }

    /// Whether a unit of an allowed paper that is not excluded.
    package func admits(_ unit: UnitKey) -> Bool {
        (allowed?.contains(unit.paper) ?? true) && !excluded.contains(unit.paper)
    }

    package var admitsAll: Bool { allowed == nil && excluded.isEmpty }
}

/// Everything that a source is asked at once about the candidates of a query.
package struct CandidateRequest: Sendable {
    /// What BM25 looks for.
    package var lexical: LexicalTerms
    /// The vectors of the query, one a space.
    package var vectors: [SpaceVector]
    /// The candidates that BM25 names, at most; with 0 it names none and scores those of the other side.
    package var lexicalLimit: Int
    /// The candidates that each vector names, at most; with 0 it names none and is compared with those of the other
    /// side.
    package var semanticLimit: Int
    /// The share of the nearest units that must be among a vector's candidates, on average.
    package var recall: Double
    /// Which papers may be candidates.
    package var filter: CandidateFilter
    /// Units that are candidates in any case, if the filter admits them.
    package var required: [UnitKey]

    package init(
        lexical: LexicalTerms, vectors: [SpaceVector], lexicalLimit: Int, semanticLimit: Int, recall: Double,
        filter: CandidateFilter = CandidateFilter(), required: [UnitKey] = []
    ) {
        self.lexical = lexical
        self.vectors = vectors
        self.lexicalLimit = lexicalLimit
        self.semanticLimit = semanticLimit
        self.recall = recall
        self.filter = filter
        self.required = required
    }
}

/// The candidates of a query with the exact parts of both sides, whichever side named them: a column for each part.
package struct Candidates: Sendable {
    /// The units, each once.
    package var units: [UnitKey]
    /// The factors of the query's features for each unit.
    package var factors: FeatureFactors
    /// For each vector of the request in its order, the cosine of each unit; 0 where the unit has no vector.
    package var cosines: [[Double]]

    package init(units: [UnitKey], factors: FeatureFactors, cosines: [[Double]]) {
        self.units = units
        self.factors = factors
        self.cosines = cosines
    }
}
