import Foundation
public import Papers

/// The papers of files and folders, one file after another.
///
///     let library = try Library(creatingAt: "reading")
///     try library.add(from: PaperFiles(["papers.jsonl", "saved-pages"]))
///
/// A file that cannot be read, or that holds no paper, is reported in a batch (`PaperBatch.failedFiles`). The
/// source then continues with the next file.
///
/// A path that names a folder stands for the files in it and in its folders, and one that names a zip archive for the
/// files in that; see ``paths(in:options:)``. The path `-` is standard input. Files are found when the source is created
/// and opened when their turn comes. A note at the end says how many files of a folder hold no papers.
public final class PaperFiles: PaperSource {
    /// This source never fails as a whole.
    public typealias Failure = Never

    /// The files, in the order in which they are read.
    public var paths: [String] { files.map(\.path) }

    /// The size of all files together, in bytes. Pipes and files that cannot be examined count 0.
    public let byteCount: Int?

    private let files: [FoundFile]
    /// The source of each file, by its place in `sources`.
    private let sourceOfFile: [Int]
    /// The paths that were given, in absolute form, and what a library remembers of each; `nil` for nothing.
    private let sources: [(name: String, state: FileSource.State?)]
    /// The sources of which something could not be read. They are read again when the library is asked to.
    private var incompleteSources: Set<Int> = []
    private let options: ImportOptions
    private var notes: [ImportNote] = []
    private var failures: [FailedFile] = []
    private var nextFile = 0
    private var open: OpenFile?
    private var bytesOfClosedFiles = 0

    private struct OpenFile {
        let reader: PaperReader
        var hasPapers = false
    }

    /// Finds the files at some paths.
    ///
    /// - Parameters:
    ///   - paths: Files, or folders of files.
    ///   - options: How to read them.
    /// - Complexity: O(*n*) for *n* files. In a folder, the first 64 KB of each file are read.
    public init(_ paths: [String], options: ImportOptions = ImportOptions()) {
        var files: [FoundFile] = []
        var sourceOfFile: [Int] = []
        var sources: [(name: String, state: FileSource.State?)] = []
        for path in paths {
            do throws(PaperFormatsError) {
                let search = try FileSearch(path, options: options)
                files += search.files
                sourceOfFile += search.files.map { _ in sources.count }
                if !search.failures.isEmpty { incompleteSources.insert(sources.count) }
                // What changes while the files are read counts as a change.
                let isRemembered = options.remembersFiles && search.files.allSatisfy(\.isLasting)
                sources.append(
                    (
                        URL(filePath: path).standardizedFileURL.path,
                        isRemembered ? FileSource.State(search.files, options) : nil
                    ))
                failures += search.failures.map { FailedFile(file: $0.path, message: "\($0)") }
                if let note = PaperFiles.note(on: path, passedOver: search.passedOverCount) { notes.append(note) }
            } catch {
                failures.append(FailedFile(file: path, message: "\(error)"))
            }
        }
        self.files = files
        self.sourceOfFile = sourceOfFile
        self.sources = sources
        self.options = options
        byteCount = files.reduce(0) { sum, file in
            // Sparse files may be longer together than numbers go.
            let (total, isBeyond) = sum.addingReportingOverflow(file.byteCount)
            return isBeyond ? Int.max : total
        }
    }

    /// The sources that have been read to their ends. Standard input and pipes are none.
    public var remembered: [RememberedSource] {
        guard nextFile == files.count, open == nil else { return [] }
        return sources.indices.compactMap { index in
            guard let state = sources[index].state, !incompleteSources.contains(index) else { return nil }
            return RememberedSource(name: sources[index].name, state: state.text)
        }
    }

    private static func note(on path: String, passedOver count: Int) -> ImportNote? {
        if count == 0 { return nil }
        let files = count == 1 ? "1 file that holds no papers" : "\(count) files that hold no papers"
        return ImportNote(.filesPassedOver, file: path, line: 0, message: "passed over \(files)")
    }

    /// The part of all files that has been read, from 0 to 1, or `nil` if their size is unknown.
    public var fractionRead: Double? {
        guard let byteCount, byteCount > 0 else { return nil }
        return min(1, Double(bytesOfClosedFiles + (open?.reader.bytesRead ?? 0)) / Double(byteCount))
    }

    /// Returns the next papers, or `nil` after the last file.
    public func nextBatch() -> PaperBatch? {
        if !failures.isEmpty {
            defer { failures = [] }
            return PaperBatch(failedFiles: failures)
        }
        while open != nil || nextFile < files.count {
            if let batch = nextBatchOfFile() { return batch }
        }
        guard !notes.isEmpty else { return nil }
        defer { notes = [] }
        return PaperBatch(notes: notes)
    }

    /// Reads on in the open file, or in the next one. Returns `nil` at the end of a file.
    private func nextBatchOfFile() -> PaperBatch? {
        do throws(PaperFormatsError) {
            if open == nil { try openNext() }
            guard let file = open else { return nil }
            if var batch = try file.reader.nextBatch() {
                if !batch.papers.isEmpty { open?.hasPapers = true }
                let source = sources[sourceOfFile[nextFile - 1]]
                if source.state != nil { batch.source = source.name }
                return batch
            }
            close(file)
            if file.hasPapers { return nil }
            incompleteSources.insert(sourceOfFile[nextFile - 1])
            return PaperBatch(failedFiles: [noPaper(in: file.reader)])
        } catch {
            if let open { close(open) }
            incompleteSources.insert(sourceOfFile[nextFile - 1])
            return PaperBatch(failedFiles: [FailedFile(file: files[nextFile - 1].path, message: "\(error)")])
        }
    }

    private func openNext() throws(PaperFormatsError) {
        nextFile += 1
        open = OpenFile(reader: try PaperReader(files[nextFile - 1], options: options))
    }

    private func close(_ file: OpenFile) {
        bytesOfClosedFiles += file.reader.bytesRead
        open = nil
    }

    private func noPaper(in reader: PaperReader) -> FailedFile {
        FailedFile(
            file: reader.path,
            message:
                "Found no paper in '\(reader.path)': none of its records names a paper. It was read as "
                + "'\(reader.format)'. If that is not its format, name the right one.")
    }
}
