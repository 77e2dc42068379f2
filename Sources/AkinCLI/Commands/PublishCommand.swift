import Akin
import AkinPostgres
import AkinReports
import ArgumentParser

/// `akin publish`
struct PublishCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish the library to a PostgreSQL database, which many people can ask.",
        discussion: """
            The database needs PostgreSQL 15 or later and the extension pgvector 0.8 or later. The library with its \
            papers, words, vectors, tags and notes becomes a new generation there, which is put in force in one short \
            transaction; questions are answered meanwhile. Ask it with --library postgres://HOST/DATABASE.

            An address is a connection string of libpq. Services and password files work, and keep a password out of \
            sight of other people on this machine.

            --create-roles makes three roles: akin_owner publishes, akin_writer adds and removes papers, and \
            akin_reader asks: it cannot write, and its statements end after 30 seconds. --print-sql prints what an \
            administrator has to run once where who publishes may not make extensions, schemas or roles.

            EXAMPLES
              akin publish --to postgres://owner@db/papers
              akin publish --print-sql --create-roles > roles.sql
              akin search "long context" --library postgres://reader@db/papers
            """
    )

    @Option(help: ArgumentHelp("The database.", valueName: "address"))
    var to: String?

    @Flag(help: "Make the roles akin_owner, akin_writer and akin_reader.")
    var createRoles = false

    @Flag(help: "Print the SQL for an administrator, and do nothing else.")
    var printSql = false

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func validate() throws {
        guard printSql || to.map(Library.isAddress) ?? false else {
            throw ValidationError("--to takes an address such as postgres://HOST/DATABASE.")
        }
    }

    func result(_ console: Console) throws -> CommandResult<PublishReport> {
        guard !printSql, let to else {
            let sql = Publisher.administration(createsRoles: createRoles)
            return CommandResult(
                report: PublishReport(database: "", generation: 0, papers: 0, terms: 0, sql: sql),
                text: { sql.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) })
        }
        let library = try options.open()
        let (report, elapsed) = try timed {
            try console.showingProgress { progress in
                let publisher = try Publisher(to: to, createsRoles: createRoles, progress: progress)
                let published = try publisher.publish(library)
                return PublishReport(
                    database: publisher.name, generation: published.generation, papers: published.paperCount,
                    terms: published.termCount)
            }
        }
        return CommandResult(
            report: report,
            summary: "Published \(report.papers) papers to \(report.database) in \(roundedSeconds(elapsed)) s."
        )
    }
}
