import Akin
import AkinReports
import ArgumentParser
import Foundation

/// The flags that every command has.
struct LibraryOptions: ParsableArguments {
    @Option(
        name: .customLong("library"),
        help: ArgumentHelp(
            """
            The library's folder, or its name in the configuration file. Default: $AKIN_LIBRARY, else that of the \
            file, else akin/default in the data folder.
            """, valueName: "folder"
        )
    )
    var folder: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    @Option(help: ArgumentHelp("The most threads to use. Default: one a core.", valueName: "n"))
    var threads: Int?

    @Flag(name: [.short, .long], help: "Print results and errors, nothing else.")
    var quiet = false

    @Flag(name: .customLong("no-pager"), help: "Do not show in a pager what is longer than the screen.")
    var noPager = false

    func validate() throws {
        if folder == "" { throw ValidationError("--library takes the path of a folder, not an empty one.") }
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
    var givenPath: String? { folder.map { Self.names[$0] ?? $0 } }

    /// The names of libraries in the configuration file.
    private static var names: [String: String] { Configuration.current.libraries }

    /// Opens the library.
    ///
    /// - Parameter waiting: How long changes wait for others.
    /// - Returns: The library.
    /// - Throws: `AkinError`: `noLibrary`, `damaged` or `newerVersion`.
    func open(waiting: Waiting = .never) throws(AkinError) -> Library {
        try Library(at: path, waiting: waiting)
    }
}
