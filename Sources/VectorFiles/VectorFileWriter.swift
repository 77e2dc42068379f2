import ArraySpans
import MappedFiles

/// A file of vectors that is written some at a time, and appears at its path when it is complete.
///
/// ```swift
/// let writer = try VectorFileWriter(path: "papers.fvecs", dimensions: 256)
/// try writer.append(vector)
/// try writer.finish()
/// ```
///
/// A file that is given up before ``finish()`` leaves nothing behind, and an older file at the path as it was.
public final class VectorFileWriter {
    /// The path of the file.
    public let path: String
    /// The format.
    public let format: VectorFileFormat
    /// The number of components of each vector.
    public let dimensions: Int
    /// The number of vectors so far.
    public private(set) var count = 0

    private var file: PartialFile?
    private var buffer: [UInt8] = []
    private static let bufferByteCount = 1 << 20

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - path: The file. Its folder must exist.
    ///   - dimensions: The number of components of each vector, 1 to 2³¹ − 1.
    ///   - format: The format. `npy` and `fvecs` take 32-bit floats, `ivecs` takes integers. Default: the one that the
    ///     path ends with, and else `npy`.
    /// - Throws: ``VectorFileError`` with code `cannotWrite`, or `unknownFormat` for `bvecs`, which is read only.
    public init(path: String, dimensions: Int, format: VectorFileFormat? = nil) throws(VectorFileError) {
        self.path = path
        self.format = format ?? VectorFileFormat(endingOf: path) ?? .npy
        self.dimensions = dimensions
        guard self.format != .bvecs else {
            throw VectorFileError(
                .unknownFormat, path: path,
                "Cannot write '\(path)': a .bvecs file has bytes, which floats do not fit into. Write .fvecs or .npy.")
        }
        guard (1...VectorLayout.largestDimensions).contains(dimensions) else {
            throw VectorFileError(
                .cannotWrite, path: path,
                "Cannot write '\(path)': vectors have 1 to \(VectorLayout.largestDimensions) components, not "
                    + "\(dimensions).")
        }
        do throws(MappedFileError) {
            file = try PartialFile(path: path)
        } catch {
            throw VectorFileError(.cannotWrite, path: path, error.message)
        }
        if self.format == .npy { buffer = NumPyHeader.bytes(rowCount: 0, columnCount: dimensions) }
    }

    /// Writes vectors of floats.
    ///
    /// - Parameter components: Those of one vector or more, vector after vector.
    /// - Throws: ``VectorFileError`` with code `cannotWrite`.
    /// - Precondition: Their number is a multiple of ``dimensions``, the format is not `ivecs`, and the file is not
    ///   finished.
    public func append(_ components: [Float]) throws(VectorFileError) {
        precondition(format != .ivecs, "An .ivecs file takes integers")
        try append(components, bits: { $0.bitPattern })
    }

    /// Writes vectors of integers.
    ///
    /// - Parameter components: Those of one vector or more, vector after vector.
    /// - Throws: ``VectorFileError`` with code `cannotWrite`.
    /// - Precondition: Their number is a multiple of ``dimensions``, the format is `ivecs`, and the file is not
    ///   finished.
    public func append(integers components: [Int32]) throws(VectorFileError) {
        precondition(format == .ivecs, "A .\(format.rawValue) file takes floats")
        try append(components, bits: { UInt32(bitPattern: $0) })
    }

    private func append<Number>(
        _ components: [Number], bits: (Number) -> UInt32
    ) throws(VectorFileError) {
        precondition(
            components.count.isMultiple(of: dimensions),
            "\(components.count) components are no vectors of \(dimensions)")
        let piece = format == .npy ? Self.bufferByteCount / 4 : dimensions
        for start in stride(from: 0, to: components.count, by: piece) {
            let words = components[start..<min(start + piece, components.count)].map { bits($0).littleEndian }
            if format != .npy { enter([UInt32(dimensions).littleEndian]) }
            enter(words)
            if buffer.count >= Self.bufferByteCount { try flush() }
        }
        count += components.count / dimensions
    }

    private func enter(_ words: [UInt32]) {
        // SAFETY: numbers of 32 bits have no padding between them.
        unsafe words.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
    }

    private func flush() throws(VectorFileError) {
        try writing { file throws(MappedFileError) in try file.append(buffer) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Completes the file, and puts it at its path when all bytes are on the disk.
    ///
    /// - Throws: ``VectorFileError`` with code `cannotWrite`.
    /// - Precondition: The file is not finished.
    public func finish() throws(VectorFileError) {
        try flush()
        if format == .npy {
            let header = NumPyHeader.bytes(rowCount: count, columnCount: dimensions)
            try writing { file throws(MappedFileError) in try file.overwrite(header, at: 0) }
        }
        guard let complete = file.take() else { return }
        do throws(MappedFileError) {
            try complete.commit()
        } catch {
            throw VectorFileError(.cannotWrite, path: path, error.message)
        }
    }

    private func writing(
        _ body: (inout PartialFile) throws(MappedFileError) -> Void
    ) throws(VectorFileError) {
        guard var open = file.take() else { preconditionFailure("'\(path)' is finished") }
        do throws(MappedFileError) {
            try body(&open)
            file = consume open
        } catch {
            throw VectorFileError(.cannotWrite, path: path, error.message)
        }
    }
}
