import Akin
import AkinPostgres
import Foundation
import Papers
import PostgresClient
import PostgresTestSupport
import TestSupport
import Testing

/// What a check of a library in a database finds, and what a folder has that was made of one.
@Suite(
    "Checking and pulling a library in PostgreSQL",
    .enabled(if: PostgresServer.isAvailable, Comment(rawValue: PostgresServer.skipNote)))
struct IntegrityTests {
    private static func with(_ body: (_ published: PublishedLibrary) throws -> Void) throws {
        try PublishedLibrary.with({ library in try library.add(RankingContractTests.papers) }, body)
    }

    @Test
    func `a library that was published and changed is sound`() throws {
        try Self.with { published in
            #expect(try published.server.checkIntegrity().findings == [])
            try published.server.add([Paper(id: "new", title: "Zeppelin caches", abstract: "Of keys and values.")])
            try published.server.remove(ids: [RankingContractTests.papers[4].id])
            try published.server.edit(ids: ["new"], by: [.addTag("to read")])
            let report = try published.server.checkIntegrity()
            #expect(report.findings == [])
            #expect(report.isHealthy)
            #expect(report.paperCount == 74)
        }
    }

    @Test(arguments: [
        "delete from papers where key = 7", "delete from document where key = 7",
        "drop index lookups_title_hash_first_author_idx", "update term set df = df + 100 where id = 5",
        "update term set text = 'zzz' where id = 7", "update collection set terms = terms - 50",
        "delete from posting where term = 12",
        "update posting set entries = substr(entries, 1, length(entries) - 1) where term = 12",
        "update document set vec = (select vec from document where key = 9) where key = 8",
        "update papers set title = title || 'x' where key = 33", "delete from labels",
        "update lookups set year = 1900 where key = 44", "delete from identifiers where paper = 3",
        "update file set bytes = set_byte(bytes, 5000, (get_byte(bytes, 5000) + 1) % 256) where chunk = 0",
        "drop table removed", "update document set sequence = substr(sequence, 2) where key = 9",
        "delete from fact where name = 'manifest'", "insert into removed values (5)",
        "update document set length = 3 where key = 5", "update collection set papers = 3", "delete from collection",
        "delete from file", "update term set df = df + 1 where id = 3", "update collection set units = units + 1",
        "update akin.format set version = 0",
    ])
    func `finds what somebody did to the tables`(damage: String) throws {
        try Self.with { published in
            let connection = try PostgresConnection(to: PostgresAddress(published.address))
            try connection.execute("set search_path to akin_g1, public")
            try connection.execute(damage)
            let isHealthy = (try? published.server.checkIntegrity().isHealthy) ?? false
            #expect(!isHealthy)
        }
    }

    @Test
    func `a folder that is pulled has the same papers and ranks alike`() throws {
        try Self.with { published in
            try published.server.edit(ids: [RankingContractTests.papers[1].id], by: [.addNote("Read again.")])
            try TemporaryFolder.with { folder in
                let path = folder + "/pulled"
                #expect(try published.server.pull(toLibraryAt: path) == 74)
                #expect(try Library.checkIntegrity(at: path).isHealthy)
                let pulled = try Library(at: path)
                #expect(try pulled.papers() == published.server.papers())
                #expect(try pulled.lastChanges().first?.name == "edit")
                for question in ["streaming attention", "long context memory", RankingContractTests.papers[9].title] {
                    expectSame((try pulled.search(for: question), try published.server.search(for: question)), question)
                }
                // It is a library like any other.
                let added = try pulled.add([Paper(id: "new", title: "Zeppelin caches", abstract: "Of keys.")])
                #expect(added.added == 1)
                let again = try #require(throws: AkinError.self) { try published.server.pull(toLibraryAt: path) }
                #expect(again.code == .invalidArgument)
            }
        }
    }

    @Test
    func `nothing is left of a pull that fails`() throws {
        try Self.with { published in
            try TemporaryFolder.with { folder in
                let error = try #require(throws: AkinError.self) {
                    try published.server.pull(toLibraryAt: folder + "/pulled") { $0.stage != .writing }
                }
                #expect(error.code == .cancelled)
                #expect(!FileManager.default.fileExists(atPath: folder + "/pulled"))
            }
        }
    }
}
