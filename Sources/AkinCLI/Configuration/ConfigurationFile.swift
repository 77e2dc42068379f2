import Akin
import Foundation
import TOMLKit

/// The file that a ``Configuration`` is read from.
struct ConfigurationFile {
    /// The keys that the file may have, and what each takes.
    private static let keys = ["library", "count", "format", "color", "pager", "aliases", "libraries"]
    /// A larger file is no configuration.
    private static let mostBytes = 1 << 20

    let path: String
    private let home: String
    private let text: String

    /// Reads the file of an environment: `$AKIN_CONFIG`, or `akin/config.toml` in `$XDG_CONFIG_HOME` or `~/.config`.
    /// `nil` if there is no file, or if `AKIN_CONFIG` is empty.
    ///
    /// - Parameter environment: The variables.
    /// - Throws: `AkinError` with code `wrongConfiguration` for a file that cannot be read.
    init?(environment: [String: String]) throws(AkinError) {
        home = environment["HOME"] ?? NSHomeDirectory()
        let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.config"
        let named = environment["AKIN_CONFIG"]
        path = named ?? folder + "/akin/config.toml"
        if path.isEmpty { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            if named == nil, !FileManager.default.fileExists(atPath: path) { return nil }
            let remedy = named == nil ? "Check its permissions." : "Correct AKIN_CONFIG, or unset it."
            throw AkinError(.wrongConfiguration, "Cannot read the configuration file '\(path)'. \(remedy)")
        }
        guard bytes.count <= Self.mostBytes, let text = String(bytes: bytes, encoding: .utf8) else {
            throw AkinError(
                .wrongConfiguration,
                "Cannot use the configuration file '\(path)': it is no UTF-8 text of at most 1 MB. Move it away.")
        }
        self.text = text
    }

    /// The configuration of the file.
    ///
    /// - Returns: The configuration. An unknown key is one of its remarks.
    /// - Throws: `AkinError` with code `wrongConfiguration` for a file that is no TOML, or for a value that a key does
    ///   not take.
    func configuration() throws(AkinError) -> Configuration {
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw failure("is no TOML: \(error.description)", line: error.source.begin.line, "Correct the line.")
        } catch {
            throw failure("is no TOML", line: nil, "Correct it.")
        }
        var configuration = Configuration()
        configuration.library = try string("library", of: table, example: "~/papers").map { expanded($0) }
        configuration.pager = try string("pager", of: table, example: "less -R")
        configuration.count = try count(of: table)
        configuration.format = try format(of: table)
        configuration.color = try color(of: table)
        configuration.aliases = try strings("aliases", of: table, example: "caches = \"KV cache\"")
        let libraries = try strings("libraries", of: table, example: "thesis = \"~/papers/thesis\"")
        // The library of the file may be one of its names.
        configuration.libraries = libraries.mapValues { expanded($0) }
        if let name = table["library"]?.string, let folder = configuration.libraries[name] {
            configuration.library = folder
        }
        for key in table.keys.sorted() where !Self.keys.contains(key) {
            let nearest = Likeness(of: key).nearest(among: Self.keys).first
            let remedy = nearest.map { "Did you mean '\($0)'?" } ?? "There are \(Self.keys.joined(separator: ", "))."
            configuration.remarks.append("\(place(line(of: key))) has the unknown key '\(oneLine(key))'. \(remedy)")
        }
        return configuration
    }

    // MARK: - Values

    private func string(_ key: String, of table: TOMLTable, example: String) throws(AkinError) -> String? {
        guard let value = table[key] else { return nil }
        guard let text = value.string, key != "library" || !text.isEmpty else {
            throw failure("has a '\(key)' that is no text", line: line(of: key), "Write \(key) = \"\(example)\".")
        }
        return text
    }

    private func strings(_ key: String, of table: TOMLTable, example: String) throws(AkinError) -> [String: String] {
        guard let value = table[key] else { return [:] }
        guard let entries = value.table else {
            throw failure("has '\(key)' as a value", line: line(of: key), "Write [\(key)], and under it \(example).")
        }
        var strings: [String: String] = [:]
        for name in entries.keys {
            guard let text = entries[name]?.string else {
                throw failure(
                    "has an entry '\(name)' of [\(key)] that is no text", line: line(of: name, in: key),
                    "Write, for example, \(example).")
            }
            strings[name] = text
        }
        return strings
    }

    private func count(of table: TOMLTable) throws(AkinError) -> Int? {
        guard let value = table["count"] else { return nil }
        guard let count = value.int, count > 0 else {
            throw failure("has a 'count' that is no number from 1 up", line: line(of: "count"), "Write count = 20.")
        }
        return count
    }

    private func format(of table: TOMLTable) throws(AkinError) -> ListingStyle? {
        guard let text = try string("format", of: table, example: "titles") else { return nil }
        do {
            return try ListingStyle(named: text)
        } catch {
            throw failure(
                "has a 'format' that is none", line: line(of: "format"),
                "Write standard, titles, long, or a line with fields such as \"{id} {title}\".")
        }
    }

    private func color(of table: TOMLTable) throws(AkinError) -> Configuration.Color? {
        guard let text = try string("color", of: table, example: "auto") else { return nil }
        guard let color = Configuration.Color(rawValue: text) else {
            throw failure(
                "has the color '\(text)', which is none", line: line(of: "color"), "Write auto, always or never.")
        }
        return color
    }

    /// A path with the home folder in place of `~`. A relative one is meant from the folder of the file.
    private func expanded(_ path: String) -> String {
        if path == "~" { return home }
        if path.hasPrefix("~/") { return home + path.dropFirst() }
        if path.hasPrefix("/") || path.isEmpty { return path }
        return URL(filePath: self.path).deletingLastPathComponent().appending(path: path).standardizedFileURL.path
    }

    // MARK: - Places

    /// The line of a key, from 1; `nil` if it is written in an unusual way.
    private func line(of key: String, in section: String? = nil) -> Int? {
        var current: String?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("[") {
                current = String(line.dropFirst().prefix { $0 != "]" }).trimmingCharacters(in: .whitespaces)
                if section == nil, current == key { return index + 1 }
            } else if current == section {
                let name = line.prefix { $0 != "=" && $0 != "." }.trimmingCharacters(in: .whitespaces)
                if name.trimmingCharacters(in: CharacterSet(charactersIn: "\"'")) == key { return index + 1 }
            }
        }
        return nil
    }

    private func place(_ line: Int?) -> String {
        "The configuration file '\(path)'" + (line.map { ", line \($0)," } ?? "")
    }

    private func failure(_ reason: String, line: Int?, _ remedy: String) -> AkinError {
        AkinError(.wrongConfiguration, "\(place(line)) \(reason). \(remedy)")
    }
}
