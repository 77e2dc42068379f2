import Akin
import AkinPostgres
import Papers
import PostgresTestSupport
import Ranking
import TestSupport
import Testing

@Suite("Publishing", .enabled(if: PostgresServer.isAvailable, Comment(rawValue: PostgresServer.skipNote)))
struct PublishingTests {
    @Test
    func `an empty database holds no library, and says what to do`() throws {
        try PostgresServer.withDatabase { address in
            let library = try Library.open(address, cache: "/tmp")
            let error = try #require(throws: AkinError.self) { try library.search(for: "anything") }
            #expect(error.code == .noLibrary)
            #expect(error.remedy == .publishLibrary)
        }
    }

    @Test
    func `an empty library is published, and a search of it finds nothing`() throws {
        try PublishedLibrary.with { _ in
        } _: { published in
            let answer = try published.server.search(for: "anything")
            #expect(answer.hits.isEmpty)
            let info = try published.server.info()
            #expect(info.paperCount == 0)
        }
    }

    @Test
    func `what needs a folder is refused with the remedy`() throws {
        try PublishedLibrary.with {
            try $0.add(Array(BundledSample.papers.prefix(5)))
        } _: { published in
            for change in [
                { _ = try published.server.topics() }, { _ = try published.server.refit() },
                { _ = try published.server.duplicates() },
            ] as [() throws -> Void] {
                let error = try #require(throws: AkinError.self) { try change() }
                #expect(error.code == .needsFolder)
                #expect(error.remedy == .useFolder)
            }
        }
    }

    @Test
    func `an address is shown without its password`() {
        #expect(
            Library.withoutPassword("postgres://reader:se%40cret@db:5433/papers?sslmode=require")
                == "postgres://reader@db:5433/papers?sslmode=require")
        #expect(Library.withoutPassword("postgres://reader@db/papers") == "postgres://reader@db/papers")
        #expect(Library.withoutPassword("postgres://db/a:b@c") == "postgres://db/a:b@c")
        for place in ["postgres://db/papers?password=geheim", "postgresql://me@/x?host=/tmp&password=geheim&port=5"] {
            #expect(!Library.withoutPassword(place).contains("geheim"))
        }
        #expect(Library.withoutPassword("/home/me/papers:x@y") == "/home/me/papers:x@y")
    }

    @Test
    func `a server that cannot be reached is told of, without the password`() throws {
        let library = try Library.open("postgres://reader:geheim@127.0.0.1:1/papers", cache: "/tmp")
        let error = try #require(throws: AkinError.self) { try library.search(for: "anything") }
        #expect(error.code == .serverFailed)
        #expect(!error.message.contains("geheim"))
        #expect(error.message.contains("127.0.0.1"))
    }
}
