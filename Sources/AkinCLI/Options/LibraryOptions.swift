import Akin
import AkinPostgres
import AkinReports
import ArgumentParser
import Foundation

/// The flags that every command has.
struct LibraryOptions: ParsableArguments {
    @Option(
        name: .customLong("library"),
        help: ArgumentHelp(
            """
            The library's folder, its name in the configuration file, or the address of a database that it was \
            published to (postgres://HOST/DATABASE). Default: $AKIN_LIBRARY, else that of the \
            file, else akin/default in the data folder. If it is repeated, akin search asks all of them, and other \
            commands take the last.
            """, valueName: "folder"
        )
    )
    var folders: [String] = []

    /// The library that the flag names, the last if it names several; `nil` without the flag.
    var folder: String? { folders.last }

    @Flag(help: "Print one JSON object.")
    var json = false

    @Option(help: ArgumentHelp("The most threads to use. Default: one a core.", valueName: "n"))
    var threads: Int?

    @Flag(name: [.short, .long], help: "Print results and errors, nothing else.")
    var quiet = false

    @Flag(name: .customLong("no-pager"), help: "Do not show in a pager what is longer than the screen.")
    var noPager = false

    func validate() throws {
        if folders.contains("") { throw ValidationError("--library takes the path of a folder, not an empty one.") }
        if let threads, !threadRange.contains(threads) {
            throw ValidationError("--threads takes a number from 1 to \(threadRange.upperBound), not \(threads).")
        }
    }

    /// Where libraries lie that have no folder of their own.
    var dataFolder: DataFolder {
        DataFolder(environment: ProcessInfo.processInfo.environment, home: NSHomeDirectory())
    }

    /// The library's folder: from the flag, from the environment, from the configuration file, or the default.
    var path: String {
        givenPath ?? dataFolder.defaultLibrary(configured: Configuration.current.library, names: Self.names)
    }

    /// The folder that the flag names; `nil` without the flag.
    var givenPath: String? { folder.map { path(of: $0) } }

    /// The folder that a person names: by its name in the configuration file or in the data folder, or as a path.
    private func path(of name: String) -> String {
        if let path = Self.names[name] { return path }
        let own = dataFolder.library(named: name)
        let files = FileManager.default
        return !name.contains("/") && !files.fileExists(atPath: name) && files.fileExists(atPath: own) ? own : name
    }

    /// The names of libraries in the configuration file.
    private static var names: [String: String] { Configuration.current.libraries }

    /// Opens the libraries that the flag names.
    ///
    /// - Returns: Their names, as the person gives them, their folders or addresses, and the libraries.
    /// - Throws: `AkinError`, as `open(waiting:)`.
    func openAll() throws(AkinError) -> [(name: String, place: String, library: Library)] {
        var libraries: [(name: String, place: String, library: Library)] = []
        for folder in folders {
            let place = path(of: folder)
            libraries.append((folder, place, try Library.open(place, cache: dataFolder.cache, notice: Self.tell)))
        }
        return libraries
    }

    /// Tells what happened on the way to a database.
    private static let tell: @Sendable (String) -> Void = { Terminal.draw("akin: \($0)\n") }

    /// Whether the library lies in a database.
    var isAddress: Bool { Library.isAddress(path) }

    /// The library's folder or address as messages show it, without a password.
    var shownPath: String { Library.withoutPassword(path) }

    /// The library's folder, for what is done with a folder alone.
    ///
    /// - Throws: `AkinError` with code `needsFolder` for the address of a database.
    func folderPath() throws(AkinError) -> String {
        if isAddress { throw AkinError(needsFolder: shownPath) }
        return path
    }

    /// Opens the library.
    ///
    /// - Parameter waiting: How long changes wait for others.
    /// - Returns: The library.
    /// - Throws: `AkinError`: `noLibrary`, `damaged` or `newerVersion`.
    func open(waiting: Waiting = .never) throws(AkinError) -> Library {
        try Library.open(path, waiting: waiting, cache: dataFolder.cache, notice: Self.tell)
    }
}
