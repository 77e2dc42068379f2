import SystemCalls

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// A file of vectors of one length, open for reading.
///
/// Opening reads the header and compares it with the size of the file. The vectors are read when they are asked for, as
/// 32-bit floats, so that a program needs no memory for more of them than it wants at a time:
///
/// ```swift
/// let file = try VectorFile(path: "sift_base.fvecs")
/// var index = try VectorIndex(dimensions: file.dimensions, metric: .squaredEuclidean)
/// try file.forEachBatch { first, components in
///     let keys = first..<first + components.count / file.dimensions
///     try index.add(components, keys: keys.map(UInt64.init))
/// }
/// ```
///
/// The format is NumPy's if the file begins so, whatever its name, and else the one that its name ends with. Arrays of
/// NumPy may be in the order of C or of Fortran, and of either byte order. 64-bit floats and 32-bit integers are
/// rounded to the nearest 32-bit float; a number beyond its range becomes infinite.
///
/// Several threads may read one file at once.
public final class VectorFile: Sendable {
    /// The path, as it was given.
    public let path: String

    private let file: FileDescriptor
    private let layout: VectorLayout

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - acceptsOneDimension: Whether an array of NumPy with one axis is one vector. Otherwise it is refused, for it
    ///     may be meant as one component of each of many.
    /// - Throws: ``VectorFileError`` if there is no such file, or it holds no vectors, with the remedy.
    public init(path: String, acceptsOneDimension: Bool = false) throws(VectorFileError) {
        self.path = path
        let byteCount: Int
        let kind: FileKind
        var beginning: [UInt8]
        do throws(SystemError) {
            file = try FileDescriptor(opening: path, flags: O_RDONLY)
            let status = try file.status()
            byteCount = Int(status.st_size)
            kind = FileKind(status)
            beginning = [UInt8](repeating: 0, count: max(0, min(byteCount, VectorLayout.longestBeginning)))
            if kind == .file {
                let count = try file.read(into: &beginning, count: beginning.count, at: 0)
                beginning.removeSubrange(count...)
            }
        } catch {
            throw .reading(path, error)
        }
        guard kind == .file else { throw .reading(path, .cannotRead, "it is \(kind.name) and not a file") }
        layout = try VectorLayout(
            of: path, beginning: beginning, byteCount: byteCount, acceptsOneDimension: acceptsOneDimension)
    }

    /// The format.
    public var format: VectorFileFormat { layout.format }

    /// What the file keeps of each component.
    public var element: VectorElementType { layout.element }

    /// The number of vectors.
    public var count: Int { layout.count }

    /// The number of components of each vector, 1 to 2³¹ − 1.
    public var dimensions: Int { layout.dimensions }
}

// MARK: - Reading

extension VectorFile {
    /// One vector.
    ///
    /// - Throws: ``VectorFileError`` if it cannot be read.
    /// - Precondition: 0 ≤ `row` < ``count``.
    public func vector(at row: Int) throws(VectorFileError) -> [Float] {
        precondition((0..<count).contains(row), "There is no vector \(row) of \(count)")
        return try vectors(in: row..<row + 1)
    }

    /// The components of all vectors, vector after vector.
    ///
    /// - Throws: ``VectorFileError`` if they cannot be read.
    public func vectors() throws(VectorFileError) -> [Float] { try vectors(in: 0..<count) }

