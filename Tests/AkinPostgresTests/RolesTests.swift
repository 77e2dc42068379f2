import Akin
import AkinPostgres
import Papers
import PostgresClient
import PostgresTestSupport
import TestSupport
import Testing

/// What each of the roles that share a library may do.
@Suite(
    "Roles of a library in PostgreSQL",
    .enabled(if: PostgresServer.isAvailable, Comment(rawValue: PostgresServer.skipNote)))
struct RolesTests {
    /// A published library as each role opens it, with a connection of that role.
    private func with(
        _ body: (_ open: (_ role: String) throws -> (library: Library, connection: PostgresConnection), Library) throws
            -> Void
    ) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(Array(BundledSample.papers.prefix(20)))
            try PostgresServer.withDatabase { address in
                _ = try Publisher(to: address, createsRoles: true).publish(library)
                try body(
                    { role in
                        let own = address.replacing("//postgres@", with: "//\(role)@")
                        return (
                            try Library.open(own, cache: folder + "/cache"),
                            try PostgresConnection(to: PostgresAddress(own))
                        )
                    }, library)
            }
        }
    }

    @Test
    func `a reader asks, and cannot write`() throws {
        try with { open, library in
            let (reader, connection) = try open("akin_reader")
            #expect(try !reader.search(for: "attention").hits.isEmpty)
            #expect(try reader.papers().count == 20)
            let refusal = try #require(throws: AkinError.self) {
                try reader.add([Paper(id: "x", title: "X", abstract: "")])
            }
            #expect(refusal.code == .cannotWrite)
            #expect(try connection.query("show statement_timeout").only().text(0) == "30s")
            let attacks = [
                "insert into akin_g1.papers select * from akin_g1.papers", "delete from akin_g1.posting",
                "update akin.current set generation = 7", "drop schema akin_g1 cascade", "truncate akin_g1.term",
                "create table akin_g1.x (y int)", "create schema mine", "alter table akin_g1.papers rename to p",
                "set role akin_writer", "set role akin_owner", "copy akin_g1.papers to program 'cat'",
                "create function akin.f() returns int language sql as 'select 1'",
            ]
            for attack in attacks {
                #expect(throws: PostgresError.self, "\(attack)") { try connection.execute(attack) }
            }
            // The limit is a default that a reader may lift. What counts are the rights.
            try connection.execute("set default_transaction_read_only = off")
            for attack in attacks {
                let error = #expect(throws: PostgresError.self, "\(attack)") { try connection.execute(attack) }
                #expect(error?.code == .notPermitted, "\(attack): \(error?.message ?? "")")
            }
            #expect(try library.paperCount() == reader.paperCount())
        }
    }

    @Test
    func `a writer changes papers, and cannot publish`() throws {
        try with { open, library in
            let (writer, connection) = try open("akin_writer")
            #expect(try writer.add([Paper(id: "x", title: "Zeppelin caches", abstract: "Of keys.")]).added == 1)
            #expect(try writer.remove(ids: [BundledSample.papers[0].id]).count == 1)
            #expect(try writer.edit(ids: ["x"], by: [.addTag("to read")]) == ["x"])
            #expect(try writer.undo()?.change.name == "edit")
            #expect(try open("akin_reader").library.search(for: "zeppelin").hits.first?.paper.id == "x")
            for attack in ["drop schema akin_g1 cascade", "create schema akin_g9", "drop table akin_g1.papers"] {
                #expect(throws: PostgresError.self, "\(attack)") { try connection.execute(attack) }
            }
            for attack in ["update akin.current set generation = 7", "update akin_g1.file set bytes = ''"] {
                #expect(throws: PostgresError.self, "\(attack)") { try connection.execute(attack) }
            }
        }
    }

    @Test
    func `an owner publishes again, and the roles see the new generation`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(Array(BundledSample.papers.prefix(20)))
            try PostgresServer.withDatabase { address in
                _ = try Publisher(to: address, createsRoles: true).publish(library)
                try library.add([Paper(id: "x", title: "Zeppelin caches", abstract: "Of keys.")])
                func own(_ role: String) -> String { address.replacing("//postgres@", with: "//\(role)@") }
                for _ in 0..<3 { _ = try Publisher(to: own("akin_owner")).publish(library) }
                let reader = try Library.open(own("akin_reader"), cache: folder + "/cache")
                #expect(try reader.search(for: "zeppelin").hits.first?.paper.id == "x")
                let writer = try Library.open(own("akin_writer"), cache: folder + "/cache")
                #expect(try writer.remove(ids: ["x"]) == ["x"])
                #expect(throws: AkinError.self) { try Publisher(to: own("akin_writer")).publish(library) }
            }
        }
    }

    @Test
    func `what an administrator runs makes the first publishing possible`() throws {
        try PostgresServer.withDatabase { address in
            let connection = try PostgresConnection(to: PostgresAddress(address))
            try connection.execute(Publisher.administration(createsRoles: true))
            // Running it again is refused at the first step, and harms nothing.
            #expect(throws: PostgresError.self) {
                try connection.execute(Publisher.administration(createsRoles: true))
            }
            try TemporaryFolder.with { folder in
                let library = try Library(creatingAt: folder + "/library")
                try library.add(Array(BundledSample.papers.prefix(5)))
                let owner = address.replacing("//postgres@", with: "//akin_owner@")
                #expect(try Publisher(to: owner).publish(library).paperCount == 5)
            }
        }
    }

    @Test
    func `a format that a newer build wrote is refused`() throws {
        try with { open, library in
            let (reader, _) = try open("akin_reader")
            try open("postgres").connection.execute("update akin.format set version = 99")
            let error = try #require(throws: AkinError.self) { try reader.search(for: "attention") }
            #expect(error.code == .newerVersion)
            let refusal = try #require(throws: AkinError.self) {
                try open("postgres").library.add([Paper(id: "x", title: "X", abstract: "")])
            }
            #expect(refusal.code == .newerVersion)
        }
    }
}
