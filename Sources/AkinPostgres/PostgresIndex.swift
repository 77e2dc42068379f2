import Akin
import HNSW
import LatentSemantics
import LexicalIndex
import Papers
import ParallelLoops
import PostgresClient
import Ranking
import Synchronization

/// A generation in PostgreSQL as rankings ask it, during one transaction.
///
/// The server finds and hands out; what is computed is computed here, by the code that ranks a library on disk:
///
/// 1. The postings of the question's terms travel as they are stored (``LexicalIndex/PostingList``, 3.5 bytes each),
///    and are added up here. That is exact (`Benchmarks/Results/2026-12-01-postgres.md`).
/// 2. The server's HNSW index names the nearest papers.
/// 3. The terms, in their order, and the vector of each candidate travel once, some 900 bytes each. Factors of words
///    and of neighboring words, cosines, feedback and explanations are made of them without another round trip.
final class PostgresIndex: PaperIndex {
    let generation: PublishedGeneration
    private let session: Session
    private let collection: CollectionState
    private let known = LockedValue(Known())

    /// What this question has already asked.
    private struct Known: Sendable {
        /// The numbers of terms and how many papers have each; `nil` for a term that no paper has.
        var terms: [String: Term?] = [:]
        var documents: [UInt64: Document] = [:]
    }

    struct Term: Sendable {
        var number: UInt32
        var documentFrequency: Int
    }

    /// A paper as rankings need it.
    struct Document: Sendable {
        var length: UInt32
        var sequence: [UInt8]
        /// Its vector in each space that was asked for; no entry before, and an empty one where it has none.
        var vectors: [SpaceName: [Float]]
    }

    init(_ generation: PublishedGeneration, _ collection: CollectionState, in session: Session) {
        self.generation = generation
        self.collection = collection
        self.session = session
    }

    var model: LatentSemanticModel? { generation.model }
    var fittedPaperCount: Int { generation.manifest.fittedPaperCount }
    var calibration: Calibration { generation.manifest.calibration }

    func meanVector(in space: SpaceName) -> [Float]? {
        generation.manifest.givenSpaces.first { $0.name == space.rawValue }?.mean
    }

    var segmentInfos: [LibraryInfo.Segment] {
        [LibraryInfo.Segment(paperCount: collection.paperCount, hasGraph: true, recall: nil)]
    }
}

// MARK: - Terms

extension PostgresIndex {
    func statistics(for terms: [String]) throws -> CollectionStatistics {
        let found = try self.terms(terms)
        return CollectionStatistics(
            unitCount: collection.unitCount, totalLength: collection.totalLength,
            documentFrequencies: found.mapValues(\.documentFrequency))
    }

    /// Those of some terms that papers have.
    private func terms(_ terms: [String]) throws -> [String: Term] {
        let missing = known.withLock { known in Set(terms).filter { known.terms[$0] == nil } }.sorted()
        if !missing.isEmpty {
            let rows = try session.query(
                "select text, id, df from term where text = any($1)", [.textArray(missing)])
            var found: [String: Term] = [:]
            for row in rows {
                found[try row.text(0)] = Term(
                    number: UInt32(clamping: try row.int(1)), documentFrequency: try row.int(2))
            }
            known.withLock { known in for term in missing { known.terms[term] = .some(found[term]) } }
        }
        return known.withLock { known in
            var found: [String: Term] = [:]
            for term in terms { if case .some(.some(let entry)) = known.terms[term] { found[term] = entry } }
            return found
        }
    }

    /// The lists of the postings of terms, by the terms.
    private func postings(of terms: [String: Term]) throws -> [String: [[UInt8]]] {
        guard !terms.isEmpty else { return [:] }
        let statement = Self.postings(of: terms)
        return try Self.lists(session.query(statement.sql, statement.parameters), terms)
    }

    private static func postings(of terms: [String: Term]) -> PostgresStatement {
        PostgresStatement(
            "select term, entries from posting where term = any($1) order by term, part",
            [.int4Array(terms.values.map { Int32(bitPattern: $0.number) }.sorted())])
    }

