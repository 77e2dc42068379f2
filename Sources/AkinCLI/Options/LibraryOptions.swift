import Akin
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
        if let threads, threads < 1 {
            throw ValidationError("--threads takes a number from 1 up, not \(threads).")
        }
    }

    /// The folder that is meant: the flag, the environment, the default.
    var path: String {
        if let folder { return folder }
        if let folder = ProcessInfo.processInfo.environment["AKIN_LIBRARY"], !folder.isEmpty { return folder }
        return DataFolder.library("default")
    }

    func open() throws -> Library {
        try Library(at: path)
    }

    /// Prints a remark for people, on standard error, unless they asked for quiet.
    func remark(_ line: String) {
        if !quiet { Terminal.note(line) }
    }
}

/// Where libraries lie that nobody gave a place: the data folder of the XDG base directory specification.
enum DataFolder {
    static func library(_ name: String) -> String {
        let environment = ProcessInfo.processInfo.environment
        let configured = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment["HOME"] ?? NSHomeDirectory()
        return (configured ?? home + "/.local/share") + "/akin/" + name
    }
}
