extension PostgresError {
    /// Creates the error of a connection that was not made.
    ///
    /// libpq keeps no SQLSTATE of an attempt. It writes it into the message, for which the verbosity of the attempt is
    /// set. Where the server was not reached there is nothing but libpq's own text: it is not translated unless the
    /// program chooses a locale, and a text that is not known here gives `cannotConnect`.
    ///
    /// - Parameters:
    ///   - text: The message of libpq, at the verbosity "verbose".
    ///   - place: Which database, where.
    ///   - needsPassword: Whether the server asked for a password and none was given.
    package init(connecting text: String, place: String, needsPassword: Bool = false) {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.hasPrefix("LOCATION:") }
        var state: String?
        var cleaned: [String] = []
        for line in lines {
            if let found = Self.state(in: line) {
                state = found
                // "FATAL:  28P01: password …" loses its code, which stands at the end of the message.
                cleaned.append(line.replacing("  \(found): ", with: " ", maxReplacements: 1))
            } else {
                cleaned.append(line)
            }
        }
        let reason = oneLine(cleaned.joined(separator: "\n"))
        let report = Report(message: reason)
        let beginning = "Cannot connect to \(place)"
        if let state, !needsPassword {
            let known = SQLState(state)
            let message = Self.message(beginning, report, state, known.remedy)
            self.init(known.code, message, sqlState: state, report: report)
            return
        }
        let (code, remedy) =
            needsPassword
            ? (.authenticationFailed, "Give the password in the connection string or in a password file (~/.pgpass).")
            : Self.reasons.first { reason.contains($0.text) }.map { ($0.code, $0.remedy) }
                ?? (.cannotConnect, "Check the address, and that the server runs.")
        self.init(code, "\(beginning): \(reason). \(remedy)", report: report)
    }

    /// The SQLSTATE in a line such as `connection to server at "h", port 5432 failed: FATAL:  28P01: password …`.
    private static func state(in line: String) -> String? {
        var rest = line[...]
        while let range = rest.firstRange(of: ":  ") {
            rest = rest[range.upperBound...]
            let state = rest.prefix(5)
            let isState =
                state.utf8.count == 5 && state.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
            if isState, rest.dropFirst(5).hasPrefix(": ") { return String(state) }
        }
        return nil
    }

    private static let certificate =
        "Name the file of the authority that signed the server's certificate by sslrootcert=FILE, and the host as the "
        + "certificate names it. sslmode=require encrypts without checking whom it speaks to."

    /// What libpq writes of a server that was not reached; the first that is contained counts.
    private static let reasons: [(text: String, code: Code, remedy: String)] = [
        (
            "server does not support SSL", .encryptionUnavailable,
            "Turn TLS on in the server. sslmode=disable sends everything, passwords included, in the clear."
        ),
        (
            "SSL support is not compiled in", .encryptionUnavailable,
            "Install a libpq with TLS, as distributions have it. sslmode=disable sends everything in the clear."
        ),
        ("root certificate file", .certificateRefused, certificate),
        ("certificate verify failed", .certificateRefused, certificate),
        ("does not match host name", .certificateRefused, certificate),
        ("server certificate for", .certificateRefused, certificate),
        ("SSL error", .encryptionUnavailable, "Check the settings of TLS at both ends."),
        ("SSL SYSCALL error", .encryptionUnavailable, "Check the settings of TLS at both ends."),
        // One host of several answered, and is not what was wanted.
        ("session is read-only", .readOnly, "None of the hosts is the primary server."),
        ("session is not read-only", .cannotConnect, "None of the hosts is a standby."),
        ("server is in hot standby mode", .readOnly, "None of the hosts is the primary server."),
        ("server is not in hot standby mode", .cannotConnect, "None of the hosts is a standby."),
        ("could not translate host name", .hostNotFound, "Check the name of the host."),
        ("could not look up", .hostNotFound, "Check the name of the host."),
        ("Connection refused", .connectionRefused, "Check the address, and that the server runs."),
        ("No such file or directory", .connectionRefused, "Check the folder of the socket, and that the server runs."),
        ("timeout expired", .connectTimeout, "Check the address, and that no firewall is in the way."),
        ("timed out", .connectTimeout, "Check the address, and that no firewall is in the way."),
        ("server closed the connection unexpectedly", .connectionLost, "Try again."),
        ("Connection reset by peer", .connectionLost, "Try again."),
        ("authentication method", .authenticationFailed, "Install a newer libpq."),
    ]
}
