import Foundation
import NumPyFiles
import TestSupport
import Testing

@Suite("Files of NumPy's format")
struct NumPyMatrixTests {
    /// A file with a header and bytes behind it.
    private func file(_ header: String, _ bytes: [UInt8], version: UInt8 = 1) -> Data {
        let length = UInt16(header.utf8.count)
        let lengthBytes = [UInt8(length & 0xFF), UInt8(length >> 8)] + (version == 1 ? [] : [0, 0])
        return Data([0x93] + Array("NUMPY".utf8) + [version, 0] + lengthBytes + Array(header.utf8) + bytes)
    }

    private func read(_ data: Data) throws -> NumPyMatrix {
        try TemporaryFolder.with { folder in
            try data.write(to: URL(filePath: folder + "/x.npy"))
            return try NumPyMatrix(readingFrom: folder + "/x.npy")
        }
    }

    private func message(_ data: Data) throws -> String? {
        do {
            _ = try read(data)
            return nil
        } catch let error as NumPyFileError {
            return error.message
        }
    }

    @Test
    func `what is written is read`() throws {
        try TemporaryFolder.with { folder in
            for (rows, columns) in [(0, 3), (1, 1), (7, 13), (31, 2)] {
                let values = (0..<rows * columns).map { Float($0) * 0.25 - 1 }
                let matrix = NumPyMatrix(rowCount: rows, columnCount: columns, values: values)
                try matrix.write(to: folder + "/m.npy")
                let bytes = try Data(contentsOf: URL(filePath: folder + "/m.npy"))
                #expect((bytes.count - 4 * values.count) % 64 == 0, "NumPy maps rows that are aligned")
                #expect(try NumPyMatrix(readingFrom: folder + "/m.npy") == matrix)
            }
        }
    }

    @Test
    func `floats of 16, 32 and 64 bits are read, and a list is one row`() throws {
        let halves: [UInt8] = [0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0x00, 0x7C]
        let matrix = try read(file("{'descr': '<f2', 'fortran_order': False, 'shape': (2, 2), }", halves))
        #expect(matrix.row(0) == [1, -2])
        #expect(matrix.row(1) == [0x1p-24, .infinity])
        let bits = (-0.5).bitPattern
        let double = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
        let list = try read(file("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", double, version: 2))
        #expect(list == NumPyMatrix(rowCount: 1, columnCount: 1, values: [-0.5]))
    }

    @Test
    func `a file that is no matrix of floats is refused with its name and the reason`() throws {
        let row = [UInt8](repeating: 0, count: 8)
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
        #expect(try message(file(header, row)) == nil)
        let wrong: [(Data, String)] = [
            (Data("id,title".utf8), "no file of NumPy's format"),
            (Data(), "no file of NumPy's format"),
            (file(header, row).prefix(30), "ends in its header"),
            (file(header, row.dropLast()), "not as long"),
            (file(header, row + [0]), "not as long"),
            (file(header.replacing("<f4", with: "<i4"), row), "no floats"),
            (file(header.replacing("False", with: "True"), row), "no floats"),
            (file(header.replacing("(1, 2)", with: "(1, 2, 1)"), row), "no matrix"),
            (file(header.replacing("(1, 2)", with: "(9223372036854775807, 2)"), row), "not as long"),
            (file(header.replacing("(1, 2)", with: "(99999999999999999999, 2)"), row), "not as long"),
            (file(header.replacing("(1, 2)", with: "(2, 0)"), []), "not as long"),
        ]
        for (data, reason) in wrong {
            let message = try #require(try message(data), "\(reason)")
            #expect(message.contains(reason) && message.contains("x.npy"), "\(message)")
        }
        #expect(throws: NumPyFileError.self) { try NumPyMatrix(readingFrom: "/nonexistent/x.npy") }
    }
}
