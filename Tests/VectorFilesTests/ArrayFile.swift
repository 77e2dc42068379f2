import Foundation
import TestSupport
import VectorFiles

/// The bytes of files of vectors, written out by hand.
enum ArrayFile {
    /// A file of NumPy's format: a header with a text, and numbers behind it.
    static func npy(_ header: String, _ numbers: [UInt8], version: UInt8 = 1) -> [UInt8] {
        let length = UInt16(header.utf8.count)
        let lengthBytes = [UInt8(length & 0xFF), UInt8(length >> 8)] + (version == 1 ? [] : [0, 0])
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + lengthBytes + Array(header.utf8) + numbers
    }

    /// The text of a header.
    static func header(_ type: String, _ shape: String, isColumnMajor: Bool = false) -> String {
        "{'descr': '\(type)', 'fortran_order': \(isColumnMajor ? "True" : "False"), 'shape': \(shape), }\n"
    }

    /// The bytes of numbers of a type of NumPy's, such as `>f2`.
    static func bytes(_ values: [Float], as type: String) -> [UInt8] {
        values.flatMap { value -> [UInt8] in
            let (bits, count): (UInt64, Int) =
                switch type.dropFirst() {
                case "f2": (UInt64(half(value)), 2)
                case "f4": (UInt64(value.bitPattern), 4)
                default: (Double(value).bitPattern, 8)
                }
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
            return type.hasPrefix(">") ? bytes.reversed() : bytes
        }
    }

    /// The bits of a half of a number that is a small multiple of ¼, or 0.
    private static func half(_ value: Float) -> UInt16 {
        guard value != 0 else { return 0 }
        let bits = value.bitPattern
        let exponent = Int(bits >> 23 & 0xFF) - 127 + 15
        return UInt16(bits >> 31) << 15 | UInt16(exponent) << 10 | UInt16(bits >> 13 & 0x3FF)
    }

    /// The bytes of 32-bit integers.
    static func words(_ words: [Int32]) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * Int32($0))) } }
    }

    /// Calls `body` with the path of a file of some bytes.
    static func with<Result>(
        _ bytes: [UInt8], named name: String, _ body: (_ path: String) throws -> Result
    ) throws -> Result {
        try TemporaryFolder.with { folder in
            let path = folder + "/" + name
            try Data(bytes).write(to: URL(filePath: path))
            return try body(path)
        }
    }

    /// The error of opening a file and reading all of it; `nil` if there is none.
    static func error(_ bytes: [UInt8], named name: String) throws -> VectorFileError? {
        try with(bytes, named: name) { path in
            do throws(VectorFileError) {
                _ = try VectorFile(path: path).vectors()
                return nil
            } catch {
                return error
            }
        }
    }
}
