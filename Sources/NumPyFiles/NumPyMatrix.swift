import SystemCalls

/// A matrix of floats in a file of NumPy's format `.npy`: a magic number, the length of a header, the header as a
/// literal of Python, and the rows. See <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.
package struct NumPyMatrix: Sendable, Hashable {
    /// The number of rows.
    package let rowCount: Int
    /// The number of columns, at least 1.
    package let columnCount: Int
    /// The rows, one after another.
    package let values: [Float]

    /// Creates a matrix.
    ///
    /// - Precondition: There are `rowCount` · `columnCount` values.
    package init(rowCount: Int, columnCount: Int, values: [Float]) {
        precondition(
            rowCount * columnCount == values.count,
            "\(values.count) values are no matrix of \(rowCount) x \(columnCount)")
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.values = values
    }

    /// A row, by its number.
    package func row(_ index: Int) -> [Float] { Array(values[index * columnCount..<(index + 1) * columnCount]) }

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// Reads a file of floats of 16, 32 or 64 bits, row by row. A list of numbers is one row.
    ///
    /// - Throws: ``NumPyFileError``, which names the file.
    package init(readingFrom path: String) throws(NumPyFileError) {
        let bytes: [UInt8]
        do throws(FileReadingError) {
            bytes = try SystemCalls.bytes(ofFileAt: path).bytes
        } catch {
            throw NumPyFileError(.unreadable, "Cannot read '\(path)': \(error).")
        }
        func failure(_ reason: String) -> NumPyFileError {
            NumPyFileError(.notAMatrix, "Cannot read vectors from '\(path)': \(reason).")
        }
        guard bytes.count > 12, Array(bytes.prefix(6)) == Self.magic else {
            throw failure("it is no file of NumPy's format. Write it with numpy.save")
        }
        let lengthBytes = bytes[8..<(bytes[6] == 1 ? 10 : 12)]
        let start = lengthBytes.endIndex + lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        guard start <= bytes.count else { throw failure("it ends in its header") }
        let header = String(decoding: bytes[lengthBytes.endIndex..<start], as: UTF8.self)
        guard let type = header.firstMatch(of: /'descr': '<(f2|f4|f8)'/)?.1, header.contains("'fortran_order': False")
        else {
            throw failure("its numbers are no floats in rows. Convert them with numpy.ascontiguousarray(x, 'float32')")
        }
        guard let shape = header.firstMatch(of: /'shape': \((\d+),(?: (\d+),?)?\)/) else {
            throw failure("it is no matrix")
        }
        let first = Int(shape.1) ?? -1
        let (rows, columns) = shape.2.map { (first, Int($0) ?? -1) } ?? (1, first)
        let size = type == "f2" ? 2 : type == "f4" ? 4 : 8
        let (count, isBeyond) = rows.multipliedReportingOverflow(by: columns)
        guard rows >= 0, columns > 0, !isBeyond, count <= bytes.count, bytes.count - start == count * size else {
            throw failure("it is not as long as its header says")
        }
        rowCount = rows
        columnCount = columns
        values = Self.floats(bytes[start...], count: count, size: size)
    }

    private static func floats(_ bytes: ArraySlice<UInt8>, count: Int, size: Int) -> [Float] {
        // SAFETY: the loads lie within `count` numbers of `size` bytes, which the caller has counted, and need no
        // alignment.
        unsafe bytes.withUnsafeBytes { bytes in
            (0..<count).map { index in
                switch size {
                case 2:
                    let bits = unsafe bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
                    return Self.float(ofHalf: UInt16(littleEndian: bits))
                case 4:
                    let bits = unsafe bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                    return Float(bitPattern: UInt32(littleEndian: bits))
                default:
                    let bits = unsafe bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
                    return Float(Double(bitPattern: UInt64(littleEndian: bits)))
                }
            }
        }
    }

    /// The value of a float of 16 bits. Swift has no such type on every platform.
    private static func float(ofHalf bits: UInt16) -> Float {
        let (sign, exponent, fraction) = (bits >> 15, Int(bits >> 10 & 0x1F), Float(bits & 0x3FF))
        let magnitude: Float =
            switch exponent {
            case 0: fraction * 0x1p-24
            case 31: fraction == 0 ? .infinity : .nan
            default: (1 + fraction * 0x1p-10) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
            }
        return sign == 0 ? magnitude : -magnitude
    }

    /// Writes a file of 32-bit floats, as a whole or not at all.
    ///
    /// - Throws: ``NumPyFileError``.
    package func write(to path: String) throws(NumPyFileError) {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rowCount), \(columnCount)), }"
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
        let length = UInt16(header.utf8.count)
        let words = values.map(\.bitPattern.littleEndian)
        // SAFETY: numbers of 32 bits have no padding between them.
        let rows = unsafe words.withUnsafeBytes { unsafe Array($0) }
        do throws(SystemError) {
            try writeFile(
                Self.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(header.utf8) + rows, to: path)
        } catch {
            throw NumPyFileError(.unwritable, "Cannot write '\(path)': \(systemMessage(error.number)).")
        }
    }
}

/// What is wrong with a file of vectors.
package struct NumPyFileError: Error, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: Hashable, Sendable {
        /// The system refused to read it.
        case unreadable
        /// The system refused to write it.
        case unwritable
        /// It is no matrix of floats.
        case notAMatrix
    }

    /// The kind of failure.
    package let code: Code
    /// What failed, on what file, why, and what to do.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    package var description: String { message }
}
