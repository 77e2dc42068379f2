public import Foundation

extension Vectors {
    /// Reads the format of <http://corpus-texmex.irisa.fr>: before each vector, its length as a 32-bit integer.
    public init(fvecs file: URL) throws {
        let words = try Data(contentsOf: file, options: .alwaysMapped).elements(UInt32.self)
        guard let dimensions = words.first.map(Int.init), (1...65_535).contains(dimensions),
            words.count.isMultiple(of: dimensions + 1)
        else { throw VectorFileError(description: "'\(file.path)' is not a file of vectors in the format fvecs.") }
        var values: [Float] = []
        values.reserveCapacity(words.count)
        for start in stride(from: 0, to: words.count, by: dimensions + 1) {
            guard words[start] == dimensions else {
                throw VectorFileError(description: "The vectors of '\(file.path)' are not of one length.")
            }
            values += words[start + 1...start + dimensions].lazy.map(Float.init(bitPattern:))
        }
        self.init(dimensions: dimensions, values: values)
    }

    /// Reads a `.npy` or `.fvecs` file, by the extension of its name.
    public init(file: URL) throws {
        switch file.pathExtension {
        case "npy": try self.init(npy: file)
        case "fvecs": try self.init(fvecs: file)
        default: throw VectorFileError(description: "'\(file.path)' is neither a .npy nor a .fvecs file.")
        }
    }
}
