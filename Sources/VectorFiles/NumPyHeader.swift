/// What the header of a file of NumPy's format says.
///
/// | bytes | are |
/// | --- | --- |
/// | 0 to 5 | `93` and `NUMPY` |
/// | 6, 7 | the version, 1 to 3, and 0 |
/// | 8, 9 (from version 2 on 8 to 11) | the number of bytes of the text, little-endian |
/// | behind them | the text: a dictionary of Python with the keys `descr`, `fortran_order` and `shape` |
///
/// See <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.
struct NumPyHeader {
    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// The type of the numbers, such as `<f4`; that of an array of records is their description.
    let type: String
    let isColumnMajor: Bool
    /// The lengths of the axes.
    let shape: [Int]
    /// Where the numbers begin, in bytes.
    let byteCount: Int

    /// The longest text that is read. NumPy itself refuses more than 10,000 bytes unless told otherwise.
    static let longestText = 1 << 20

    /// Reads the beginning of a file.
    ///
    /// - Parameters:
    ///   - bytes: As many bytes as there are, and no more than ``longestText`` and 12.
    ///   - path: The file, for messages.
    /// - Throws: ``VectorFileError``.
    init(_ bytes: [UInt8], of path: String) throws(VectorFileError) {
        let version = bytes.count > 6 ? bytes[6] : 1
        guard (1...3).contains(version) else {
            throw .reading(
                path, .unknownFormat, "it has version \(version) of NumPy's format, and this build reads 1 to 3",
                "Write it again with numpy.save.")
        }
        let textStart = version == 1 ? 10 : 12
        guard bytes.count >= textStart else { throw Self.cut(path) }
        let length = bytes[8..<textStart].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.longestText else {
            throw .reading(
                path, .damaged, "its header is said to have \(length) bytes", "Write it again with numpy.save.")
        }
        guard bytes.count >= textStart + length else { throw Self.cut(path) }
        byteCount = textStart + length
        guard case .dictionary(let entries)? = PythonLiteral(parsing: bytes[textStart..<byteCount]),
            let description = entries["descr"], case .boolean(let isColumnMajor)? = entries["fortran_order"],
            case .sequence(let axes)? = entries["shape"]
        else {
            throw .reading(
                path, .damaged, "its header does not tell the type, the order and the shape of an array",
                "Write it again with numpy.save.")
        }
        if case .text(let name) = description { type = name } else { type = "records" }
        self.isColumnMajor = isColumnMajor
        var shape: [Int] = []
        for axis in axes {
            guard case .number(let digits) = axis, let length = Int(digits) else {
                throw .reading(
                    path, .damaged, "its header gives the array an axis of a length that no file has",
                    "Write it again with numpy.save.")
            }
            shape.append(length)
        }
        self.shape = shape
    }

    private static func cut(_ path: String) -> VectorFileError {
        .reading(path, .damaged, "it ends in its header", "It was cut short: copy it or write it again.")
    }

    /// The beginning of a file of 32-bit floats in rows, always as long as ``writtenByteCount``, so that it may be
    /// written before the number of rows is known.
    static func bytes(rowCount: Int, columnCount: Int) -> [UInt8] {
        var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rowCount), \(columnCount)), }"
        text += String(repeating: " ", count: writtenByteCount - 11 - text.utf8.count) + "\n"
        return magic + [1, 0, UInt8(writtenByteCount - 10), 0] + Array(text.utf8)
    }

    /// A multiple of 64, so that rows in a mapped file are aligned, with room for two numbers of 64 bits.
    static let writtenByteCount = 128
}

// MARK: - Checks

extension NumPyHeader {
    /// The type of the numbers, and whether their most significant byte comes first.
    ///
    /// - Throws: ``VectorFileError`` if they are no floats, with the line of Python that makes floats of them.
    func numbers(of path: String) throws(VectorFileError) -> (element: VectorElementType, isBigEndian: Bool) {
        let order = type.first.flatMap { "<>=|".contains($0) ? $0 : nil }
        let name = order == nil ? type[...] : type.dropFirst()
        switch name {
        case "f2": return (.float16, order == ">")
        case "f4": return (.float32, order == ">")
        case "f8": return (.float64, order == ">")
        default:
            let loaded = "numpy.load(\(VectorFileError.pythonString(path)), allow_pickle=True)"
            let remedy =
                switch name.first {
                case "O":
                    VectorFileError.conversion(of: path, ".astype('float32')", loading: "numpy.stack(\(loaded))")
                case "S", "U", "M", "m", "r", "V", nil:
                    "Save an array of floats with numpy.save."
                default: VectorFileError.conversion(of: path, ".astype('float32')")
                }
            throw .reading(
                path, .notVectors, "its dtype is \(Self.spoken(name)), and vectors are of float16, float32 or float64",
                remedy)
        }
    }

    /// The name that NumPy prints for a type.
    private static func spoken(_ name: Substring) -> String {
        let bits = Int(name.dropFirst()).flatMap { $0 <= 32 ? 8 * $0 : nil }
        return switch (name.first, bits) {
        case ("i", let bits?): "int\(bits)"
        case ("u", let bits?): "uint\(bits)"
        case ("f", let bits?): "float\(bits)"
        case ("c", let bits?): "complex\(bits)"
        case ("b", _): "bool"
        case ("O", _): "object"
        case ("S", _), ("U", _): "text"
        default: "'\(name.prefix(20))'"
        }
    }

    /// The number of vectors and of their components.
    ///
    /// - Throws: ``VectorFileError`` if the array is no matrix, with the line of Python that makes one of it.
    func rows(of path: String, acceptsOneDimension: Bool) throws(VectorFileError) -> (count: Int, dimensions: Int) {
        if acceptsOneDimension, shape.count == 1 { return (1, shape[0]) }
        guard shape.count == 2 else {
            let axes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
            let call = shape.count == 1 ? ".reshape(1, -1)" : ".reshape(\(shape.first ?? 1), -1)"
            throw .reading(
                path, .notVectors, "its shape is (\(axes)), and vectors need two axes: a row for each",
                VectorFileError.conversion(of: path, call, if: shape.count == 1 ? "it is one vector" : nil))
        }
        return (shape[0], shape[1])
    }
}
