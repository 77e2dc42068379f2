import Foundation
import Papers

/// A file or folder that a library remembers, see `RememberedSource`: its path, how it was read, and what its files were
/// like.
///
///     for source in try library.sources() {
///         guard let file = FileSource(name: source.name, state: source.state), file.hasChanged else { continue }
///         try library.add(from: file.papers())
///     }
public struct FileSource: Sendable {
    /// The absolute path.
    public let path: String

    private let options: ImportOptions
    private let state: State

    /// What a source was like. Its JSON is the text that a library keeps.
    struct State: Codable, Equatable {
        /// The format that was named, `auto` if none was.
        var format: String
        /// The columns of tables that were named.
        var columns: [String: String]?
        /// The files, in the order in which they were read.
        var files: [File]

        struct File: Codable, Equatable {
            var path: String
            var size: Int
            /// The time of the last change, in nanoseconds since 1970.
            var modified: Int64
        }
    }

    /// Reads what a library remembers; `nil` if it is no file's.
    ///
    /// - Parameters:
    ///   - name: The name of the source.
    ///   - state: What it was like.
    ///   - threads: The number of threads that decode records. `nil` is one for each core.
    public init?(name: String, state: String, threads: Int? = nil) {
        guard name.hasPrefix("/"), let state = try? JSONDecoder().decode(State.self, from: Data(state.utf8)),
            let format = ImportFormat(named: state.format)
        else { return nil }
        path = name
        self.state = state
        options = ImportOptions(format: format, threads: threads, columns: state.columns ?? [:])
    }

    /// Whether nothing is at the path any more.
    ///
    /// A file in an archive is gone if the archive has no such member. An archive that cannot be read is there, and
    /// reading it says what is wrong.
    public var isGone: Bool {
        do throws(PaperFormatsError) {
            return try FoundFile(path: path).member == nil && !FileManager.default.fileExists(atPath: path)
        } catch {
            return false
        }
    }

    /// Whether a file has changed, or has come or gone, by sizes and times.
    public var hasChanged: Bool { State(of: path, options) != state }

    /// The papers of the source, read as they were read before.
    public func papers() -> PaperFiles {
        var options = options
        options.remembersFiles = true
        return PaperFiles([path], options: options)
    }
}

extension FileSource.State {
    /// Looks at the files of a path; `nil` if they cannot be found.
    init?(of path: String, _ options: ImportOptions) {
        guard let search = try? FileSearch(path, options: options) else { return nil }
        self.init(search.files, options)
    }

    /// Looks at files.
    init(_ found: [FoundFile], _ options: ImportOptions) {
        format = options.format.name
        columns = options.columns.isEmpty ? nil : options.columns
        files = found.flatMap(\.filesOnDisk).map { path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let modified = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return File(
                path: URL(filePath: path).standardizedFileURL.path, size: (attributes?[.size] as? Int) ?? 0,
                modified: Int64(exactly: (modified * 1e9).rounded()) ?? 0)
        }
    }

    /// The text that a library keeps.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension FoundFile {
    /// Whether the file can be read again: it is no pipe.
    var isLasting: Bool {
        if member != nil { return true }
        if case .file = try? PathKind(of: path) { return true }
        return false
    }

    /// The files whose changes change the papers: that of an archive for its members, and the log of Zotero's database
    /// beside it.
    fileprivate var filesOnDisk: [String] {
        if let member { return [member.archive.path] }
        let logs = ["-wal", "-journal"].map { path + $0 }
        return [path] + (path.hasSuffix(".sqlite") ? logs.filter { FileManager.default.fileExists(atPath: $0) } : [])
    }
}
