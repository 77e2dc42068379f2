import HNSW
import MappedFiles
import VectorKernels

/// Writes files as version 1 of the format had them: without the section `frame`, and with codes that start from the
/// origin.
enum VersionOneFile {
    /// Writes the index in a file of version 2 as a file of version 1. It has `int8` or `float32` elements and
    /// measures squared Euclidean distances.
    static func write(_ path: String, from current: String, dimensions: Int) throws {
        let file = try SectionedFile(path: current, kind: FileKind("hnsw"), versions: 2...2)
        var writer = try SectionedFileWriter(path: path, kind: FileKind("hnsw"), version: 1)
        for name in file.sectionNames where !["frame", "factors", "codes", "residuals", "norms"].contains(name) {
            try copySection(name, of: file, to: &writer)
        }
        if file.has("codes") {
            let floats = Array(try file.array("floats", of: Float.self))
            try writeCodes(of: floats, dimensions: dimensions, to: &writer)
        }
        try writer.commit()
    }

    private static func writeCodes(
        of floats: [Float], dimensions: Int, to writer: inout SectionedFileWriter
    ) throws {
        let layout = RowLayout(dimensions: dimensions, elements: .codes)
        let stride = RowLayout(dimensions: dimensions, elements: .floats).stride
        let frame = RowFrame(comparison: .squaredEuclidean, unit: 1, center: [])
        var codes: [UInt8] = []
        var (scales, residuals, norms): ([Float], [Float], [Float]) = ([], [], [])
        for start in Swift.stride(from: 0, to: floats.count, by: stride) {
            var code = [UInt8](repeating: 128, count: layout.stride)
            var centered = [Float](repeating: 0, count: dimensions)
            let vector = Array(floats[start..<start + dimensions])
            // SAFETY: all three have room for a row.
            let factors = unsafe frame.encode(vector, layout: layout, centered: &centered, into: &code)
            codes += code
            scales.append(factors.scale)
            residuals.append(factors.residual)
            norms.append(factors.norm)
        }
        try writer.add("codes", codes)
        try writer.add("scales", scales)
        try writer.add("residuals", residuals)
        try writer.add("norms", norms)
    }
}
