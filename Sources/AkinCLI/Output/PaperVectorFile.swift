import Akin
import AkinReports
import Foundation
import TextEncoding
import VectorFiles

/// Vectors of papers on their way to a file, and the ids of the papers to a text file beside it.
struct PaperVectorFile {
    /// The ids, in the order of the rows.
    private(set) var ids: [String] = []

    private let writer: VectorFileWriter

    /// Begins a file of vectors in the format that its name ends with, after it has refused paths that nothing should
    /// be written to.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - dimensions: The number of components of each vector.
    ///   - replacesFiles: Whether existing files may be replaced.
    ///   - inputs: Files that are read. They are never replaced.
    /// - Throws: `AkinError` with code `invalidArgument` or `cannotWrite`; `ValidationError` for a file that is read.
    init(path: String, dimensions: Int, replacesFiles: Bool, inputs: [String] = []) throws {
        let idPath = Self.idPath(of: path)
        for output in [path, idPath] { try checkOutput(output, apartFrom: inputs) }
        try checkOutput(path, of: "vectors", replacesAnyFile: replacesFiles)
        try checkOutput(idPath, of: "the ids of papers", replacesAnyFile: replacesFiles)
        let format = VectorFileFormat(endingOf: path) ?? .npy
        guard format != .ivecs else {
            throw AkinError(
                .invalidArgument,
                "Cannot write '\(path)': an .ivecs file has integers, which vectors do not fit into. Write .fvecs or "
                    + ".npy.")
        }
        do throws(VectorFileError) {
            writer = try VectorFileWriter(path: path, dimensions: dimensions, format: format)
        } catch {
            throw error.onWriting
        }
    }

    /// The name of the format.
    var format: String { writer.format.rawValue }

    /// The file of the ids: that of the vectors with another ending.
    private var idPath: String { Self.idPath(of: writer.path) }

    private static func idPath(of path: String) -> String {
        let ending = VectorFileFormat(endingOf: path).map { $0.rawValue.count + 1 } ?? 0
        return path.dropLast(ending) + ".ids"
    }

    /// Adds the row of a paper.
    ///
    /// - Throws: `AkinError` with code `cannotWrite`.
    mutating func append(_ id: String, _ vector: Embedding) throws(AkinError) {
        do throws(VectorFileError) {
            try writer.append(vector.components)
        } catch {
            throw error.onWriting
        }
        ids.append(id)
    }

    /// Completes both files.
    ///
    /// - Throws: `AkinError` with code `cannotWrite`.
    func finish() throws(AkinError) {
        do {
            try writer.finish()
            try Data((ids.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: idPath), options: .atomic)
        } catch let error as VectorFileError {
            throw error.onWriting
        } catch {
            throw AkinError(translating: error)
        }
    }

    /// What was written, as data.
    var report: VectorFileReport {
        VectorFileReport(output: writer.path, ids: idPath, vectors: ids.count, dimensions: writer.dimensions)
    }

    /// What was written, for a person.
    var summary: String {
        "Wrote \(ids.count) vector(s) of \(writer.dimensions) dimensions to \(writer.path), and the ids to \(idPath)."
    }
}

extension VectorFileError {
    /// The same, as a command says it.
    fileprivate var onWriting: AkinError {
        code == .cannotWrite
            ? AkinError(.cannotWrite, message, remedy: .chooseAnotherFolder, cause: self)
            : AkinError(.invalidArgument, message, cause: self)
    }
}
