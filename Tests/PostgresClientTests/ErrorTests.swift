import PostgresClient
import Testing

struct ErrorTests {
    @Test(
        "A SQLSTATE has its code: by itself, by its class, or none of its own",
        arguments: [
            ("28P01", PostgresError.Code.authenticationFailed), ("28000", .authenticationFailed),
            ("3D000", .noSuchDatabase), ("57P01", .serverStopping), ("57P02", .serverStopping),
            ("57P03", .serverStarting), ("57014", .statementTimeout), ("53100", .diskFull), ("53200", .outOfResources),
            ("53300", .tooManyConnections), ("42501", .notPermitted), ("42P01", .undefinedObject),
            ("3F000", .undefinedObject), ("42704", .undefinedObject), ("0A000", .unsupported), ("25006", .readOnly),
            ("40001", .conflict), ("40P01", .conflict), ("55P03", .lockTimeout), ("23505", .duplicate),
            ("23503", .constraint), ("22P02", .invalidData), ("22012", .invalidData), ("XX000", .internalError),
            ("XX001", .corrupted), ("XX002", .corrupted), ("08006", .connectionLost), ("08001", .connectionLost),
            ("P0001", .failed), ("", .failed),
        ])
    func codes(state: String, code: PostgresError.Code) {
        #expect(SQLState(state).code == code)
    }

    @Test("A refusal while connecting keeps the server's SQLSTATE out of the sentence and gives it at the end")
    func connecting() {
        let error = PostgresError(
            connecting: """
                connection to server at "h" (10.0.0.1), port 5432 failed: FATAL:  53300: sorry, too many clients already
                LOCATION:  InitProcess, proc.c:363
                """, place: "database 'd' on 'h'")
        #expect(error.code == .tooManyConnections)
        #expect(
            error.message == """
                Cannot connect to database 'd' on 'h': connection to server at "h" (10.0.0.1), port 5432 failed: \
                FATAL: sorry, too many clients already (53300). Close other connections, or raise max_connections.
                """)
    }

    @Test(
        "What libpq says of TLS and hosts has its code",
        arguments: [
            (
                "connection to server at \"h\", port 5432 failed: root certificate file \"/ca.crt\" does not exist",
                PostgresError.Code.certificateRefused
            ),
            ("connection to server failed: SSL error: certificate verify failed", .certificateRefused),
            ("server certificate for \"a\" does not match host name \"b\"", .certificateRefused),
            ("server does not support SSL, but SSL was required", .encryptionUnavailable),
            ("could not translate host name \"h\" to address: Name or service not known", .hostNotFound),
            ("something that no version says", .cannotConnect),
        ])
    func libpqTexts(text: String, code: PostgresError.Code) {
        #expect(PostgresError(connecting: text, place: "p").code == code)
    }
}
