public import Foundation

/// A matrix of 32-bit floats in NumPy's format: a magic number, the length of a header, the header as a literal of
/// Python, and the rows. See <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.
extension Vectors {
    private static let magic = Data([0x93]) + Data("NUMPY".utf8)

    /// Reads a file.
    ///
    /// - Throws: ``VectorFileError`` if it is not a matrix of 32-bit floats, or the error of reading it.
    public init(npy file: URL) throws {
        let data = try Data(contentsOf: file, options: .alwaysMapped)
        guard data.count > 12, data.prefix(6) == Self.magic else {
            throw VectorFileError(description: "'\(file.path)' is not a file of NumPy's format.")
        }
        let isFirstVersion = data[6] == 1
        let lengthBytes = data[8..<(isFirstVersion ? 10 : 12)]
        let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        let start = lengthBytes.endIndex + length
        guard start <= data.count else { throw VectorFileError(description: "'\(file.path)' ends in its header.") }
        let header = String(decoding: data[lengthBytes.endIndex..<start], as: UTF8.self)
        let shape = header.firstMatch(of: /'shape': \((\d+), (\d+),?\)/).flatMap { match in
            Int(match.1).flatMap { rows in Int(match.2).map { (rows: rows, columns: $0) } }
        }
        guard header.contains("'descr': '<f4'"), header.contains("'fortran_order': False"), let shape, shape.columns > 0
        else {
            throw VectorFileError(
                description: "'\(file.path)' is not a matrix of little-endian 32-bit floats, row by row: \(header)"
            )
        }
        guard data.count - start == shape.rows * shape.columns * MemoryLayout<Float>.size else {
            throw VectorFileError(description: "'\(file.path)' is not as long as its header says.")
        }
        self.init(dimensions: shape.columns, values: data[start...].elements(Float.self))
    }

    /// Writes a file, and the folders above it.
    public func write(npy file: URL) throws {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(count), \(dimensions)), }"
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
        let length = UInt16(header.utf8.count)
        var data = Self.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Data(header.utf8)
        data.append(Data(elements: values))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file, options: .atomic)
    }
}

extension Data {
    /// The bytes as an array of numbers. A remainder that is too short for a number is left out.
    public func elements<Element: BitwiseCopyable & ExpressibleByIntegerLiteral>(_: Element.Type) -> [Element] {
        var elements = [Element](repeating: 0, count: count / MemoryLayout<Element>.stride)
        // SAFETY: the buffer has room for `count / stride` elements, any bytes of which are a number.
        _ = unsafe elements.withUnsafeMutableBytes { unsafe copyBytes(to: $0) }
        return elements
    }

    /// The bytes of an array of numbers.
    public init<Element: BitwiseCopyable>(elements: [Element]) {
        // SAFETY: the bytes are copied while the array is held.
        self = unsafe elements.withUnsafeBytes { unsafe Data($0) }
    }
}
