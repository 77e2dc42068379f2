import Akin
import HNSW
import LatentSemantics
import LexicalIndex
import PaperStore
import Papers
import PostgresClient
import Ranking

/// Brings the index of a generation up to a change of papers, in the transaction of the change.
///
/// It does what appending a segment does on disk. New papers are folded into the space that the library has; their
/// postings follow those of earlier papers, whose keys are smaller. Removed papers keep their postings, and BM25 counts
/// them until the library is published again, as it counts them on disk until their segment is merged.
struct IndexUpdate {
    private let session: Session
    private let papers: PaperStore.Writer
    private let progress: @Sendable (AddProgress) -> Bool
    private let generation: PublishedGeneration
    private var manifest: Manifest
    private var collection: CollectionState

    init(
        of generation: PublishedGeneration, _ collection: CollectionState, in session: Session,
        _ papers: PaperStore.Writer, progress: @escaping @Sendable (AddProgress) -> Bool
    ) {
        self.session = session
        self.papers = papers
        self.progress = progress
        self.generation = generation
        self.collection = collection
        manifest = generation.manifest
    }

    /// Indexes a change.
    ///
    /// - Throws: `PostgresError`; the error of an index.
    mutating func apply(_ change: LibraryChange) throws {
        try remove(change.removedKeys.sortedKeys)
        try add(change.newKeys.sortedKeys)
        for (space, keys) in change.vectorKeys.sorted(by: { $0.key < $1.key }) {
            if let space = SpaceName(rawValue: space) { try setVectors(of: keys.sortedKeys, in: space) }
        }
        try session.pipeline([
            PostgresStatement(
                "update collection set units = $1, terms = $2, papers = $3",
                [
                    .int8(Int64(collection.unitCount)), .int8(Int64(collection.totalLength)),
                    .int8(Int64(collection.paperCount)),
                ]),
            PublishedFacts.statement(PublishedFacts.manifest, json: manifest),
            PublishedFacts.statement(PublishedFacts.counts, collection.text),
        ])
    }

    /// Calls `body` to change rows with the vectors of some papers in a space, and brings the hash of all vectors up to
    /// that.
    private func withVectors(of keys: [PaperKey], in space: SpaceName, _ body: () throws -> Void) throws {
        let query = PublishedFacts.vectorHash(of: PublishedGeneration.vectorTable(of: space)) + " where key = any($1)"
        let rows = PostgresValue.int8Array(keys.map(\.rowID))
        let before = try session.query(query, [rows]).only().int64(0)
        try body()
        let after = try session.query(query, [rows]).only().int64(0)
        guard let hash = try PublishedFacts(session).vectorHash(of: space) else { return }
        try session.pipeline([
            PublishedFacts.statement(PublishedFacts.vectors(of: space), "\(hash ^ before ^ after)")
        ])
    }

    /// The spaces whose vectors were given.
    private var givenSpaces: [SpaceName] { manifest.givenSpaces.compactMap { SpaceName(rawValue: $0.name) } }

    private mutating func remove(_ keys: [PaperKey]) throws {
        guard !keys.isEmpty else { return }
        let gone = PostgresValue.int8Array(keys.map(\.rowID))
        var count = 0
        for space in [.latentSemantics] + givenSpaces {
            try withVectors(of: keys, in: space) {
                let table = PublishedGeneration.vectorTable(of: space)
                let answer = try session.query("delete from \(table) where key = any($1)", [gone])
                if space == .latentSemantics { count = answer.affectedRows }
            }
        }
        try session.query("insert into removed select * from unnest($1::bigint[]) on conflict do nothing", [gone])
        collection.paperCount -= count
        manifest.count(-count, languages: [:])
    }

    private mutating func add(_ keys: [PaperKey]) throws {
        guard !keys.isEmpty else { return }
        let loose = try LooseSegment(of: keys, papers, under: manifest, generation.model, progress: progress)
        let merged = MergedTerms([loose.segment])
        try AddProgress(.writing, papers: keys.count).tell(progress)
        let numbers = try enter(merged)
        try append(merged, numbers, firstKey: keys.first.map { UInt32(truncatingIfNeeded: $0.rawValue) })
        try withVectors(of: keys, in: .latentSemantics) { try copyDocuments(of: loose.segment, merged, numbers) }
        for space in givenSpaces { try setVectors(of: keys, in: space) }
        collection.unitCount += merged.unitCount
        collection.totalLength += merged.totalLength
        collection.paperCount += merged.liveCount
        manifest.count(merged.liveCount, languages: loose.entry.languages ?? [:])
        if let retention = loose.retention { manifest.folded = (manifest.folded ?? Retention()) + retention }
    }

    private func copyDocuments(of segment: Segment, _ merged: MergedTerms, _ numbers: [UInt32]) throws {
        try session.copy(into: "document", columns: ["key", "length", "sequence", "vec"]) { writer in
            for key in segment.liveKeys {
                let terms = merged.terms(of: key, inSegment: 0).map { term in
                    term == LexicalIndex.gap ? term : numbers[Int(term)]
                }
                let vector = segment.vectors?.vector(for: key)
                try writer.append(
                    .int8(Int64(bitPattern: key)), .int4(Int32(clamping: segment.lexical.length(of: key) ?? 0)),
                    .bytea(TermSequence.bytes(of: terms)), vector.map { .halfvec($0) } ?? .null)
            }
        }
    }

