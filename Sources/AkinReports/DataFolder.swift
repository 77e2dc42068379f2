/// The folder where libraries lie that nobody gave a place, after the XDG base directory specification.
///
/// The environment is a parameter, because libraries do not read it: the program passes its own.
package struct DataFolder: Sendable {
    private let environment: [String: String]
    private let home: String

    /// Describes the data folder of an environment.
    ///
    /// - Parameters:
    ///   - environment: The environment's variables. `AKIN_LIBRARY`, `XDG_DATA_HOME` and `HOME` count.
    ///   - home: The home folder of an environment without `HOME`.
    package init(environment: [String: String], home: String) {
        self.environment = environment
        self.home = environment["HOME"] ?? home
    }

    /// The path of the library with a name: `$XDG_DATA_HOME/akin/NAME`, or `~/.local/share/akin/NAME` where that
    /// variable holds no absolute path.
    package func library(named name: String) -> String {
        let configured = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (configured ?? home + "/.local/share") + "/akin/" + name
    }

    /// The folder for what can be fetched again, such as the models of libraries in databases: `$XDG_CACHE_HOME/akin`, or
    /// `~/.cache/akin` where that variable holds no absolute path.
    package var cache: String {
        let configured = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (configured ?? home + "/.cache") + "/akin"
    }

    /// The path of the library to use when nobody names one: `$AKIN_LIBRARY`, or one of a configuration, or the library
    /// `default`.
    ///
    /// - Parameters:
    ///   - configured: The folder of the configuration; `nil` if it has none.
    ///   - names: The folders of libraries by their names, which `AKIN_LIBRARY` may hold as well.
    /// - Returns: The path.
    package func defaultLibrary(configured: String? = nil, names: [String: String] = [:]) -> String {
        if let path = environment["AKIN_LIBRARY"], !path.isEmpty { return names[path] ?? path }
        return configured ?? library(named: "default")
    }
}
