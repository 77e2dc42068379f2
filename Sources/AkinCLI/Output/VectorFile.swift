import Akin
import AkinReports
import Foundation
import NumPyFiles
import TextEncoding

/// Vectors of papers on their way to a NumPy file, and the ids of the papers to a text file beside it.
struct VectorFile {
    /// The file of the vectors.
    let path: String
    /// The ids, in the order of the rows.
    private(set) var ids: [String] = []

    private let columnCount: Int
    private var values: [Float] = []

    /// Begins a file of vectors with some number of components.
    init(path: String, columnCount: Int) {
        self.path = path
        self.columnCount = columnCount
    }

    /// The file of the ids: that of the vectors with another ending.
    var idPath: String {
        (path.hasSuffix(".npy") ? String(path.dropLast(4)) : path) + ".ids"
    }

    /// Refuses paths that nothing should be written to.
    ///
    /// - Parameters:
    ///   - replacesFiles: Whether existing files may be replaced.
    ///   - inputs: Files that are read. They are never replaced.
    /// - Throws: `AkinError` with code `invalidArgument`; `ValidationError` for a file that is read.
    func checkPaths(replacesFiles: Bool, inputs: [String] = []) throws {
        for output in [path, idPath] { try checkOutput(output, apartFrom: inputs) }
        try checkOutput(path, of: "vectors", replacesAnyFile: replacesFiles)
        try checkOutput(idPath, of: "the ids of papers", replacesAnyFile: replacesFiles)
    }

    /// Adds the row of a paper.
    mutating func append(_ id: String, _ vector: Embedding) {
        ids.append(id)
        values += vector.components
    }

    /// Writes both files.
    ///
    /// - Throws: `AkinError` with code `cannotWrite`.
    func write() throws(AkinError) {
        do {
            try NumPyMatrix(rowCount: ids.count, columnCount: columnCount, values: values).write(to: path)
            try Data((ids.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: idPath), options: .atomic)
        } catch let error as NumPyFileError {
            throw AkinError(.cannotWrite, error.message, remedy: .chooseAnotherFolder, cause: error)
        } catch {
            throw AkinError(translating: error)
        }
    }

    /// What was written, as data.
    var report: VectorFileReport {
        VectorFileReport(output: path, ids: idPath, vectors: ids.count, dimensions: columnCount)
    }

    /// What was written, for a person.
    var summary: String {
        "Wrote \(ids.count) vector(s) of \(columnCount) dimensions to \(path), and the ids to \(idPath)."
    }
}
