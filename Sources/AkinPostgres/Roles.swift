import PostgresClient

/// The roles that share a library in a database.
///
///     akin_owner    publishes: makes and removes the schemas of generations
///     akin_writer   adds, removes and edits papers
///     akin_reader   asks; its transactions cannot write, and a statement ends after 30 seconds
///
/// They can log in as soon as an administrator lets them (`pg_hba.conf`, or `alter role akin_reader password …`). Whoever is
/// made a member of one has its rights, and not its time limit, which PostgreSQL ties to the role that logs in.
enum Roles {
    static let owner = "akin_owner"
    static let writer = "akin_writer"
    static let reader = "akin_reader"

    /// The time after which a statement of a reader ends.
    private static let readerTimeout = "30s"

    /// Makes the roles that are missing, and gives them what they need in the database of the connection.
    static let creation =
        [owner, writer, reader].map { role in
            """
            do $$ begin
                if not exists (select from pg_roles where rolname = '\(role)') then create role \(role) login; end if;
            end $$;
            """
        }.joined(separator: "\n") + """

            alter role \(reader) set default_transaction_read_only = on;
            alter role \(reader) set statement_timeout = '\(readerTimeout)';
            do $$ declare made name; begin
                execute format('grant create, temporary on database %I to \(owner)', current_database());
                execute format('grant temporary on database %I to \(writer)', current_database());
                for made in select nspname from pg_namespace where nspname = 'akin' or nspname ~ '^akin_g[0-9]+$' loop
                    execute format('alter schema %I owner to \(owner)', made);
                    execute format('grant usage on schema %I to \(writer), \(reader)', made);
                    execute format('grant select on all tables in schema %I to \(writer), \(reader)', made);
                    if made <> 'akin' then
                        execute format('grant insert, update, delete on all tables in schema %I to \(writer)', made);
                        execute format('revoke insert, update, delete on %I.file from \(writer)', made);
                    end if;
                end loop;
            end $$;
            alter table akin.format owner to \(owner);
            alter table akin.current owner to \(owner);
            grant update (state) on akin.current to \(writer);
            """

    /// The rights to the schema of a generation, for its owner to give.
    static func grants(onSchema schema: String) -> String {
        """
        grant usage on schema \(schema) to \(writer), \(reader);
        grant select on all tables in schema \(schema) to \(writer), \(reader);
        grant insert, update, delete on all tables in schema \(schema) to \(writer);
        revoke insert, update, delete on \(schema).file from \(writer);
        """
    }

    /// Whether the roles are there, and share the library of this database. Roles are the same in all databases of a
    /// server.
    ///
    /// - Throws: `PostgresError`.
    static func shareLibrary(_ connection: PostgresConnection) throws -> Bool {
        try connection.query(
            """
            select count(*) = 3 and bool_and(has_schema_privilege(oid, 'akin', 'usage'))
            from pg_roles where rolname = any($1)
            """, [.textArray([owner, writer, reader])]
        ).only().bool(0)
    }

    /// Acts as the owner from now on, if the roles were given this database and the user is a member.
    ///
    /// - Throws: `PostgresError`.
    static func becomeOwner(_ connection: PostgresConnection) throws {
        guard try shareLibrary(connection) else { return }
        let may = try connection.query(
            """
            select pg_has_role(current_user, $1,
                    case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end)
                and has_database_privilege($1, current_database(), 'create')
                and has_table_privilege($1, 'akin.current', 'update')
            """, [.text(owner)]
        ).only().bool(0)
        if may { try connection.query("set role \(owner)") }
    }
}
