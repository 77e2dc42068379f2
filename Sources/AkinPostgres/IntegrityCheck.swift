import Akin
import Foundation
import LatentSemantics
import LexicalIndex
import MappedFiles
import PaperStore
import Papers
import PostgresClient
import Ranking
import SystemCalls

/// Checks a library in a database: whether tables and indexes are there, papers match their checksums, the index says of
/// each paper what its postings say, and counts, vectors and the model are those that were written.
///
/// It reads every row, in one transaction that sees one moment.
struct IntegrityCheck {
    private let session: Session
    private let name: String
    private let papers: PaperStore.Reader
    private var report = IntegrityReport()

    init(_ session: Session, _ name: String, papers: PaperStore.Reader) {
        self.session = session
        self.name = name
        self.papers = papers
    }

    /// Checks everything.
    ///
    /// - Throws: The error of the server.
    mutating func result() throws -> IntegrityReport {
        let missing = try GenerationSchema.tableNames.filter { try !isThere($0) }
        guard missing.isEmpty else {
            for table in missing { find("the table '\(table)' is missing") }
            return report
        }
        try checkIndexes()
        report.paperCount = try papers.paperCount()
        let examined = try papers.examinePapers()
        report.findings += examined.findings
        report.lostPapers = examined.damaged
        let facts = try PublishedFacts(session)
        guard let manifest = facts.manifest else {
            if report.paperCount > 0 { find("what the index was made with is missing or damaged") }
            return report
        }
        try checkIndex()
        try checkVectors(manifest, facts)
        try checkFiles(manifest)
        return report
    }

    private func isThere(_ table: String) throws -> Bool {
        try session.query("select to_regclass($1) is not null", [.text(table)]).only().bool(0)
    }

    private mutating func find(_ sentence: String) { report.findings.append("In \(name), \(sentence).") }
}

// MARK: - Indexes of the server

extension IntegrityCheck {
    private mutating func checkIndexes() throws {
        let rows = try session.query(
            """
            select expected.name, i.indisvalid
            from (select unnest(string_to_array(value, ' ')) as name from fact where name = 'indexes') expected
                left join pg_class c on c.relname = expected.name and c.relnamespace = current_schema()::regnamespace
                left join pg_index i on i.indexrelid = c.oid
            where i.indisvalid is not true
            """)
        for row in rows {
            let index = try row.text(0)
            find(row.isNull(1) ? "the index '\(index)' is missing" : "the index '\(index)' is not valid")
        }
        // −1 stands for a table of which nothing was ever gathered.
        let unknown = try session.query(
            """
            select relname::text from pg_class
            where relnamespace = current_schema()::regnamespace and relkind = 'r' and reltuples < 0
                and relname in ('papers', 'lookups', 'identifiers', 'term', 'posting', 'document')
            order by relname
            """
        ).map { try $0.text(0) }
        if !unknown.isEmpty {
            find("the server has no statistics of \(unknown.joined(separator: ", ")): let an administrator run ANALYZE")
        }
    }
}

// MARK: - Words

extension IntegrityCheck {
    /// What is known of a term from two sides.
    private struct TermCount: Equatable {
        var papers = 0
        /// A sum over the papers of hashes of key, frequency and length.
        var hash: UInt64 = 0

        mutating func add(_ key: UInt64, frequency: Int, length: Int) {
            papers += 1
            var mixed = key &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(frequency) << 40 ^ UInt64(truncatingIfNeeded: length)
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            hash &+= mixed ^ mixed >> 31
        }
    }

    private mutating func checkIndex() throws {
        let collections = try session.query("select units, terms, papers from collection")
        guard collections.count == 1, let row = collections.first else {
            find("the counts of papers and words are missing")
            return
        }
        let collection = try CollectionState(row)
        if let written = try PublishedFacts(session).counts, written != collection.text {
            find("the counts of papers and words are others than those that were written")
        }
        let removed = Set(try session.query("select key from removed").map { UInt64(bitPattern: try $0.int64(0)) })
        var keys: Set<UInt64> = []
        var totalLength = 0
        var damaged = 0
        var bySequence: [UInt32: TermCount] = [:]
        try session.copy(from: "select key, length, sequence from document") { row in
            let (key, length) = (UInt64(bitPattern: try row.int64(0)), try row.int(1))
            keys.insert(key)
            totalLength += length
            guard let terms = TermSequence.terms(in: try row.bytes(2)) else {
                damaged += 1
                return
            }
            var frequencies: [UInt32: Int] = [:]
            for term in terms where term != LexicalIndex.gap { frequencies[term, default: 0] += 1 }
            for (term, frequency) in frequencies {
                bySequence[term, default: TermCount()].add(key, frequency: frequency, length: length)
            }
        }
        if damaged > 0 { find("the words of \(damaged) paper(s) are damaged") }
        compare(keys, with: Set(try papers.keys().map(\.rawValue)))
        if collection.paperCount != keys.count {
            find("the library counts \(collection.paperCount) papers and has \(keys.count)")
        }
        let goneCount = collection.unitCount - keys.count
        if goneCount < 0 || totalLength > collection.totalLength
            || goneCount == 0 && totalLength != collection.totalLength
        {
            find("the counts of papers and words that rankings use are not those of the papers")
        }
        let byPostings = try readPostings(without: removed)
        let wrong = Set(bySequence.keys).union(byPostings.keys).filter { bySequence[$0] != byPostings[$0] }.count
        if wrong > 0 { find("\(wrong) word(s) are found in other papers than have them") }
        try checkTerms(bySequence.mapValues(\.papers), goneCount: max(0, goneCount))
    }

