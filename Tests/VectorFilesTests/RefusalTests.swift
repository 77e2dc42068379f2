import Foundation
import TestSupport
import Testing
import VectorFiles

@Suite("Files that hold no vectors")
struct RefusalTests {
    private static let numbers = ArrayFile.bytes([1, 2], as: "<f4")

    /// A file of NumPy's format with two 32-bit floats behind a header.
    private static func npy(
        _ type: String = "<f4", _ shape: String = "(1, 2)", isColumnMajor: Bool = false, _ numbers: [UInt8] = numbers
    ) -> [UInt8] {
        ArrayFile.npy(ArrayFile.header(type, shape, isColumnMajor: isColumnMajor), numbers)
    }

    private func expect(
        _ bytes: [UInt8], named name: String = "x.npy", _ code: VectorFileError.Code, _ parts: String...
    ) throws {
        let error = try #require(try ArrayFile.error(bytes, named: name), "\(parts)")
        #expect(error.code == code && error.message.contains(name), "\(error)")
        for part in parts { #expect(error.message.contains(part), "'\(part)' is missing: \(error)") }
    }

    @Test
    func `numbers of another type come with the line that converts them`() throws {
        let convert = ".astype('float32'))"
        try expect(Self.npy("<i8", "(1, 1)"), .notVectors, "int64", convert)
        try expect(Self.npy("|u1", "(1, 8)"), .notVectors, "uint8", convert)
        try expect(Self.npy("|b1", "(1, 8)"), .notVectors, "bool", convert)
        try expect(Self.npy("<c8", "(1, 1)"), .notVectors, "complex64", convert)
        try expect(Self.npy("<f16", "(1, 1)"), .notVectors, "float128", convert)
        try expect(Self.npy("|O", "(1, 1)"), .notVectors, "object", "numpy.stack(", "allow_pickle=True", convert)
        try expect(Self.npy("<U2", "(1, 1)"), .notVectors, "text", "floats")
        let records = "{'descr': [('a', '<f4'), ('b', '<f4')], 'fortran_order': False, 'shape': (1,), }"
        try expect(ArrayFile.npy(records, Self.numbers), .notVectors, "'records'", "floats")
    }

    @Test
    func `the line that converts a file is Python, whatever the file is called`() throws {
        let error = try ArrayFile.error(Self.npy("<i8", "(1, 1)"), named: "it's \\n.npy")
        #expect(error?.message.contains("it\\'s \\\\n.npy').astype('float32'))") == true, "\(error?.message ?? "")")
    }

    @Test
    func `arrays of other shapes come with the line that reshapes them`() throws {
        try expect(Self.npy("<f4", "(2,)"), .notVectors, "(2,)", "one vector", ".reshape(1, -1))")
        try expect(Self.npy("<f4", "(1, 2, 1)"), .notVectors, "(1, 2, 1)", ".reshape(1, -1))")
        try expect(Self.npy("<f4", "(2, 1, 1)", isColumnMajor: true), .notVectors, ".reshape(2, -1))")
        try expect(Self.npy("<f4", "()", ArrayFile.bytes([1], as: "<f4")), .notVectors, "()")
        try expect(Self.npy("<f4", "(2, 0)", []), .notVectors, "0 components")
        try expect(Self.npy("<f4", "(0, 2147483648)", []), .notVectors, "2147483648 components")
    }

    @Test
    func `headers that contradict the file are refused`() throws {
        let whole = Self.npy()
        #expect(try ArrayFile.error(whole, named: "x.npy") == nil)
        try expect(Array(whole.dropLast()), .damaged, "1 rows of 2 float32s", "cut short")
        try expect(whole + [0], .damaged, "1 bytes follow")
        try expect(Array(whole.prefix(30)), .damaged, "ends in its header", "cut short")
        try expect(Array(whole.prefix(9)), .damaged, "ends in its header")
        try expect(Self.npy("<f4", "(9223372036854775807, 2)"), .damaged, "9223372036854775807 rows")
        try expect(Self.npy("<f4", "(4611686018427387904, 2147483647)"), .damaged, "rows")
        try expect(Self.npy("<f4", "(99999999999999999999, 2)"), .damaged, "no file has")
        try expect(Self.npy("<f4", "(-1, 2)"), .damaged, "header")
        try expect(ArrayFile.npy("{'descr': '<f4'}", []), .damaged, "header")
        try expect(ArrayFile.npy(String(repeating: "(", count: 60_000), []), .damaged, "header")
        try expect(ArrayFile.npy("{'descr': '<f4", Self.numbers), .damaged, "header")
        var long = ArrayFile.npy(ArrayFile.header("<f4", "(1, 2)"), Self.numbers, version: 2)
        long[11] = 0x7F
        try expect(long, .damaged, "bytes")
        try expect(
            ArrayFile.npy(ArrayFile.header("<f4", "(1, 2)"), Self.numbers, version: 4), .unknownFormat, "version 4")
    }

    @Test
    func `files of other kinds are told by what they look like`() throws {
        try expect([], .unknownFormat, "empty")
        try expect(Array("id,title".utf8), .unknownFormat, "numpy.save")
        try expect(Array("1 2 3".utf8), named: "x.txt", .unknownFormat, ".fvecs")
        try expect([0x89] + Array("HDF\r\n\u{1A}\n".utf8), named: "x.hdf5", .unknownFormat, "HDF5", "h5py")
        try expect(Array("PK\u{3}\u{4}".utf8), named: "x.npz", .unknownFormat, "numpy.savez", "numpy.load")
        try expect([0x1F, 0x8B, 8], named: "x.fvecs.gz", .unknownFormat, "gunzip")
        try TemporaryFolder.with { folder in
            for path in [folder, folder + "/absent.npy", "/dev/null", "a\u{0}b"] {
                let error = #expect(throws: VectorFileError.self) { try VectorFile(path: path) }
                #expect(error?.code == .cannotRead && error?.path == path)
            }
        }
    }

    @Test
    func `vectors behind lengths that contradict the file are refused`() throws {
        let record = ArrayFile.words([2]) + ArrayFile.bytes([1, 2], as: "<f4")
        try expect([1, 0, 0], named: "x.fvecs", .damaged, "3 bytes")
        try expect(ArrayFile.words([0]), named: "x.fvecs", .damaged, "begins with 0")
        try expect(ArrayFile.words([-1, 1]), named: "x.fvecs", .damaged, "begins with -1", "ending")
        try expect(ArrayFile.words([.max, 1]), named: "x.ivecs", .damaged, "2147483647 components")
        try expect(Array((record + record).dropLast()), named: "x.fvecs", .damaged, "23 bytes", "cut short")
        try expect(ArrayFile.words([3]) + [1, 2, 3], named: "x.fvecs", .damaged, ".bvecs")
        let other = ArrayFile.words([1]) + ArrayFile.bytes([1, 2], as: "<f4")
        try expect(record + record + other, named: "x.fvecs", .damaged, "vector 2 has 1 components", "2")
    }
}
