import PostgresClient
import Testing

struct AddressTests {
    @Test("A URI gives its database, host, port and user")
    func parts() throws {
        let address = try PostgresAddress("postgresql://reader@db.example.org:6543/papers?sslrootcert=/etc/ca.crt")
        #expect(address.description == "database 'papers' on 'db.example.org', port 6543, as 'reader'")
        #expect(address.database == "papers")
        #expect(address.user == "reader")
    }

    @Test("The scheme postgres:// and keywords with values are read as well")
    func otherForms() throws {
        let expected = "database 'd' on 'h', as 'u'"
        #expect(try PostgresAddress("postgres://u@h/d").description == expected)
        #expect(try PostgresAddress("host=h dbname=d user=u").description == expected)
    }

    @Test("Percent-encoded parts are decoded")
    func percentEncoding() throws {
        let address = try PostgresAddress("postgresql://a%40b:p%2F%3A%40@/dat%20abase?host=%2Frun%2Fpostgresql")
        #expect(address.description == "database 'dat abase' on '/run/postgresql', as 'a@b'")
        #expect(address.effectiveOptions["password"] == "p/:@")
    }

    @Test("Several hosts with their ports are named")
    func severalHosts() throws {
        let address = try PostgresAddress("postgresql://u@one:1111,two:2222/d?target_session_attrs=any")
        #expect(address.description == "database 'd' on 'one', port 1111 or 'two', port 2222, as 'u'")
    }

    @Test(
        "The certificate is verified unless the string or a local host says otherwise",
        arguments: [
            ("postgresql://u@db.example.org/d", "verify-full" as String?),
            ("postgresql://u@db.example.org/d?sslmode=require", "require"),
            ("postgresql://u@db.example.org/d?sslmode=prefer", "prefer"),
            ("postgresql://u@10.0.0.1/d", "verify-full"),
            ("postgresql://u@localhost/d", nil),
            ("postgresql://u@127.0.0.1/d", nil),
            ("postgresql://u@[::1]/d", nil),
            ("postgresql://u@/d?host=/tmp", nil),
            ("postgresql://u@localhost,db.example.org/d", "verify-full"),
            ("postgresql://u@localhost/d?hostaddr=10.0.0.1", "verify-full"),
        ])
    func sslMode(string: String, mode: String?) throws {
        #expect(try PostgresAddress(string).effectiveOptions["sslmode"] == mode)
    }

    @Test("Changing the host chooses the mode of TLS anew")
    func changedHost() throws {
        let local = try PostgresAddress("postgresql://u@localhost/d")
        #expect(try local.with("host", "db.example.org").effectiveOptions["sslmode"] == "verify-full")
        #expect(try local.withDatabase("other").description == "database 'other' on 'localhost', as 'u'")
    }

    @Test("The time to connect is 10 seconds unless the string says otherwise")
    func connectTimeout() throws {
        #expect(try PostgresAddress("postgresql://u@h/d").effectiveOptions["connect_timeout"] == "10")
        #expect(try PostgresAddress("postgresql://u@h/d?connect_timeout=3").effectiveOptions["connect_timeout"] == "3")
    }

    @Test("A password is in no description, dump or reflection")
    func passwordIsHidden() throws {
        let address = try PostgresAddress("postgresql://u:s3cr3t-word@h/d")
        var dumped = ""
        dump(address, to: &dumped)
        for text in ["\(address)", address.debugDescription, String(reflecting: address), dumped] {
            #expect(!text.contains("s3cr3t"), "\(text)")
        }
    }

    @Test(
        "A string that cannot be read is refused without repeating a password",
        arguments: [
            "postgresql://u:s3cr3t%zz@h/d", "postgresql://u:s3cr3t@more@h/d", "postgresql://u:s3cr3t/more@h/d",
            "password=s3cr3t more", "password='s3cr3t", "s3cr3t",
            "postgresql://u:s3cr3t@h:port/d", "postgresql://u:s3cr3t@h:0/d", "postgresql://u:s3cr3t@h:70000/d",
            "postgresql://u:s3cr3t@h/d?nonsense=1", "postgresql://u:s3cr3t@h/d\0",
        ])
    func unreadable(string: String) throws {
        let error = try postgresError { _ = try PostgresAddress(string) }
        #expect(error.code == .badAddress)
        #expect(!error.message.contains("s3cr3t"), "\(error)")
    }

    @Test("The system's certificates are refused where libpq would verify nothing")
    func systemCertificates() throws {
        let string = "postgresql://u@h/d?sslmode=verify-full&sslrootcert=system"
        if try PostgresLibrary.version < 160_000 {
            #expect(try postgresError { _ = try PostgresAddress(string) }.code == .badAddress)
        } else {
            #expect(try PostgresAddress(string).effectiveOptions["sslrootcert"] == "system")
        }
    }

    @Test("A service that does not exist is refused")
    func missingService() throws {
        let error = try postgresError { _ = try PostgresAddress("service=akin_no_such_service") }
        #expect(error.code == .badAddress)
        #expect(error.message.contains("akin_no_such_service"))
    }

    @Test("A name is quoted part by part")
    func quotedNames() {
        #expect(PostgresName("akin_g7", "ranked").description == #""akin_g7"."ranked""#)
        #expect(PostgresName(#"a"b"#).description == #""a""b""#)
    }
}
