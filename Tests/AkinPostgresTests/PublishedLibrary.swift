import Akin
import AkinPostgres
import Foundation
import Papers
import PostgresClient
import PostgresTestSupport
import QueryLanguage
import Ranking
import TestSupport
import Testing
import TextEncoding

/// A library on disk, and the same in a database.
struct PublishedLibrary {
    let folder: Library
    let server: Library
    /// The address of the database.
    let address: String
    /// The folder for models.
    let cache: String

    /// Calls `body` with a library and what was published of it to a database of its own.
    static func with(
        _ make: (_ library: Library) throws -> Void, _ body: (_ published: PublishedLibrary) throws -> Void
    ) throws {
        try TemporaryFolder.with { path in
            let library = try Library(creatingAt: path + "/library")
            try make(library)
            try PostgresServer.withDatabase { address in
                _ = try Publisher(to: address).publish(library)
                let server = try Library.open(address, cache: path + "/cache")
                try body(
                    PublishedLibrary(folder: library, server: server, address: address, cache: path + "/cache"))
            }
        }
    }

    /// Both answers to a question.
    func answers(
        _ ask: (Library) throws -> SearchAnswer
    ) throws -> (folder: SearchAnswer, server: SearchAnswer) {
        (try ask(folder), try ask(server))
    }
}

/// Expects that two answers have the same papers in the same order, with scores that differ by the rounding of vectors
/// to halves. Papers whose scores differ by less may change places.
///
/// - Parameters:
///   - answers: The answers.
///   - question: What was asked, for messages.
///   - wordTolerance: How far scores by words may differ, as a share of them.
///   - sourceLocation: Where it is expected.
func expectSame(
    _ answers: (folder: SearchAnswer, server: SearchAnswer), _ question: String, wordTolerance: Double = 1e-4,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let (folder, server) = answers
    #expect(folder.hits.count == server.hits.count, "\(question)", sourceLocation: sourceLocation)
    #expect(folder.isClose == server.isClose, "\(question)", sourceLocation: sourceLocation)
    #expect(folder.unknownWords == server.unknownWords, "\(question)", sourceLocation: sourceLocation)
    #expect(folder.corrections == server.corrections, "\(question)", sourceLocation: sourceLocation)
    #expect(folder.suggestions == server.suggestions, "\(question)", sourceLocation: sourceLocation)
    #expect(folder.metCount == server.metCount, "\(question)", sourceLocation: sourceLocation)
    #expect(folder.unmet == server.unmet, "\(question)", sourceLocation: sourceLocation)
    for (own, other) in zip(folder.hits, server.hits) {
        let tolerance = 1e-3 + (wordTolerance > 1e-4 ? wordTolerance * max(1, own.score) : 0)
        #expect(
            abs(own.score - other.score) < tolerance, "\(question): \(own.score) \(other.score)",
            sourceLocation: sourceLocation)
        #expect(
            own.paper == other.paper || abs(own.score - other.score) < tolerance / 2, "\(question): place \(own.rank)",
            sourceLocation: sourceLocation)
        guard own.paper == other.paper else { continue }
        #expect(
            abs(own.parts.lexical - other.parts.lexical) < wordTolerance * max(1, own.parts.lexical), "\(question)",
            sourceLocation: sourceLocation)
        #expect(abs(own.parts.semantic - other.parts.semantic) < 1e-3, "\(question)", sourceLocation: sourceLocation)
        #expect(own.snippet == other.snippet, "\(question)", sourceLocation: sourceLocation)
    }
    let places = zip(folder.hits, server.hits).count { $0.paper == $1.paper }
    #expect(
        places * 10 >= folder.hits.count * 9, "\(question): too many papers changed places",
        sourceLocation: sourceLocation)
}
