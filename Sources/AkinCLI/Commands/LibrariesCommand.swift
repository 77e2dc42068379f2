import Akin
import AkinReports
import ArgumentParser
import Foundation

/// `akin libraries`
struct LibrariesCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "libraries", abstract: "List the libraries that have a name.",
        discussion: """
            They are those of the configuration file's table [libraries], and those in the data folder. --library \
            takes a name or a folder.

            EXAMPLES
              akin libraries
            """
    )

    @OptionGroup var options: LibraryOptions

    func result(_ console: Console) throws -> CommandResult<LibrariesReport> {
        let path = Self.standard(options.path)
        var places = Configuration.current.libraries.map { (name: $0.key, path: Self.standard($0.value)) }
        let folder = URL(filePath: options.dataFolder.library(named: "")).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        places += names.map { ($0, Self.standard(options.dataFolder.library(named: $0))) }
        if !places.contains(where: { $0.path == path }) { places.append(("", path)) }
        places.sort { ($0.name, $0.path) < ($1.name, $1.path) }
        var known: Set<String> = []
        let libraries = places.filter { known.insert($0.path).inserted }.compactMap { place in
            Self.entry(place.name, place.path, isDefault: place.path == path)
        }
        return CommandResult(
            report: LibrariesReport(libraries), text: { Self.lines(libraries) },
            remarks: libraries.isEmpty ? ["There is no library yet. akin add FILE makes one."] : [],
            status: libraries.isEmpty ? .nothingFound : .done)
    }

    /// A path in the one spelling that is compared.
    private static func standard(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path }

    /// A library; `nil` if there is none at a place.
    private static func entry(_ name: String, _ path: String, isDefault: Bool) -> LibrariesReport.Library? {
        do {
            let count = try Library(at: path).paperCount()
            return LibrariesReport.Library(name: name, path: path, papers: count, isDefault: isDefault)
        } catch {
            // A damaged library is one.
            if error.code == .noLibrary { return nil }
            return LibrariesReport.Library(name: name, path: path, papers: nil, isDefault: isDefault)
        }
    }

    private static func lines(_ libraries: [LibrariesReport.Library]) -> [String] {
        let width = libraries.map { displayWidth($0.name) }.max() ?? 0
        return libraries.map { library in
            let name = library.name + String(repeating: " ", count: width - displayWidth(library.name))
            let papers = library.papers.map { "\($0) \($0 == 1 ? "paper" : "papers")" } ?? "cannot be opened"
            return oneLine("\(name)  \(papers)  \(library.path)\(library.isDefault ? "  (default)" : "")")
        }
    }
}
