import Akin
import Foundation

/// What a person chose for all commands, in the file `akin/config.toml` of the configuration folder.
///
///     library = "thesis"
///     count = 20
///     format = "titles"
///     color = "auto"
///     pager = "less -R"
///
///     [libraries]
///     thesis = "~/papers/thesis"
///
///     [aliases]
///     caches = '"key value" cache OR streaming'
///
/// A flag of the command line beats a variable of the environment, and that beats the file.
struct Configuration {
    /// When to use color.
    enum Color: String, CaseIterable {
        case auto, always, never
    }

    /// The library to use when nobody names one: a folder, or a name of ``libraries``.
    var library: String?
    /// The number of papers that an answer has.
    var count: Int?
    /// How papers are listed: what `--format` takes.
    var format: ListingStyle?
    /// When to use color.
    var color: Color?
    /// The command that shows what is longer than the screen; an empty one is none.
    var pager: String?
    /// Questions by their names; `@name` stands for one.
    var aliases: [String: String] = [:]
    /// The folders of libraries by their names.
    var libraries: [String: String] = [:]
    /// What is to be said about the file although it can be used.
    var remarks: [String] = []

    /// The configuration of this process. It is read once.
    static let loaded = Result { () throws(AkinError) in
        try ConfigurationFile(environment: ProcessInfo.processInfo.environment)?.configuration() ?? Configuration()
    }

    /// The configuration of this process, or an empty one if its file cannot be used.
    ///
    /// The program reports an unusable file before it runs a command.
    static var current: Configuration { (try? loaded.get()) ?? Configuration() }
}

extension AkinError.Code {
    /// The configuration file cannot be used.
    static let wrongConfiguration = Self(rawValue: "wrongConfiguration")
}
