import Akin
import AkinPostgres
import AkinReports
import ArgumentParser
import Foundation
import ServerSettings

/// `akin serve`
///
/// The program `akin-serve` does it, so that this one links no server.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Open libraries to a browser, to programs and to agents.",
        discussion: """
            The page is at http://127.0.0.1:8017/, the HTTP API at /api/v1, its description at /openapi.json, vectors \
            in OpenAI's shape at /v1/embeddings, and the Model Context Protocol at /mcp.

            Only this machine reaches it, unless --host names another address; then AKIN_TOKEN or --token-file must \
            hold a token of 16 characters or more, which programs send as "Authorization: Bearer TOKEN". Nothing is \
            changed unless --writable lets it. Its log goes to standard error, a JSON object a line.

            EXAMPLES
              akin serve
              akin serve --library papers --library notes
              akin serve --port 9000 --writable
            """
    )

    @Option(help: ArgumentHelp("The address to listen at.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port to listen at; 0 takes one that is free.", valueName: "n"))
    var port = ServerSettings.usualPort

    @Flag(help: "Let requests add, change and remove papers.")
    var writable = false

    @Option(
        help: ArgumentHelp(
            "A name that the server may be asked by, besides its address and localhost; may be repeated.",
            valueName: "name"))
    var allowHost: [String] = []

    @Flag(help: "Believe the proxy before the server about clients, and leave the token to it.")
    var trustProxy = false

    @Option(help: ArgumentHelp("A file that holds the token. Default: AKIN_TOKEN.", valueName: "file"))
    var tokenFile: String?

    @OptionGroup var options: LibraryOptions

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port takes a number from 0 to 65535, not \(port).")
        }
    }

    func run() throws {
        var settings = ServerSettings(libraries: try libraries())
        settings.host = host
        settings.port = port
        settings.isWritable = writable
        settings.allowedHosts = allowHost
        settings.trustsProxy = trustProxy
        settings.tokenFile = tokenFile
        settings.threads = options.threads
        settings.cache = options.dataFolder.cache
        // The C library gives each thread an arena of memory, which keeps what the thread once needed: a server of 5,000
        // papers had 214 MB, and 57 with one arena for all. Two let threads allocate side by side.
        // SAFETY: both texts live during the call.
        unsafe setenv("MALLOC_ARENA_MAX", "2", 0)
        try CompanionProgram.serve().replaceProcess([settings.argument()])
    }

    /// The libraries that the flags name, by the names that they go by.
    ///
    /// - Throws: `AkinError` for one that cannot be opened: the server would say so later.
    private func libraries() throws(AkinError) -> [ServerSettings.Library] {
        if options.folders.count > 1 {
            let libraries = try options.openAll().map { (name: Self.shortName($0.place), path: $0.place) }
            var names: Set<String> = []
            return libraries.map { library in
                var (name, number) = (library.name, 1)
                while !names.insert(name).inserted {
                    number += 1
                    name = "\(library.name)-\(number)"
                }
                return ServerSettings.Library(name: name, path: Self.absolute(library.path))
            }
        }
        _ = try options.open()
        return [ServerSettings.Library(name: Self.shortName(options.path), path: Self.absolute(options.path))]
    }

    /// The path from the root, by which the server takes folders out of what it says.
    private static func absolute(_ place: String) -> String {
        Library.isAddress(place) ? place : URL(filePath: place).standardizedFileURL.path
    }

    /// The last part of a folder's path or of an address, or a name as it is.
    private static func shortName(_ place: String) -> String {
        let path = Library.isAddress(place) ? place.prefix { $0 != "?" } : place[...]
        return URL(filePath: String(path)).lastPathComponent
    }
}
