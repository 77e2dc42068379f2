public import Papers

/// The papers of files and folders, one file after another.
///
///     let library = try Library(creatingAt: "reading")
///     try library.add(from: PaperFiles(["papers.jsonl", "saved-pages"]))
///
/// A file that cannot be read, or that holds no paper, is reported in a batch (`PaperBatch.failedFiles`). The
/// source then continues with the next file.
///
/// A path that names a folder stands for the files directly inside it, see ``paths(in:options:)``. Files are found when
/// the source is created and opened when their turn comes.
public final class PaperFiles: PaperSource {
    /// This source never fails as a whole.
    public typealias Failure = Never

    /// The files, in the order in which they are read.
    public let paths: [String]

    /// The size of all files together, in bytes. Pipes and files that cannot be examined count 0.
    public let byteCount: Int?

    private let options: ImportOptions
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
        var files: [String] = []
        for path in paths {
            do throws(PaperFormatsError) {
                files += try PaperFiles.paths(in: path, options: options)
            } catch {
                failures.append(FailedFile(file: path, message: "\(error)"))
            }
        }
        self.paths = files
        self.options = options
        byteCount = files.reduce(0) { sum, file in
            guard case .file(let size) = try? PathKind(of: file) else { return sum }
            // Sparse files may be longer together than numbers go.
            let (total, isBeyond) = sum.addingReportingOverflow(size)
            return isBeyond ? Int.max : total
        }
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
        while open != nil || nextFile < paths.count {
            if let batch = nextBatchOfFile() { return batch }
        }
        return nil
    }

    /// Reads on in the open file, or in the next one. Returns `nil` at the end of a file.
    private func nextBatchOfFile() -> PaperBatch? {
        do throws(PaperFormatsError) {
            if open == nil { try openNext() }
            guard let file = open else { return nil }
            if let batch = try file.reader.nextBatch() {
                if !batch.papers.isEmpty { open?.hasPapers = true }
                return batch
            }
            close(file)
            return file.hasPapers ? nil : PaperBatch(failedFiles: [noPaper(in: file.reader)])
        } catch {
            if let open { close(open) }
            return PaperBatch(failedFiles: [FailedFile(file: paths[nextFile - 1], message: "\(error)")])
        }
    }

    private func openNext() throws(PaperFormatsError) {
        nextFile += 1
        open = OpenFile(reader: try PaperReader(path: paths[nextFile - 1], options: options))
    }

    private func close(_ file: OpenFile) {
        bytesOfClosedFiles += file.reader.bytesRead
        open = nil
    }

    private func noPaper(in reader: PaperReader) -> FailedFile {
        FailedFile(
            file: reader.path,
            message:
                "Found no paper in '\(reader.path)': none of its records has a title or an abstract. It was read as "
                + "'\(reader.format)'. If that is not its format, name the right one.")
    }
}
