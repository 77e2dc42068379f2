import Foundation
import Papers

/// The files of an `add`, read one after another; one that is of no use is noted and does not stop the others.
struct PaperInput {
    let paths: [String]
    let options: ImportOptions
    /// The bytes of the files, as far as they can be told.
    let byteCount: Int

    init(paths: [String], options: ImportOptions) {
        self.paths = paths
        self.options = options
        byteCount = paths.reduce(0) { sum, path in
            let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            return sum + (size ?? 0)
        }
    }

    /// Calls `body` with every batch of papers.
    ///
    /// - Throws: What `body` throws; a file's own error goes into the report.
    func forEachBatch(
        _ report: inout AddReport,
        progress: (AddProgress) -> Void,
        _ body: (_ papers: [Paper], _ report: inout AddReport) throws -> Void
    ) throws {
        var bytesBefore = 0
        for path in paths {
            do {
                for file in try PaperReader.files(at: path, options: options) {
                    let reader = try PaperReader(path: file, options: options)
                    var recordCount = 0
                    while let batch = try reader.next() {
                        report.skipped += batch.skipped
                        report.notes += batch.notes
                        recordCount += batch.papers.count
                        if !batch.papers.isEmpty { try body(batch.papers, &report) }
                        progress(reading(report, bytesBefore + reader.bytesRead))
                    }
                    bytesBefore += reader.bytesRead
                    if recordCount == 0 {
                        report.failedFiles.append(.init(file: file, message: Self.noPaper(in: file)))
                    }
                }
            } catch let error as PapersError {
                report.failedFiles.append(.init(file: path, message: "\(error)"))
            }
        }
    }

    private func reading(_ report: AddReport, _ bytesRead: Int) -> AddProgress {
        let fraction = byteCount > 0 ? Double(bytesRead) / Double(byteCount) : nil
        return AddProgress(.reading, papers: report.added + report.updated + report.unchanged, fraction: fraction)
    }

    private static func noPaper(in file: String) -> String {
        "Found no paper in '\(file)': none of its records has a title or an abstract. Check that the file is of the format "
            + "that it was read as; --format names another."
    }
}
