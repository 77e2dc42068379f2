import Foundation
import TestSupport
import Testing

/// The folder of libpq's header.
private let headerFolder = [
    "/usr/include/postgresql", "/usr/include", "/opt/homebrew/opt/libpq/include", "/usr/local/opt/libpq/include",
].first { FileManager.default.fileExists(atPath: $0 + "/libpq-fe.h") }

/// `CPostgres` declares what libpq has, so that no headers are needed to build. Where they are, they are compared.
@Suite(.enabled(if: headerFolder != nil, "needs the header libpq-fe.h, which libpq-dev has"))
struct DeclarationTests {
    @Test("The functions and the structure of CPostgres are those of libpq")
    func functions() throws {
        let source = """
            _Static_assert(sizeof(Oid) == sizeof(akin_oid) && (Oid)-1 > 0 && (akin_oid)-1 > 0, "Oid");
            #define FIELD(name) \\
                _Static_assert(offsetof(PQconninfoOption, name) == offsetof(struct compared_option, name), #name);
            FIELD(keyword) FIELD(envvar) FIELD(compiled) FIELD(val) FIELD(label) FIELD(dispchar) FIELD(dispsize)
            _Static_assert(sizeof(PQconninfoOption) == sizeof(struct compared_option), "size");
            #define akin_conninfo_option PQconninfoOption
            #define COMPARE(type, name, parameters, arguments) type (*const check_##name) parameters = name;
            AKIN_POSTGRES_FUNCTIONS(COMPARE)

            """
        #expect(try run(source, isProgram: false) == 0)
        #expect(try run(source + "int (*wrong)(PGconn *) = PQclear;\n", isProgram: false) != 0)
    }

    @Test("The numbers of CPostgres are those of libpq")
    func numbers() throws {
        let pairs = """
            CONNECTION_OK CONNECTION_OK; CONNECTION_BAD CONNECTION_BAD; POLLING_FAILED PGRES_POLLING_FAILED;
            POLLING_READING PGRES_POLLING_READING; POLLING_WRITING PGRES_POLLING_WRITING; POLLING_OK PGRES_POLLING_OK;
            EMPTY_QUERY PGRES_EMPTY_QUERY; COMMAND_OK PGRES_COMMAND_OK; TUPLES_OK PGRES_TUPLES_OK;
            COPY_OUT PGRES_COPY_OUT; COPY_IN PGRES_COPY_IN; BAD_RESPONSE PGRES_BAD_RESPONSE;
            NONFATAL_ERROR PGRES_NONFATAL_ERROR; FATAL_ERROR PGRES_FATAL_ERROR; COPY_BOTH PGRES_COPY_BOTH;
            PIPELINE_SYNC PGRES_PIPELINE_SYNC; PIPELINE_ABORTED PGRES_PIPELINE_ABORTED;
            TRANSACTION_IDLE PQTRANS_IDLE; TRANSACTION_ACTIVE PQTRANS_ACTIVE; TRANSACTION_OPEN PQTRANS_INTRANS;
            TRANSACTION_FAILED PQTRANS_INERROR; TRANSACTION_UNKNOWN PQTRANS_UNKNOWN; ERRORS_VERBOSE PQERRORS_VERBOSE;
            FIELD_SQLSTATE PG_DIAG_SQLSTATE; FIELD_MESSAGE PG_DIAG_MESSAGE_PRIMARY; FIELD_HINT PG_DIAG_MESSAGE_HINT;
            FIELD_DETAIL PG_DIAG_MESSAGE_DETAIL; FIELD_CONTEXT PG_DIAG_CONTEXT; FIELD_FUNCTION PG_DIAG_SOURCE_FUNCTION
            """
        let checks = pairs.split(separator: ";").map { pair in
            let names = pair.split(whereSeparator: \.isWhitespace)
            return "if ((int)AKIN_\(names[0]) != (int)\(names[1])) return 1;"
        }
        func program(_ checks: [String]) -> String { "int main(void) { \(checks.joined(separator: " ")) return 0; }\n" }
        #expect(try run(program(checks), isProgram: true) == 0)
        #expect(try run(program(["if ((int)AKIN_COPY_IN != (int)PGRES_COPY_OUT) return 1;"]), isProgram: true) == 1)
    }

    /// Compiles C after both headers, and runs it if it is a program.
    ///
    /// - Returns: The status of the compiler, or of the program.
    private func run(_ source: String, isProgram: Bool) throws -> Int32 {
        let own = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/CPostgres/include").standardizedFileURL.path
        let headers = """
            #include <stddef.h>
            #include <libpq-fe.h>
            #define akin_conninfo_option compared_option
            #include <CPostgres.h>
            #undef akin_conninfo_option

            """
        return try TemporaryFolder.with { folder in
            let file = folder + "/check.c", output = folder + "/check"
            try (headers + source).write(toFile: file, atomically: true, encoding: .utf8)
            let status = try Self.status(
                of: ["cc", "-std=c11", "-Werror", "-I", own, "-I", headerFolder ?? "", file]
                    + (isProgram ? ["-o", output] : ["-fsyntax-only"]))
            return status == 0 && isProgram ? try Self.status(of: [output]) : status
        }
    }

    private static func status(of command: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
