import CPostgres

/// Where a database is and how to reach it: a connection string as libpq has it.
///
///     try PostgresAddress("postgresql://reader@db.example.org/akin?sslrootcert=/etc/ssl/certs/ca-certificates.crt")
///     try PostgresAddress("service=papers")
///
/// A URI (`postgres://` or `postgresql://`) has its parts percent-encoded: `@` in a password is `%40`. Services,
/// password files and libpq's variables work as they do everywhere. Several hosts may be named, for a primary and its
/// standbys, with `target_session_attrs`.
///
/// The server's certificate is verified (`sslmode=verify-full`) unless the string, a service or a variable chooses
/// another mode, or every host is a Unix socket or this machine. A connection is given up after 10 seconds a host
/// (`connect_timeout`).
package struct PostgresAddress: Sendable, Hashable {
    /// The options that are handed to libpq, by keyword. One of them may be a password.
    let options: [String: String]

    /// The options that the connection string gives.
    private let given: [String: String]

    /// The hosts, their ports, the database and the user, as far as they are known before a connection is made.
    let place: Place

    /// What a message may say of an address.
    struct Place: Sendable, Hashable {
        var hosts: [String]
        var ports: [String]
        var database: String
        var user: String
    }

    /// Reads a connection string.
    ///
    /// - Throws: `PostgresError` with `badAddress` or `libraryMissing`. The message never repeats a part of the string
    ///   that could belong to a password.
    package init(_ string: String) throws(PostgresError) {
        try PostgresLibrary.load()
        try self.init(given: Self.parse(string))
    }

    private init(given: [String: String]) throws(PostgresError) {
        self.given = given
        var options = given
        try Self.checkParts(options)
        if options["connect_timeout"] == nil { options["connect_timeout"] = "10" }
        if options["application_name"] == nil { options["fallback_application_name"] = "akin" }
        options["client_encoding"] = "UTF8"

        let effective = try ConnectionOptions.effective(options)
        let hosts = Self.list(effective["host"]), addresses = Self.list(effective["hostaddr"])
        let reached = addresses.isEmpty ? hosts : addresses
        if options["sslmode"] == nil, effective["sslmode"] == nil, !reached.allSatisfy(Self.isLocal) {
            options["sslmode"] = "verify-full"
        }
        let version = try PostgresLibrary.version
        if effective["sslrootcert"] == "system", version < 160_000 {
            throw PostgresError(
                .badAddress,
                """
                Cannot use the connection string: libpq \(version / 10_000) knows no sslrootcert=system \
                and would verify nothing. Name the file of the certificates, such as \
                sslrootcert=/etc/ssl/certs/ca-certificates.crt.
                """)
        }
        self.options = options
        place = Place(
            hosts: hosts.isEmpty ? addresses : hosts, ports: Self.list(effective["port"]),
            database: effective["dbname"] ?? effective["user"] ?? "", user: effective["user"] ?? "")
    }

    /// The database's name.
    package var database: String { place.database }

    /// The user's name.
    package var user: String { place.user }

    /// The options that libpq gets, a password included.
    package var effectiveOptions: [String: String] { options }

    /// The same address with another database.
    package func withDatabase(_ name: String) throws(PostgresError) -> PostgresAddress {
        try with("dbname", name)
    }

    /// The same address with one option changed, which is any that libpq knows.
    package func with(_ keyword: String, _ value: String) throws(PostgresError) -> PostgresAddress {
        var options = given
        options[keyword] = value
        return try PostgresAddress(given: options)
    }
}

extension PostgresAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The database, the hosts and the user, such as `database 'akin' on 'db.example.org', port 5432, as 'reader'`.
    package var description: String { place.description }

    /// The description: a password is not for logs.
    package var debugDescription: String { description }

    /// Nothing but the description, for the same reason.
    package var customMirror: Mirror { Mirror(self, children: ["place": description]) }
}

extension PostgresAddress.Place: CustomStringConvertible {
    var description: String {
        let hosts = hosts.enumerated().map { index, host in
            let port = ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : ""
            return port.isEmpty || port == "5432" ? "'\(host)'" : "'\(host)', port \(port)"
        }
        let host = hosts.isEmpty ? "this machine" : hosts.joined(separator: " or ")
        return "database '\(database)' on \(host)" + (user.isEmpty ? "" : ", as '\(user)'")
    }
}

// MARK: - Reading

extension PostgresAddress {
    /// The options that a string gives.
    private static func parse(_ string: String) throws(PostgresError) -> [String: String] {
        func refusal(_ reason: String) -> PostgresError {
            PostgresError(
                .badAddress,
                """
                Cannot read the connection string: \(reason). It should be like \
                postgresql://USER@HOST:PORT/DATABASE, with every special character of a part percent-encoded.
                """)
        }
        if string.utf8.contains(0) { throw refusal("it holds a NUL") }
        if !string.contains("=") && !string.contains("://") { throw refusal("it is neither a URI nor KEYWORD=VALUE") }
        var failure: UnsafeMutablePointer<CChar>?
        // SAFETY: Swift ends the string with a zero. libpq gives a list, or a message, which are freed here.
        let list = unsafe akin_PQconninfoParse(string, &failure)
        guard let list = unsafe list else {
            let reason = unsafe libpqText(failure)
            unsafe akin_PQfreemem(failure)
            throw refusal(oneLine(withoutQuotations(reason)))
        }
        defer { unsafe akin_PQconninfoFree(list) }
        return unsafe ConnectionOptions.dictionary(list)
    }

    /// A message without what stands between its quotation marks, which may be a part of a password.
    private static func withoutQuotations(_ message: String) -> String {
        let parts = message.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.enumerated().map { $0.isMultiple(of: 2) ? String($1) : "…" }.joined()
    }

    /// Refuses parts that come of a password with special characters, before a message could repeat them.
    private static func checkParts(_ options: [String: String]) throws(PostgresError) {
        let hosts = options["host"] ?? "", ports = list(options["port"]), database = options["dbname"] ?? ""
        if hosts.contains("@") || database.contains("@") || options["user"]?.contains(":") == true {
            throw PostgresError(
                .badAddress,
                """
                Cannot use the connection string: a part before or after '@' has an unencoded special character. In a \
                URI, a password's '@' is %40, ':' is %3A, '/' is %2F and '%' is %25.
                """)
        }
        for port in ports where !port.isEmpty {
            guard let number = UInt16(port), number > 0 else {
                throw PostgresError(
                    .badAddress,
                    """
                    Cannot use the connection string: the port is no number from 1 to 65535. In a URI, a password's \
                    '/' is %2F, '?' is %3F and '#' is %23.
                    """)
            }
        }
    }

    static func list(_ values: String?) -> [String] {
        guard let values, !values.isEmpty else { return [] }
        return values.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether a host is a Unix socket or this machine.
    private static func isLocal(_ host: String) -> Bool {
        // An empty name is the socket that libpq looks for by itself; "@" begins one without a file.
        host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@")
            || ["localhost", "127.0.0.1", "::1"].contains(host.lowercased())
    }
}
