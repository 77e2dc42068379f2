import Akin
import Foundation
import Papers
import PostgresClient
import Ranking

/// What a generation says of itself, in the table `fact`: a text under each name.
///
///     manifest       what the index was made with, as JSON
///     recall SPACE   a ``RecallCertificate``, as JSON
///     vectors SPACE  a hash of all vectors of a space
///     terms          a hash of all terms, their numbers, and how many papers have them
///     counts         the counts of papers and words, as in the table `collection`
///     indexes        the names of the indexes that were built, with spaces between them
struct PublishedFacts {
    private let values: [String: String]

    /// Reads the facts.
    ///
    /// - Throws: `PostgresError`.
    init(_ session: Session) throws {
        var values: [String: String] = [:]
        for row in try session.query("select name, value from fact") { values[try row.text(0)] = try row.text(1) }
        self.values = values
    }

    /// What the index was made with; `nil` if that is missing or damaged, or names files that no library has.
    var manifest: Manifest? {
        let decoded = values[Self.manifest].flatMap { try? JSONDecoder().decode(Manifest.self, from: Data($0.utf8)) }
        return decoded.flatMap { $0.isSound && $0.unknownPart == nil ? $0 : nil }
    }

    /// What recall costs in each space. A certificate that cannot be read counts as not measured.
    var certificates: [SpaceName: RecallCertificate] {
        var found: [SpaceName: RecallCertificate] = [:]
        for space in manifest?.spaces.compactMap({ SpaceName(rawValue: $0.name) }) ?? [] {
            let decoded = values[Self.recall(of: space)].flatMap {
                try? JSONDecoder().decode(RecallCertificate.self, from: Data($0.utf8))
            }
            found[space] = decoded.flatMap { $0.isSound ? $0 : nil }
        }
        return found
    }

    /// The hash of the vectors of a space; `nil` if there is none.
    func vectorHash(of space: SpaceName) -> Int64? { values[Self.vectors(of: space)].flatMap { Int64($0) } }

    /// The counts of papers and words, as a text that ``CollectionState`` has too; `nil` if there is none.
    var counts: String? { values[Self.counts] }

    /// The hash of the terms; `nil` if there is none.
    var termHash: UInt64? { values[Self.terms].flatMap { UInt64($0) } }
}

// MARK: - Names

extension PublishedFacts {
    static let manifest = "manifest"
    static let terms = "terms"
    static let counts = "counts"
    static let indexes = "indexes"

    static func recall(of space: SpaceName) -> String { "recall \(space)" }

    static func vectors(of space: SpaceName) -> String { "vectors \(space)" }
}

// MARK: - Writing

extension PublishedFacts {
    /// Stores a fact, or replaces the one of its name.
    static func statement(_ name: String, _ value: String) -> PostgresStatement {
        PostgresStatement(
            "insert into fact (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
            [.text(name), .text(value)])
    }

    /// Stores what can be JSON.
    ///
    /// - Throws: The error of the encoder.
    static func statement(_ name: String, json value: some Encodable) throws -> PostgresStatement {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return statement(name, String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// The part of a term in the hash of all terms, whose parts are joined by exclusive or.
    static func hash(ofTerm text: String, _ number: UInt32, documentFrequency: Int) -> UInt64 {
        stableHash("\(number) \(documentFrequency) \(text)")
    }

    /// A query for the hash of the vectors in a table.
    ///
    /// - Parameter table: A table of `key` and `vec`.
    /// - Returns: The query.
    static func vectorHash(of table: String) -> String {
        "select coalesce(bit_xor(hashtextextended(key || ' ' || coalesce(vec::text, ''), 0)), 0) from \(table)"
    }
}

// MARK: - Files

extension PublishedFacts {
    /// The bytes of a file among those of the generation.
    ///
    /// - Throws: `PostgresError`; `AkinError` with code `damaged` if bytes are missing.
    static func bytes(of file: FileIdentity, _ session: Session, _ name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for row in try session.query("select bytes from file where name = $1 order by chunk", [.text(file.name)]) {
            bytes += try row.bytes(0)
        }
        guard bytes.count == file.byteCount else {
            throw AkinError(
                .damaged,
                "Cannot use the library in \(name): its file '\(file.name)' has \(bytes.count) bytes instead of "
                    + "\(file.byteCount).", remedy: .publishLibrary)
        }
        return bytes
    }
}
