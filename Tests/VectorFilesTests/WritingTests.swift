import Foundation
import TestSupport
import Testing
import VectorFiles

@Suite("Writing files of vectors")
struct WritingTests {
    @Test
    func `what is written is read`() throws {
        try TemporaryFolder.with { folder in
            for name in ["v.npy", "v.fvecs", "v", "v.other"] {
                for (rows, columns) in [(0, 3), (1, 1), (7, 13), (31, 2), (300_000, 1)] {
                    let values = (0..<rows * columns).map { Float($0) * 0.25 - 1 }
                    let writer = try VectorFileWriter(path: folder + "/" + name, dimensions: columns)
                    // One vector first, then the others together.
                    try writer.append(Array(values.prefix(rows > 1 ? columns : 0)))
                    try writer.append(Array(values.dropFirst(rows > 1 ? columns : 0)))
                    try writer.finish()
                    #expect(writer.count == rows && writer.format == (name == "v.fvecs" ? .fvecs : .npy))
                    if writer.format == .fvecs, rows == 0 { continue }
                    let file = try VectorFile(path: folder + "/" + name)
                    let read = try file.vectors()
                    #expect(file.count == rows && file.dimensions == columns && read == values, "\(name) \(rows)")
                }
            }
            let keys: [Int32] = [5, .max, -1, .min]
            let writer = try VectorFileWriter(path: folder + "/k.ivecs", dimensions: 2)
            try writer.append(integers: keys)
            try writer.finish()
            let read = try VectorFile(path: folder + "/k.ivecs").integers(in: 0..<2)
            #expect(read == keys)
        }
    }

    @Test
    func `an array of NumPy has the header that NumPy reads and maps, an fvecs file a length before each vector`()
        throws
    {
        try TemporaryFolder.with { folder in
            for name in ["v.npy", "v.fvecs"] {
                let writer = try VectorFileWriter(path: folder + "/" + name, dimensions: 2)
                try writer.append([1, 2, 3, 4])
                try writer.finish()
            }
            let npy = try [UInt8](Data(contentsOf: URL(filePath: folder + "/v.npy")))
            let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"
            let header = text + String(repeating: " ", count: 117 - text.utf8.count) + "\n"
            #expect(npy == ArrayFile.npy(header, ArrayFile.bytes([1, 2, 3, 4], as: "<f4")))
            #expect((npy.count - 16).isMultiple(of: 64), "NumPy maps rows that are aligned")
            let fvecs = try [UInt8](Data(contentsOf: URL(filePath: folder + "/v.fvecs")))
            #expect(
                fvecs == ArrayFile.words([2]) + ArrayFile.bytes([1, 2], as: "<f4") + ArrayFile.words([2])
                    + ArrayFile.bytes([3, 4], as: "<f4"))
        }
    }

    @Test
    func `a file that is given up leaves the older one and nothing else`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/v.fvecs"
            try Data("older".utf8).write(to: URL(filePath: path))
            do {
                let writer = try VectorFileWriter(path: path, dimensions: 1)
                try writer.append([1])
            }
            let (text, names) = (
                try String(contentsOfFile: path, encoding: .utf8),
                try FileManager.default.contentsOfDirectory(atPath: folder)
            )
            #expect(text == "older" && names == ["v.fvecs"])
        }
    }

    @Test
    func `what cannot be written is refused`() throws {
        try TemporaryFolder.with { folder in
            let bytes = #expect(throws: VectorFileError.self) {
                try VectorFileWriter(path: folder + "/v.bvecs", dimensions: 1)
            }
            #expect(bytes?.code == .unknownFormat && bytes?.message.contains(".fvecs") == true)
            for (path, dimensions) in [("/absent/v.npy", 1), ("", 1), ("/v.npy", 0), ("/v.npy", 1 << 31)] {
                let error = #expect(throws: VectorFileError.self) {
                    try VectorFileWriter(path: folder + path, dimensions: dimensions)
                }
                #expect(error?.code == .cannotWrite)
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(left.isEmpty)
        }
    }
}
