import Foundation
import TestSupport
import Testing
import VectorFiles

@Suite("Reading files of vectors")
struct ReadingTests {
    /// Multiples of ¼ that a half can hold.
    private func values(_ count: Int) -> [Float] { (0..<count).map { Float($0 % 200) * 0.25 - 3 } }

    /// The same rows, column after column.
    private func columns(_ values: [Float], _ rows: Int, _ columns: Int) -> [Float] {
        (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } }
    }

    @Test(arguments: ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8"])
    func `arrays of NumPy of every type and order have the same vectors`(type: String) throws {
        for (rows, width) in [(0, 3), (1, 1), (7, 13), (31, 2), (2, 207)] {
            let wanted = values(rows * width)
            for isColumnMajor in [false, true] {
                let numbers = isColumnMajor ? columns(wanted, rows, width) : wanted
                let header = ArrayFile.header(type, "(\(rows), \(width))", isColumnMajor: isColumnMajor)
                let bytes = ArrayFile.npy(header, ArrayFile.bytes(numbers, as: type))
                try ArrayFile.with(bytes, named: "x.npy") { path in
                    let file = try VectorFile(path: path)
                    #expect(file.format == .npy && file.count == rows && file.dimensions == width)
                    #expect(file.element.byteCount == Int(type.suffix(1)))
                    let all = try file.vectors()
                    #expect(all == wanted, "\(type) \(rows) x \(width), columns first: \(isColumnMajor)")
                    if rows > 2 {
                        let two = try file.vectors(in: 1..<3)
                        #expect(two == Array(wanted[width..<3 * width]))
                    }
                }
            }
        }
    }

    /// What NumPy 2.4 writes for an array of big-endian halves in the order of Fortran.
    @Test
    func `a file of NumPy's own is read`() throws {
        let text = "{'descr': '>f2', 'fortran_order': True, 'shape': (2, 3), }"
        let header = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
        let numbers: [UInt8] = [0x3C, 0, 0x44, 0, 0xC0, 0, 0x45, 0, 0x38, 0, 0x46, 0]
        try ArrayFile.with(ArrayFile.npy(header, numbers), named: "x.npy") { path in
            let vectors = try VectorFile(path: path).vectors()
            #expect(vectors == [1, -2, 0.5, 4, 5, 6])
        }
    }

    @Test
    func `headers as other programs write them are read`() throws {
        let numbers = ArrayFile.bytes([1, 2, 3, 4], as: "<f4")
        for header in [
            "{\"descr\":\"<f4\",\"fortran_order\":False,\"shape\":(2,2)}",
            "{'shape': (2L, 2L), 'fortran_order': False, 'descr': '<f4'}",
            "  {'descr': '=f4', 'fortran_order': False, 'shape': [2, 2,], 'more': ('x', {})}   \n",
        ] {
            for version: UInt8 in [1, 2, 3] {
                // The format is told from the content, whatever the name.
                try ArrayFile.with(ArrayFile.npy(header, numbers, version: version), named: "x.data") { path in
                    let vectors = try VectorFile(path: path).vectors()
                    #expect(vectors == [1, 2, 3, 4], "\(header)")
                }
            }
        }
    }

    @Test
    func `vectors behind their lengths are read, of floats, bytes and integers`() throws {
        let floats = ArrayFile.words([2]) + ArrayFile.bytes([0.5, -1], as: "<f4")
        try ArrayFile.with(floats + floats, named: "x.fvecs") { path in
            let file = try VectorFile(path: path)
            let vectors = try file.vectors()
            #expect(file.count == 2 && file.dimensions == 2 && vectors == [0.5, -1, 0.5, -1])
            let second = try file.vector(at: 1)
            #expect(second == [0.5, -1])
            #expect(throws: VectorFileError.self) { try file.integers(in: 0..<1) }
        }
        try ArrayFile.with(ArrayFile.words([3]) + [0, 7, 255], named: "X.BVECS") { path in
            let vectors = try VectorFile(path: path).vectors()
            #expect(vectors == [0, 7, 255])
        }
        let keys: [Int32] = [.max, -1, 16_777_217]
        try ArrayFile.with(ArrayFile.words([3] + keys), named: "x.ivecs") { path in
            let file = try VectorFile(path: path)
            let integers = try file.integers(in: 0..<1)
            let vectors = try file.vectors()
            #expect(integers == keys && vectors == [0x1p31, -1, 0x1p24])
        }
    }

    #if !(os(macOS) && arch(x86_64))
    @Test
    func `each half has the value that the processor gives it`() throws {
        let bits = (0...UInt16.max).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        try ArrayFile.with(
            ArrayFile.npy(ArrayFile.header("<f2", "(256, 256)"), bits), named: "x.npy"
        ) { path in
            let vectors = try VectorFile(path: path).vectors()
            for pattern in 0...UInt16.max {
                let (value, wanted) = (vectors[Int(pattern)], Float(Float16(bitPattern: pattern)))
                #expect(value == wanted || value.isNaN && wanted.isNaN, "\(pattern)")
            }
        }
    }
    #endif

    @Test
    func `files of several pieces give the same vectors in every way of reading`() throws {
        let (rows, width) = (90_000, 5)
        let wanted = values(rows * width)
        let npy = [false, true].map { isColumnMajor in
            let numbers = isColumnMajor ? columns(wanted, rows, width) : wanted
            let header = ArrayFile.header("<f4", "(\(rows), \(width))", isColumnMajor: isColumnMajor)
            return ("x.npy", ArrayFile.npy(header, ArrayFile.bytes(numbers, as: "<f4")))
        }
        let records = (0..<rows).flatMap { row in
            ArrayFile.words([Int32(width)]) + ArrayFile.bytes(Array(wanted[row * width..<(row + 1) * width]), as: "<f4")
        }
        for (name, bytes) in npy + [("x.fvecs", records)] {
            try ArrayFile.with(bytes, named: name) { path in
                let file = try VectorFile(path: path)
                let all = try file.vectors()
                #expect(all == wanted, "\(name)")
                var batches: [Float] = []
                var firsts: [Int] = []
                try file.forEachBatch(of: 40_001) { first, components in
                    firsts.append(first)
                    batches += components
                }
                #expect(batches == wanted && firsts == [0, 40_001, 80_002])
                let last = try file.vector(at: rows - 1)
                #expect(last == Array(wanted.suffix(width)))
            }
        }
    }

    @Test
    func `an array of one axis is one vector where that is wanted`() throws {
        let bytes = ArrayFile.npy(ArrayFile.header("<f4", "(3,)"), ArrayFile.bytes([1, 2, 3], as: "<f4"))
        try ArrayFile.with(bytes, named: "x.npy") { path in
            let file = try VectorFile(path: path, acceptsOneDimension: true)
            let vectors = try file.vectors()
            #expect(file.count == 1 && vectors == [1, 2, 3])
        }
    }

    @Test
    func `a file that becomes shorter while it is open is an error`() throws {
        let bytes = ArrayFile.npy(ArrayFile.header("<f4", "(2, 2)"), ArrayFile.bytes([1, 2, 3, 4], as: "<f4"))
        try ArrayFile.with(bytes, named: "x.npy") { path in
            let file = try VectorFile(path: path)
            try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: UInt64(bytes.count - 1))
            let first = try file.vector(at: 0)
            #expect(first == [1, 2])
            #expect(throws: VectorFileError.self) { try file.vectors() }
        }
    }
}
