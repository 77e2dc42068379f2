import MappedFiles

/// The terms of two models: the model of few documents, and the base.
///
/// A term has its global weight in the first model. A term that only the base has keeps its weight there, scaled to
/// match.
struct JointVocabulary {
    let vocabulary: Vocabulary

    /// For each term, its id in the first model; `nil` where that lacks it.
    let own: [VocabularyID?]

    /// For each term, its id in the second model; `nil` where that lacks it.
    let base: [VocabularyID?]

    /// The number of terms.
    var count: Int { vocabulary.count }

    /// The factor of a term's vector in the base that makes up for the term's other global weight here; 0 for a term
    /// that the base lacks.
    func factor(of term: Int, in base: LatentSemanticModel) -> Float {
        guard let id = self.base[term] else { return 0 }
        let weight = vocabulary.globalWeights[term]
        return weight > 0 ? base.vocabulary.globalWeight(of: id) / weight : 0
    }

    /// Joins two vocabularies, or returns `nil` if their text exceeds 4 GiB.
    init?(_ own: Vocabulary, _ base: Vocabulary) {
        var places: [(own: VocabularyID?, base: VocabularyID?)] = []
        var (left, right) = (0, 0)
        while left < own.count || right < base.count {
            let order = order(own, left, base, right)
            places.append((order <= 0 ? VocabularyID(left) : nil, order >= 0 ? VocabularyID(right) : nil))
            if order <= 0 { left += 1 }
            if order >= 0 { right += 1 }
        }
        func string(_ place: (own: VocabularyID?, base: VocabularyID?), _ table: (Vocabulary) -> StringTable) -> [UInt8]
        {
            place.own.map { table(own).utf8(at: Int($0.rawValue)) }
                ?? place.base.map { table(base).utf8(at: Int($0.rawValue)) } ?? []
        }
        guard
            let terms = StringTable(places.lazy.map { string($0) { $0.terms } }),
            let surfaceForms = StringTable(places.lazy.map { string($0) { $0.surfaceForms } })
        else { return nil }
        // Global weights on few documents have another scale. The terms that both models have give the factor.
        var sums = (own: 0.0, base: 0.0)
        for case (let left?, let right?) in places {
            sums.own += Double(own.globalWeight(of: left))
            sums.base += Double(base.globalWeight(of: right))
        }
        let scale = sums.base > 0 ? Float(sums.own / sums.base) : 1
        vocabulary = Vocabulary(
            terms: terms, surfaceForms: surfaceForms,
            documentFrequencies: FrozenArray(
                places.map { $0.own.map { own.documentFrequencies[Int($0.rawValue)] } ?? 0 }),
            globalWeights: FrozenArray(
                places.map { place in
                    place.own.map { own.globalWeight(of: $0) } ?? place.base.map { scale * base.globalWeight(of: $0) }
                        ?? 0
                })
        )
        self.own = places.map(\.own)
        self.base = places.map(\.base)
    }
}

/// Below 0 if a term of one vocabulary comes before one of another, 0 if they are equal. The end comes after all terms.
private func order(_ own: Vocabulary, _ left: Int, _ base: Vocabulary, _ right: Int) -> Int {
    guard left < own.count else { return 1 }
    guard right < base.count else { return -1 }
    let (first, second) = (own.terms.utf8(at: left), base.terms.utf8(at: right))
    return first == second ? 0 : first.lexicographicallyPrecedes(second) ? -1 : 1
}

extension VocabularyID {
    fileprivate init(_ index: Int) {
        self.init(rawValue: UInt32(index))
    }
}