    private func setVectors(of keys: [PaperKey], in space: SpaceName) throws {
        guard !keys.isEmpty else { return }
        let table = PublishedGeneration.vectorTable(of: space)
        let vectors = try givenUnitVectors(of: keys, in: space.rawValue, papers)
        try withVectors(of: keys, in: space) {
            try session.query("delete from \(table) where key = any($1)", [.int8Array(keys.map(\.rowID))])
            try session.copy(into: PostgresName(table), columns: ["key", "vec"]) { writer in
                for (key, vector) in vectors { try writer.append(.int8(key.rowID), .halfvec(vector)) }
            }
        }
    }
}

// MARK: - Terms and postings

extension IndexUpdate {
    /// The most texts that one statement looks up.
    private static let termsAtOnce = 10_000

    /// Enters the terms of new papers.
    ///
    /// - Returns: For each term its number in the database.
    private func enter(_ merged: MergedTerms) throws -> [UInt32] {
        var known: [String: (number: UInt32, frequency: Int)] = [:]
        for start in stride(from: 0, to: merged.terms.count, by: Self.termsAtOnce) {
            let texts = merged.terms[start..<min(start + Self.termsAtOnce, merged.terms.count)].map(\.text)
            for row in try session.query("select text, id, df from term where text = any($1)", [.textArray(texts)]) {
                known[try row.text(0)] = (UInt32(bitPattern: try row.int32(1)), try row.int(2))
            }
        }
        let first = try session.query("select coalesce(max(id), -1) + 1 from term").only().int(0)
        var numbers: [UInt32] = []
        var new: [(number: UInt32, term: MergedTerms.Term)] = []
        for term in merged.terms {
            let number = known[term.text]?.number ?? UInt32(clamping: first + new.count)
            if known[term.text] == nil { new.append((number, term)) }
            numbers.append(number)
        }
        try session.copy(into: "term", columns: ["id", "text", "df"]) { writer in
            for (number, term) in new {
                try writer.append(
                    .int4(Int32(bitPattern: number)), .text(term.text), .int4(Int32(clamping: term.documentFrequency)))
            }
        }
        if var hash = try PublishedFacts(session).termHash {
            for (number, term) in zip(numbers, merged.terms) {
                let before = known[term.text]?.frequency
                if let before {
                    hash ^= PublishedFacts.hash(ofTerm: term.text, number, documentFrequency: before)
                }
                hash ^= PublishedFacts.hash(
                    ofTerm: term.text, number, documentFrequency: (before ?? 0) + term.documentFrequency)
            }
            try session.pipeline([PublishedFacts.statement(PublishedFacts.terms, "\(hash)")])
        }
        let old = zip(numbers, merged.terms).filter { known[$0.1.text] != nil }
        try session.query(
            """
            update term set df = df + new.count
            from unnest($1::int[], $2::int[]) as new (id, count) where term.id = new.id
            """,
            [
                .int4Array(old.map { Int32(bitPattern: $0.0) }),
                .int4Array(old.map { Int32(clamping: $0.1.documentFrequency) }),
            ])
        return numbers
    }

    /// A part of a list of postings grows up to this size, and then another one is begun: each growth writes it anew.
    private static let largestGrowingPart = 8 << 10

    /// The end of a list of postings.
    private struct End {
        var part: Int32
        var lastKey: UInt32
        var byteCount: Int
    }

    /// Appends postings to the lists of their terms.
    ///
    /// - Parameters:
    ///   - merged: The terms of new papers.
    ///   - numbers: The numbers of the terms in the database.
    ///   - firstKey: The least key of the new papers.
    /// - Throws: `AkinError` with code `damaged` if the index has a later key already; `PostgresError`.
    private func append(_ merged: MergedTerms, _ numbers: [UInt32], firstKey: UInt32?) throws {
        var ends: [UInt32: End] = [:]
        let rows = try session.query(
            """
            select distinct on (term) term, part, last, octet_length(entries) from posting where term = any($1)
            order by term, part desc
            """, [.int4Array(numbers.map { Int32(bitPattern: $0) })])
        for row in rows {
            ends[UInt32(bitPattern: try row.int32(0))] = End(
                part: try row.int32(1), lastKey: UInt32(clamping: try row.int(2)), byteCount: try row.int(3))
        }
        try session.query(
            "create temporary table added (term int, part int, last bigint, entries bytea) on commit drop")
        try session.copy(into: "added", columns: ["term", "part", "last", "entries"]) { writer in
            for (id, number) in numbers.enumerated() {
                let end = ends[number]
                let grows = end.map { $0.byteCount < Self.largestGrowingPart } ?? false
                guard let firstKey, end.map({ $0.lastKey < firstKey }) ?? true else {
                    throw AkinError(
                        .damaged,
                        "Cannot add papers: the library in the database has later ones in its index than among its "
                            + "papers.", remedy: .publishLibrary)
                }
                let list = merged.postings(ofTerm: id, after: grows ? end?.lastKey ?? 0 : 0)
                let part = end.map { grows ? $0.part : $0.part + 1 } ?? 0
                try writer.append(
                    .int4(Int32(bitPattern: number)), .int4(part), .int8(Int64(list.lastKey)), .bytea(list.bytes))
            }
        }
        try session.query(
            """
            insert into posting (term, part, last, entries) select term, part, last, entries from added
            on conflict (term, part)
            do update set entries = posting.entries || excluded.entries, last = excluded.last
            """)
    }
}

extension Manifest {
    /// Counts papers that were indexed or removed: a database keeps all of them as one segment.
    fileprivate mutating func count(_ papers: Int, languages: [String: Int]) {
        guard !segments.isEmpty else { return }
        let merged = segments[0].languages ?? [:]
        segments[0].languages = merged.merging(languages, uniquingKeysWith: +)
        segments[0].units[Segment.papers, default: 0] += papers
    }
}

extension PaperKey {
    /// The key as a number of the database.
    fileprivate var rowID: Int64 { Int64(bitPattern: rawValue) }
}