    private mutating func compare(_ indexed: Set<UInt64>, with stored: Set<UInt64>) {
        let (unindexed, stray) = (stored.subtracting(indexed).count, indexed.subtracting(stored).count)
        if unindexed > 0 { find("\(unindexed) paper(s) are not indexed") }
        if stray > 0 { find("the index has \(stray) paper(s) that the library does not have") }
    }

    /// The postings of all terms but for those of removed papers.
    private mutating func readPostings(without removed: Set<UInt64>) throws -> [UInt32: TermCount] {
        var counts: [UInt32: TermCount] = [:]
        var damaged: Set<UInt32> = []
        var (term, lastKey) = (UInt32.max, UInt32(0))
        try session.copy(from: "select term, last, entries from posting order by term, part") { row in
            let number = UInt32(bitPattern: try row.int32(0))
            if number != term { (term, lastKey) = (number, 0) }
            guard let postings = PostingList.postings(in: try row.bytes(2)),
                lastKey == 0 || postings.first?.key ?? 0 > lastKey,
                Int(postings.last?.key ?? 0) == (try row.int(1))
            else {
                damaged.insert(number)
                return
            }
            for posting in postings where !removed.contains(UInt64(posting.key)) {
                counts[number, default: TermCount()].add(
                    UInt64(posting.key), frequency: Int(posting.frequency), length: Int(posting.length))
            }
            lastKey = postings.last?.key ?? lastKey
        }
        if !damaged.isEmpty { find("the lists of papers of \(damaged.count) word(s) are damaged") }
        return counts
    }

    /// Compares the terms with the papers that have each. The frequencies may count removed papers.
    private mutating func checkTerms(_ counts: [UInt32: Int], goneCount: Int) throws {
        var (wrong, hash, numbers) = (0, UInt64(0), Set<UInt32>())
        try session.copy(from: "select id, text, df from term") { row in
            let (number, text, frequency) = (UInt32(bitPattern: try row.int32(0)), try row.text(1), try row.int(2))
            numbers.insert(number)
            hash ^= PublishedFacts.hash(ofTerm: text, number, documentFrequency: frequency)
            let count = counts[number] ?? 0
            if !(count...count + goneCount).contains(frequency) { wrong += 1 }
        }
        if wrong > 0 { find("the counts of the papers of \(wrong) word(s) are not right") }
        let missing = Set(counts.keys).subtracting(numbers).count
        if missing > 0 { find("\(missing) word(s) are missing") }
        if let written = try PublishedFacts(session).termHash, written != hash {
            find("the words, or the counts of their papers, are others than those that were written")
        }
    }
}

// MARK: - Vectors and files

extension IntegrityCheck {
    private mutating func checkVectors(_ manifest: Manifest, _ facts: PublishedFacts) throws {
        for space in manifest.spaces.compactMap({ SpaceName(rawValue: $0.name) }) {
            let table = PublishedGeneration.vectorTable(of: space)
            guard try isThere(table) else {
                find("the table '\(table)' is missing")
                continue
            }
            let hash = try session.query(PublishedFacts.vectorHash(of: table)).only().int64(0)
            if facts.vectorHash(of: space) != hash {
                find("the vectors of the space '\(space)' are others than those that were written")
            }
            let now = try RecallCertificate(measuring: space) { try session.query($0, $1) }
            let steps = zip(facts.certificates[space]?.steps ?? [], now.steps)
            guard let (old, new) = steps.first(where: { $1.mean + $1.margin < $0.mean - $0.margin }) else { continue }
            find(
                "the index of the space '\(space)' finds \(share(new.mean)) of the nearest papers where it found "
                    + "\(share(old.mean)): let an administrator run REINDEX")
        }
    }

    private func share(_ value: Double) -> String { String((value * 1_000).rounded() / 1_000) }

    private mutating func checkFiles(_ manifest: Manifest) throws {
        for file in [manifest.lsa?.model, manifest.start].compactMap(\.self) {
            let path = NSTemporaryDirectory() + "akin-check-" + UUID().uuidString
            defer { try? FileManager.default.removeItem(atPath: path) }
            do {
                let bytes = try PublishedFacts.bytes(of: file, session, name)
                // SAFETY: bytes have no padding between them.
                try AtomicFile.write(unsafe bytes.span.bytes, to: path)
                try LatentSemanticModel.verify(fileAt: path)
                if try FileIdentity(ofFileAt: path).checksum == file.checksum { continue }
            } catch let error as AkinError where error.code == .damaged {
            } catch let error as LatentSemanticsError where [.damaged, .notAModel, .newerVersion].contains(error.code) {
            }
            find("the file '\(file.name)' is damaged")
        }
    }
}
