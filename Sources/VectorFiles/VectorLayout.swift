/// Where the numbers of a file of vectors lie.
struct VectorLayout: Sendable {
    let format: VectorFileFormat
    let element: VectorElementType
    var isBigEndian = false
    /// Whether the first components of all vectors come first, then their second ones.
    var isColumnMajor = false
    let count: Int
    let dimensions: Int
    /// Where the first vector begins, in bytes.
    var start = 0

    /// The bytes before each vector that hold the number of its components.
    var prefixByteCount: Int { format == .npy ? 0 : 4 }

    /// The bytes of a vector, with those before it.
    var recordByteCount: Int { prefixByteCount + dimensions * element.byteCount }

    /// The most components of a vector, as many as the formats besides `.npy` can say.
    static let largestDimensions = Int(Int32.max)
}

// MARK: - Reading headers

extension VectorLayout {
    /// The most bytes that the initializer looks at.
    static let longestBeginning = NumPyHeader.longestText + 12

    /// Reads the beginning of a file.
    ///
    /// - Parameters:
    ///   - path: The file. Its ending tells the format, unless it begins as NumPy's files do.
    ///   - beginning: Its first bytes, ``longestBeginning`` or all.
    ///   - byteCount: The size of the file.
    ///   - acceptsOneDimension: Whether an array of one axis is one vector.
    /// - Throws: ``VectorFileError``.
    init(
        of path: String, beginning: [UInt8], byteCount: Int, acceptsOneDimension: Bool
    ) throws(VectorFileError) {
        if beginning.starts(with: NumPyHeader.magic) {
            try self.init(
                NumPyHeader(beginning, of: path), of: path, byteCount: byteCount,
                acceptsOneDimension: acceptsOneDimension)
        } else if let format = VectorFileFormat(endingOf: path), let element = format.element {
            try self.init(format, element, of: path, beginning: beginning, byteCount: byteCount)
        } else {
            throw .reading(path, .unknownFormat, Self.look(of: beginning, path), Self.remedy(for: beginning, path))
        }
    }

    private init(
        _ header: NumPyHeader, of path: String, byteCount: Int, acceptsOneDimension: Bool
    ) throws(VectorFileError) {
        format = .npy
        (element, isBigEndian) = try header.numbers(of: path)
        (count, dimensions) = try header.rows(of: path, acceptsOneDimension: acceptsOneDimension)
        isColumnMajor = header.isColumnMajor && header.shape.count > 1
        start = header.byteCount
        guard (1...Self.largestDimensions).contains(dimensions) else {
            throw .reading(
                path, .notVectors,
                "its rows have \(dimensions) components, and vectors have 1 to \(Self.largestDimensions)")
        }
        let (wanted, isBeyond) = count.multipliedReportingOverflow(by: dimensions * element.byteCount)
        guard !isBeyond, byteCount - start >= wanted else {
            throw .reading(
                path, .damaged,
                "\(count) rows of \(dimensions) \(element)s do not fit into the \(byteCount - start) bytes behind its "
                    + "header", "It was cut short: copy it or write it again.")
        }
        guard byteCount - start == wanted else {
            throw .reading(
                path, .damaged,
                "\(byteCount - start - wanted) bytes follow the \(count) rows of \(dimensions) \(element)s that its "
                    + "header tells of", "Save one array with numpy.save.")
        }
    }

    private init(
        _ format: VectorFileFormat, _ element: VectorElementType, of path: String, beginning: [UInt8], byteCount: Int
    ) throws(VectorFileError) {
        guard beginning.count >= 4 else {
            throw .reading(path, .damaged, "it has \(byteCount) bytes, and no vector", "Write it again.")
        }
        let said = UInt32(littleEndian: beginning.loaded(UInt32.self, at: 0))
        guard (1...UInt32(Self.largestDimensions)).contains(said) else {
            throw .reading(
                path, .damaged,
                "it begins with \(Int32(bitPattern: said)), where a .\(format.rawValue) file has the number of "
                    + "components of a vector", "Is it in another format? The ending of its name tells which.")
        }
        self.format = format
        self.element = element
        dimensions = Int(said)
        let record = 4 + dimensions * element.byteCount
        count = byteCount / record
        guard byteCount.isMultiple(of: record) else {
            let fitting = VectorFileFormat.allCases.first { other in
                other.element.map { byteCount.isMultiple(of: 4 + Int(said) * $0.byteCount) } ?? false
            }
            throw .reading(
                path, .damaged,
                "its \(byteCount) bytes are no whole number of vectors with \(dimensions) components of "
                    + "\(element), \(record) bytes each",
                fitting.map { "If it is a .\($0.rawValue) file, let its name end so." }
                    ?? "It was cut short: copy it or write it again.")
        }
    }

    // MARK: - Files of other kinds

    private static func look(of beginning: [UInt8], _ path: String) -> String {
        if beginning.isEmpty { return "it is empty" }
        if beginning.starts(with: hdf5) { return "it is a file of HDF5" }
        if beginning.starts(with: zip) { return "it is an archive, as numpy.savez and torch.save write" }
        if beginning.starts(with: gzip) { return "it is packed by gzip" }
        return VectorFileFormat(endingOf: path) == .npy
            ? "it does not begin as files of NumPy's format do"
            : "it does not begin as files of NumPy's format do, and its name ends in no .fvecs, .bvecs or .ivecs"
    }

    private static func remedy(for beginning: [UInt8], _ path: String) -> String {
        let name = VectorFileError.pythonString(path)
        if beginning.starts(with: hdf5) {
            return "Take a data set out of it: numpy.save('x.npy', h5py.File(\(name))['train'][:])."
        }
        if beginning.starts(with: zip) {
            return "Take an array out of it: numpy.save('x.npy', numpy.load(\(name))['arr_0'])."
        }
        if beginning.starts(with: gzip) { return "Unpack it with gunzip." }
        return "Write it with numpy.save."
    }

    private static let hdf5: [UInt8] = [0x89] + Array("HDF\r\n".utf8)
    private static let zip: [UInt8] = Array("PK".utf8) + [3, 4]
    private static let gzip: [UInt8] = [0x1F, 0x8B]
}
