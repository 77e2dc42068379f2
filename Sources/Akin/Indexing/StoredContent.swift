import PaperStore
import Papers
import Ranking

/// What a builder reads of a library's papers, in the transaction that changes them.
struct StoredContent {
    private let papers: PaperStore.Reader
    /// The spaces whose vectors were given.
    let spaces: [PaperStore.GivenSpace]

    /// Gets ready to read.
    ///
    /// - Throws: `PaperStoreError`, also with code `damaged` if the list of spaces is damaged.
    init(_ papers: PaperStore.Reader) throws(PaperStoreError) {
        try papers.checkSpaces()
        self.papers = papers
        spaces = try papers.spaces()
    }

    /// The texts of papers, in the order of their keys, which ascend.
    ///
    /// - Throws: `PaperStoreError`.
    func texts(_ keys: [PaperKey]) throws -> [PaperText] {
        try papers.texts(forKeys: keys) { PaperText(title: $0.title, abstract: $0.abstract, fields: $0.fields) }
    }

    /// Given vectors as they are indexed.
    struct UnitVectors {
        /// The papers, ascending.
        var keys: [UInt64] = []
        /// A unit vector for each.
        var rows: [Float] = []
        /// Whether all are kept as codes.
        var areCodes = true
    }

    /// The given vectors of those papers that have one in a space, as unit vectors.
    ///
    /// - Throws: `PaperStoreError`; `AkinError` with code `damaged` for a vector of other dimensions than the space.
    func unitVectors(_ keys: [PaperKey], in space: String) throws -> UnitVectors {
        let dimensions = spaces.first { $0.name == space }?.dimensions
        var found = UnitVectors()
        var isMixed = false
        try papers.forEachVector(forKeys: keys, in: space) { key, stored in
            let vector = stored.components
            if stored.form != .codes { found.areCodes = false }
            let length = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            if vector.count != dimensions { isMixed = true }
            guard length > 0, length.isFinite else { return }
            found.keys.append(key.rawValue)
            found.rows += vector.map { Float(Double($0) / length) }
        }
        guard !isMixed else {
            throw AkinError(
                .damaged, "Cannot index the space '\(space)': its vectors have other dimensions than it.",
                remedy: .repair)
        }
        return found
    }
}
