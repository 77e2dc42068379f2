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
        /// The lists of the postings of terms, by the numbers of these.
        var postings: [UInt32: [[UInt8]]] = [:]
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
        let certificate = generation.certificates[.latentSemantics]
        return [
            LibraryInfo.Segment(
                paperCount: collection.paperCount, hasGraph: true,
                recall: certificate?.info(paperCount: collection.paperCount))
        ]
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

    func keys(having term: String) throws -> [PaperKey] {
        guard let number = try terms([term])[term]?.number else { return [] }
        return try lists(of: [number])[number, default: []].flatMap { list in
            try Self.checked(PostingList.keys(in: list)).map { PaperKey(UInt64($0)) }
        }
    }

    func documentFrequencies(of pairs: [TermPair]) throws -> [Int] {
        let found = try terms(pairs.flatMap { [$0.first, $0.second] })
        let terms = pairs.map { pair in found[pair.first].flatMap { first in found[pair.second].map { (first, $0) } } }
        _ = try lists(of: Set(terms.compactMap(\.self).flatMap { [$0.number, $1.number] }))
        let samples = try terms.map { try $0.map(sample) }
        try read(samples.flatMap { $0?.units ?? [] }, in: [])
        return try zip(pairs, samples).map { pair, sample in
            guard let sample, !sample.units.isEmpty else { return 0 }
            let factors = try factors(of: [.pair(pair)], statistics(for: []), to: sample.units)
            let count = factors.values.count { $0 > 0 }
            return count > 0 ? max(1, count * sample.rarerCount / sample.size) : 0
        }
    }

    /// The units with two terms, of the first units that have the rarer one.
    private struct PairSample {
        var units: [UnitKey]
        /// How many units were looked at.
        var size: Int
        /// How many units have the rarer term.
        var rarerCount: Int
    }

    private func sample(_ first: Term, _ second: Term) throws -> PairSample {
        let (rarer, other) = first.documentFrequency < second.documentFrequency ? (first, second) : (second, first)
        let lists = try lists(of: [rarer.number, other.number])
        var keys: [UInt32] = []
        for list in lists[rarer.number, default: []] {
            keys += try Self.checked(PostingList.keys(in: list, limit: Self.pairSampleSize - keys.count))
        }
        let both = try lists[other.number, default: []].flatMap { list in
            try Self.checked(PostingList.keys(among: keys, in: list))
        }
        return PairSample(
            units: both.map { UnitKey(rawValue: UInt64($0)) }, size: keys.count, rarerCount: rarer.documentFrequency)
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

// MARK: - Postings

extension PostgresIndex {
    /// The lists of the postings of terms, by the numbers of these.
    private func lists(of numbers: Set<UInt32>) throws -> [UInt32: [[UInt8]]] {
        if let statement = statement(forListsOf: numbers) {
            try enter(session.query(statement.sql, statement.parameters), ofTerms: numbers)
        }
        return known.withLock { known in known.postings.filter { numbers.contains($0.key) } }
    }

    /// Asks for the lists that were not asked for before; `nil` if there is none.
    private func statement(forListsOf numbers: Set<UInt32>) -> PostgresStatement? {
        let missing = known.withLock { known in numbers.filter { known.postings[$0] == nil } }.sorted()
        guard !missing.isEmpty else { return nil }
        return PostgresStatement(
            "select term, entries from posting where term = any($1) order by term, part",
            [.int4Array(missing.map { Int32(bitPattern: $0) })])
    }

    private func enter(_ rows: PostgresRows, ofTerms numbers: Set<UInt32>) throws {
        var lists: [UInt32: [[UInt8]]] = [:]
        for row in rows { lists[UInt32(bitPattern: try row.int32(0)), default: []].append(try row.bytes(1)) }
        known.withLock { known in
            for number in numbers where known.postings[number] == nil { known.postings[number] = lists[number] ?? [] }
        }
    }
}

// MARK: - Candidates

extension PostgresIndex {
    func candidates(for request: CandidateRequest) throws -> Candidates {
        let query = request.lexicalLimit > 0 ? request.lexical.query : nil
        var scores = query.map { PostingScores($0) }
        let terms = try self.terms((scores?.terms ?? []) + request.lexical.features.flatMap(\.terms))
        let scored = Dictionary(
            (scores?.terms ?? []).compactMap { term in terms[term].map { (term, $0.number) } }
        ) { first, _ in first }
        let searches =
            request.semanticLimit > 0
            ? request.vectors.map {
                NearestSearch($0, request, collection, generation.certificates[$0.space])
            } : []

        // One round trip for both sides.
        let postings = statement(forListsOf: Set(scored.values))
        let statements = [postings].compactMap(\.self) + searches.flatMap(\.statements)
        var answers = try session.pipeline(statements)[...]
        let removed = generation.removed
        if postings != nil { try enter(answers.removeFirst(), ofTerms: Set(scored.values)) }

        var units = Set(request.required.filter(request.filter.admits))
        if !scored.isEmpty {
            let lists = try self.lists(of: Set(scored.values))
            _ = try Self.checked((scores?.add(scored.mapValues { lists[$0] ?? [] }) ?? true) ? true : nil)
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
                    "select key, vec from \(PublishedGeneration.vectorTable(of: space)) where key = any($1)",
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
