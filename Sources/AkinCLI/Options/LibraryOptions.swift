import Akin
import AkinReports
import ArgumentParser
import Foundation

/// The flags that every command has.
struct LibraryOptions: ParsableArguments {
    @Option(
        name: .customLong("library"),
        help: ArgumentHelp(
            "The library's folder. Default: $AKIN_LIBRARY, else akin/default in the data folder.", valueName: "folder"
        )
    )
    var folder: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    @Option(help: ArgumentHelp("The most threads to use. Default: one a core.", valueName: "n"))
    var threads: Int?

    @Flag(name: [.short, .long], help: "Print results and errors, nothing else.")
    var quiet = false

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

    /// The library's folder: from the flag, from the environment, or the default.
    var path: String {
        folder ?? dataFolder.defaultLibrary
    }

    /// Opens the library.
    ///
    /// - Parameter waiting: How long changes wait for others.
    /// - Returns: The library.
    /// - Throws: `AkinError`: `noLibrary`, `damaged` or `newerVersion`.
    func open(waiting: Waiting = .never) throws(AkinError) -> Library {
        try Library(at: path, waiting: waiting)
    }
}
