import Foundation
import MappedFiles
import Testing

extension [UInt8] {
    /// Calls `body` with the bytes as a span without a type.
    func withRawSpan<Result>(_ body: (RawSpan) throws -> Result) rethrows -> Result {
        try unsafe withUnsafeBytes { try unsafe body($0.bytes) }
    }

    /// Writes a number at `offset`, little-endian.
    mutating func replace<Number: FixedWidthInteger>(at offset: Int, with number: Number) {
        for place in 0..<Number.bitWidth / 8 {
            self[offset + place] = UInt8(truncatingIfNeeded: number >> (8 * Number(place)))
        }
    }
}

func contents(of path: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(filePath: path))) }

func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }

func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// The error that `body` throws; it is an issue of the test if it throws none.
func mappedFileError(_ location: SourceLocation = #_sourceLocation, _ body: () throws -> Void) -> MappedFileError? {
    #expect(throws: MappedFileError.self, sourceLocation: location) { try body() }
}

/// The kind of the files of these tests.
let testKind = FileKind("test")

/// Writes a small file with sections of several element sizes, one of them empty, and returns its bytes.
@discardableResult
func writeSample(to path: String, version: UInt32 = 3) throws -> [UInt8] {
    var writer = try SectionedFileWriter(path: path, kind: testKind, version: version)
    try writer.add("bytes", Sample.bytes)
    try writer.add("keys", Sample.keys)
    try writer.add("nothing", [UInt32]())
    try writer.add("vector", Sample.vector)
    try writer.commit()
    return try contents(of: path)
}

/// Opens the file and reads all of it, as its owner would. It is an issue of the test if it has other contents than
/// ``writeSample(to:version:)`` wrote.
func readSample(_ path: String, _ location: SourceLocation = #_sourceLocation) throws {
    let file = try SectionedFile(path: path, kind: testKind, versions: 2...3)
    try file.verify()
    #expect(Array(try file.array("bytes", of: UInt8.self)) == Sample.bytes, sourceLocation: location)
    #expect(Array(try file.array("keys", of: UInt64.self, count: 20)) == Sample.keys, sourceLocation: location)
    #expect(try file.array("nothing", of: UInt32.self, count: 0).isEmpty, sourceLocation: location)
    let vector = try file.array("vector", of: Float.self, count: 16, verified: true)
    #expect(Array(vector) == Sample.vector, sourceLocation: location)
}

/// What the sections of the sample hold.
private enum Sample {
    static let bytes = Array("sectioned".utf8)
    static let keys = (0..<20).map { UInt64($0) * 0x0101_0101_0101 }
    static let vector = (0..<16).map { Float($0) / 3 }
}