    private static func lists(_ rows: PostgresRows, _ terms: [String: Term]) throws -> [String: [[UInt8]]] {
        let texts = Dictionary(terms.map { ($0.value.number, $0.key) }) { first, _ in first }
        var lists: [String: [[UInt8]]] = [:]
        for row in rows {
            guard let text = texts[UInt32(bitPattern: try row.int32(0))] else { continue }
            lists[text, default: []].append(try row.bytes(1))
        }
        return lists
    }

    func keys(having term: String) throws -> [PaperKey] {
        try postings(of: terms([term]))[term, default: []].flatMap { list in
            try Self.checked(PostingList.keys(in: list)).map { PaperKey(UInt64($0)) }
        }
    }

    func documentFrequencies(of pairs: [TermPair]) throws -> [Int] {
        let found = try terms(pairs.flatMap { [$0.first, $0.second] })
        return try pairs.map { pair in
            guard let first = found[pair.first], let second = found[pair.second] else { return 0 }
            let (rarer, other) =
                first.documentFrequency < second.documentFrequency
                ? (pair.first, pair.second) : (pair.second, pair.first)
            let sample = try keys(having: rarer).prefix(Self.pairSampleSize).map(UnitKey.init)
            guard !sample.isEmpty else { return 0 }
            let having = Set(try keys(having: other))
            let both = sample.filter { having.contains($0.paper) }
            let statistics = try self.statistics(for: [])
            let factors = try factors(of: [.pair(pair)], statistics, to: both)
            let count = factors.values.count { $0 > 0 }
            guard count > 0 else { return 0 }
            return max(1, count * min(first.documentFrequency, second.documentFrequency) / sample.count)
        }
    }

    /// As in the index on disk.
    private static let pairSampleSize = 64

    /// What was read of bytes.
    ///
    /// - Throws: `AkinError` with code `damaged` if it is nothing.
    private static func checked<Value>(_ value: Value?) throws -> Value {
        guard let value else {
            throw AkinError(
                .damaged, "Cannot use the library in the database: a row of its index is damaged. Publish it again.")
        }
        return value
    }
}

// MARK: - Candidates

extension PostgresIndex {
    func candidates(for request: CandidateRequest) throws -> Candidates {
        let query = request.lexicalLimit > 0 ? request.lexical.query : nil
        var scores = query.map { PostingScores($0) }
        let terms = try self.terms(
            (scores?.terms ?? []) + request.lexical.features.flatMap(\.terms))
        let asked = Set(scores?.terms ?? [])
        let scored = terms.filter { asked.contains($0.key) }
        let searches = request.semanticLimit > 0 ? request.vectors.map { NearestSearch($0, request, collection) } : []

        // One round trip for both sides.
        var statements = scored.isEmpty ? [] : [Self.postings(of: scored)]
        for search in searches { statements += search.statements }
        var answers = try session.pipeline(statements)[...]

        var units = Set(request.required.filter(request.filter.admits))
        if !scored.isEmpty, let rows = answers.popFirst() {
            let isWhole = scores?.add(try Self.lists(rows, terms)) ?? true
            _ = try Self.checked(isWhole ? true : nil)
            let removed = try removedKeys()
            let best = scores?.best(request.lexicalLimit) { key in
                !removed.contains(key) && request.filter.admits(UnitKey(rawValue: key))
            }
            units.formUnion(best?.map { UnitKey(rawValue: $0.key) } ?? [])
        }
        for search in searches {
            let rows = answers.prefix(search.statements.count).last
            answers = answers.dropFirst(search.statements.count)
            var found = try search.units(of: rows)
            if found.count < search.expectedCount {
                found = try search.units(of: session.query(search.exact.sql, search.exact.parameters))
            }
            units.formUnion(found)
        }
        let all = Array(units)
        try read(all, in: request.vectors.map(\.space))
        return Candidates(
            units: all, factors: try factors(of: request.lexical.features, request.lexical.statistics, to: all),
            cosines: try request.vectors.map { try cosines(of: all, with: $0) })
    }