    /// The components of some vectors, vector after vector.
    ///
    /// - Throws: ``VectorFileError`` if they cannot be read, or if one of them has another number of components.
    /// - Precondition: The range lies within 0 to ``count``.
    /// - Complexity: Memory for the result and a megabyte besides, or for one vector if that is more.
    public func vectors(in rows: Range<Int>) throws(VectorFileError) -> [Float] {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= count, "There are no vectors \(rows) of \(count)")
        var components = [Float](repeating: 0, count: rows.count * dimensions)
        if layout.isColumnMajor {
            try readColumns(rows, into: &components)
        } else {
            let layout = layout
            try forEachPiece(of: rows) { bytes, first, count in
                for row in 0..<count {
                    let target = (first - rows.lowerBound + row) * layout.dimensions
                    layout.forEachNumber(
                        in: bytes, at: row * layout.recordByteCount + layout.prefixByteCount, count: layout.dimensions
                    ) { components[target + $0] = $1 }
                }
            }
        }
        return components
    }

    /// The components of some vectors of integers, vector after vector, such as the keys of true neighbors.
    ///
    /// - Throws: ``VectorFileError`` if the file is no `.ivecs`, or they cannot be read.
    /// - Precondition: The range lies within 0 to ``count``.
    public func integers(in rows: Range<Int>) throws(VectorFileError) -> [Int32] {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= count, "There are no vectors \(rows) of \(count)")
        guard format == .ivecs else {
            throw VectorFileError(
                .notVectors, path: path,
                "Cannot read integers from '\(path)': it has components of \(element). Give an .ivecs file.")
        }
        var integers: [Int32] = []
        integers.reserveCapacity(rows.count * dimensions)
        let layout = layout
        try forEachPiece(of: rows) { bytes, _, count in
            for row in 0..<count {
                let start = row * layout.recordByteCount + layout.prefixByteCount
                for number in 0..<layout.dimensions {
                    integers.append(Int32(littleEndian: bytes.loaded(Int32.self, at: start + 4 * number)))
                }
            }
        }
        return integers
    }

    /// Calls `body` with all vectors, some at a time.
    ///
    /// - Parameters:
    ///   - batch: The most vectors at a time, at least 1. Default: as many as make 16 MB of floats.
    ///   - body: Takes the row of the first, and the components of all, vector after vector.
    /// - Throws: ``VectorFileError`` if they cannot be read; what `body` throws.
    public func forEachBatch(
        of batch: Int? = nil, _ body: (_ first: Int, _ components: [Float]) throws -> Void
    ) throws {
        let batch = max(1, batch ?? Self.batchComponents / dimensions)
        var first = 0
        while first < count {
            let next = first + min(batch, count - first)
            try body(first, vectors(in: first..<next))
            first = next
        }
    }

    private static let batchComponents = 1 << 22
}

// MARK: - Pieces of the file

extension VectorFile {
    /// The bytes that are read at a time.
    private static let pieceByteCount = 1 << 20

    /// Calls `body` with the bytes of some vectors, as many at a time as make a piece, at least one, and checks the
    /// number before each.
    private func forEachPiece(
        of rows: Range<Int>, _ body: (_ bytes: [UInt8], _ first: Int, _ count: Int) -> Void
    ) throws(VectorFileError) {
        let most = max(1, Self.pieceByteCount / layout.recordByteCount)
        var bytes = [UInt8](repeating: 0, count: min(most, rows.count) * layout.recordByteCount)
        var first = rows.lowerBound
        while first < rows.upperBound {
            let count = min(most, rows.upperBound - first)
            try read(count * layout.recordByteCount, at: layout.start + first * layout.recordByteCount, into: &bytes)
            if layout.prefixByteCount > 0 { try checkPrefixes(of: bytes, first: first, count: count) }
            body(bytes, first, count)
            first += count
        }
    }

    private func checkPrefixes(of bytes: [UInt8], first: Int, count: Int) throws(VectorFileError) {
        for row in 0..<count {
            let said = Int32(littleEndian: bytes.loaded(Int32.self, at: row * layout.recordByteCount))
            guard said == dimensions else {
                throw .reading(
                    path, .damaged,
                    "vector \(first + row) has \(said) components, and the first one has \(dimensions)",
                    "All vectors of a file need the same number, and the ending of its name tells what they are of.")
            }
        }
    }

    private func readColumns(_ rows: Range<Int>, into components: inout [Float]) throws(VectorFileError) {
        let size = element.byteCount
        let most = Self.pieceByteCount / size
        var bytes = [UInt8](repeating: 0, count: min(most, rows.count) * size)
        for column in 0..<(rows.isEmpty ? 0 : dimensions) {
            var first = rows.lowerBound
            while first < rows.upperBound {
                let count = min(most, rows.upperBound - first)
                try read(count * size, at: layout.start + (column * self.count + first) * size, into: &bytes)
                let target = (first - rows.lowerBound) * dimensions + column
                layout.forEachNumber(in: bytes, at: 0, count: count) { components[target + $0 * dimensions] = $1 }
                first += count
            }
        }
    }

    private func read(_ count: Int, at offset: Int, into bytes: inout [UInt8]) throws(VectorFileError) {
        let read: Int
        do throws(SystemError) {
            read = try file.read(into: &bytes, count: count, at: offset)
        } catch {
            throw .reading(path, error)
        }
        guard read == count else {
            throw .reading(path, .damaged, "it became shorter while it was read", "Read it again.")
        }
    }
}