    /// The keys that postings still have although their papers were removed.
    private func removedKeys() throws -> Set<UInt64> {
        Set(try session.query("select key from removed").map { UInt64(bitPattern: try $0.int64(0)) })
    }
}

// MARK: - Documents

extension PostgresIndex {
    /// Reads papers that were not read before, with their vectors in some spaces.
    private func read(_ units: [UnitKey], in spaces: [SpaceName]) throws {
        let missing = known.withLock { known in units.filter { known.documents[$0.rawValue] == nil } }
        let given = spaces.filter { $0 != .latentSemantics }
        var statements: [PostgresStatement] = []
        if !missing.isEmpty {
            statements.append(
                PostgresStatement(
                    "select key, length, sequence, vec from document where key = any($1)",
                    [.int8Array(missing.map { Int64(bitPattern: $0.rawValue) })]))
        }
        let lacking = given.map { space in
            known.withLock { known in units.filter { known.documents[$0.rawValue]?.vectors[space] == nil } }
        }
        for (space, units) in zip(given, lacking) where !units.isEmpty {
            statements.append(
                PostgresStatement(
                    "select key, vec from \(PublishedGeneration.table(of: space)) where key = any($1)",
                    [.int8Array(units.map { Int64(bitPattern: $0.rawValue) })]))
        }
        guard !statements.isEmpty else { return }
        var answers = try session.pipeline(statements)[...]
        var documents: [UInt64: Document] = [:]
        if !missing.isEmpty {
            for row in answers.removeFirst() {
                documents[UInt64(bitPattern: try row.int64(0))] = Document(
                    length: UInt32(clamping: try row.int(1)), sequence: try row.bytes(2),
                    vectors: [.latentSemantics: try row.optional(3, row.vector) ?? []])
            }
        }
        var vectors: [(SpaceName, [UInt64: [Float]])] = []
        for (space, units) in zip(given, lacking) where !units.isEmpty {
            var found = Dictionary(units.map { ($0.rawValue, [Float]()) }) { first, _ in first }
            for row in answers.removeFirst() {
                found[UInt64(bitPattern: try row.int64(0))] = try row.vector(1)
            }
            vectors.append((space, found))
        }
        known.withLock { known in
            known.documents.merge(documents) { old, _ in old }
            for (space, found) in vectors {
                for (key, vector) in found { known.documents[key]?.vectors[space] = vector }
            }
        }
    }

    private func document(_ unit: UnitKey) -> Document? { known.withLock { $0.documents[unit.rawValue] } }

    func vectors(of units: [UnitKey], in space: SpaceName) throws -> [[Float]?] {
        try read(units, in: [space])
        return units.map { unit in
            document(unit)?.vectors[space].flatMap { vector in
                SpaceVector(normalizing: vector, in: space)?.components
            }
        }
    }

    func cosines(of units: [UnitKey], with vector: SpaceVector) throws -> [Double] {
        try read(units, in: [vector.space])
        return units.map { unit in
            guard let own = document(unit)?.vectors[vector.space], own.count == vector.components.count else {
                return 0
            }
            return Double(zip(own, vector.components).reduce(Float(0)) { $0 + $1.0 * $1.1 })
        }
    }

    func factors(
        of features: [LexicalFeature], _ statistics: CollectionStatistics, to units: [UnitKey]
    ) throws -> FeatureFactors {
        let numbers = try terms(features.flatMap(\.terms))
        try read(units, in: [])
        var counter = SequenceFactors(features, statistics.corpusStatistics(for: [])) { numbers[$0]?.number }
        var factors = [Float](repeating: 0, count: units.count * features.count)
        for (row, unit) in units.enumerated() {
            guard let document = document(unit) else { continue }
            let terms = try Self.checked(TermSequence.terms(in: document.sequence))
            counter.forEachFactor(of: terms, length: document.length) { feature, factor in
                factors[row * features.count + feature] = factor
            }
        }
        return FeatureFactors(featureCount: features.count, values: factors)
    }
}
