import EncoderTestSupport
import Foundation
import SentenceEncoder
import TestSupport
import Testing

@Suite("Files of tensors")
struct TensorFileTests {
    private func open<Result>(_ bytes: [UInt8], _ body: (TensorFile) throws -> Result) throws -> Result {
        try TemporaryFolder.with { folder in
            let url = URL(filePath: folder + "/model.safetensors")
            try Data(bytes).write(to: url)
            return try body(try TensorFile(contentsOf: url))
        }
    }

    /// The message of the error that a file is refused with; `nil` if it opens and all of its tensors are read.
    private func refusal(_ bytes: [UInt8]) throws -> String? {
        do {
            return try open(bytes) { file in
                for name in file.names { _ = try file.values(of: name, shape: try #require(file.shape(of: name))) }
                return nil
            }
        } catch let error as EncoderError {
            return error.message
        }
    }

    @Test
    func `floats of 32 and 16 bits and of bfloat16 are read, wherever they lie`() throws {
        var bytes = TensorBytes()
        bytes.add("odd", "U8", shape: [3], bytes: [1, 2, 3])
        bytes.add("b.weight", shape: [2, 3], [1, -2, 0.5, 3e38, 0x1p-149, 0])
        bytes.add("a.half", "F16", shape: [4], bytes: [0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0xFF, 0x7B])
        bytes.add("c.brain", "BF16", shape: [1, 2], bytes: [0x80, 0x3F, 0x49, 0xC0])
        bytes.add("none", shape: [0, 5], [])
        try open(bytes.file) { (file) throws in
            #expect(file.names == ["a.half", "b.weight", "c.brain", "none", "odd"])
            #expect(file.shape(of: "b.weight") == [2, 3] && file.shape(of: "b") == nil)
            #expect(try file.values(of: "b.weight", shape: [2, 3]) == [1, -2, 0.5, 3e38, 0x1p-149, 0])
            #expect(try file.values(of: "a.half", shape: [4]) == [1, -2, 0x1p-24, 65504])
            #expect(try file.values(of: "c.brain", shape: [1, 2]) == [1, -3.140625])
            #expect(try file.values(of: "none", shape: [0, 5]) == [])
        }
    }

    @Test
    func `a tensor that is absent, of another shape or of integers is refused by its name`() throws {
        var bytes = TensorBytes()
        bytes.add("weight", shape: [2], [1, 2])
        bytes.add("codes", "I8", shape: [2], bytes: [1, 2])
        try open(bytes.file) { (file) throws in
            for (name, shape, code, part) in [
                ("bias", [2], EncoderError.Code.missing, "'bias'"), ("weight", [1, 2], .inconsistent, "[2]"),
                ("codes", [2], .unsupported, "I8"),
            ] {
                let error = try #require(throws: EncoderError.self) { try file.values(of: name, shape: shape) }
                #expect(error.code == code)
                #expect(error.message.contains("'\(name)'") && error.message.contains("model.safetensors"))
                #expect(error.message.contains(part))
            }
        }
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func `a weight that is no number is refused with its place`(value: Float) throws {
        var bytes = TensorBytes()
        bytes.add("weight", shape: [3], [1, 2, value])
        let message = try #require(try refusal(bytes.file))
        #expect(message.contains("number 2 of tensor 'weight' is \(value)"))
    }

    @Test
    func `halves and bfloat16 that are no numbers are refused`() throws {
        for type in ["F16", "BF16"] {
            var bytes = TensorBytes()
            bytes.add("weight", type, shape: [1], bytes: [0xFF, 0x7F])
            #expect(try refusal(bytes.file)?.contains("number 0 of tensor 'weight' is nan") == true)
        }
    }

    /// A header of one entry for four bytes, altered.
    private func altered(_ change: (inout TensorBytes.Entry) -> Void) -> [UInt8] {
        var entry = TensorBytes.Entry(name: "weight")
        change(&entry)
        return TensorBytes(entries: [entry], data: [0, 0, 0, 0]).file
    }

    @Test
    func `a header that contradicts itself or the file is refused with the reason`() throws {
        #expect(try refusal(altered { _ in }) == nil)
        let wrong: [([UInt8], String)] = [
            (altered { $0.elementType = "F31" }, "unknown type 'F31'"),
            (altered { $0.shape = "[2]" }, "4 bytes, and 8 by its shape [2]"),
            (altered { $0.shape = "[4611686018427387904, 4]" }, "more elements"),
            (altered { $0.shape = "[9223372036854775807, 9223372036854775807]" }, "more elements"),
            (altered { $0.shape = "[99999999999999999999]" }, "not described"),
            (altered { $0.shape = "[-1]" }, "not described"),
            (altered { $0.shape = "[1.0]" }, "not described"),
            (altered { $0.shape = "1" }, "not described"),
            (altered { $0.offsets = "[0, 8]" }, "bytes 0 to 8, and there are 4"),
            (altered { $0.offsets = "[4, 0]" }, "bytes 4 to 0"),
            (altered { $0.offsets = "[0, 9223372036854775807]" }, "bytes 0 to"),
            (altered { $0.offsets = "[0]" }, "not described"),
            (altered { $0.offsets = "[0, 4], \"more\": 1" }, "not described"),
            (altered { ($0.offsets, $0.elementType) = ("[0, 2]", "F16") }, "last 2 bytes belong to no tensor"),
            (altered { ($0.offsets, $0.elementType) = ("[2, 4]", "F16") }, "2 bytes before tensor 'weight'"),
        ]
        for (bytes, reason) in wrong {
            let message = try #require(try refusal(bytes), "\(reason)")
            #expect(message.contains(reason) && message.contains("model.safetensors"), "\(message)")
        }
    }

    @Test
    func `tensors that overlap and names that stand twice are refused`() throws {
        func entry(_ name: String, _ offsets: String) -> TensorBytes.Entry { .init(name: name, offsets: offsets) }
        let data = [UInt8](repeating: 0, count: 8)
        let overlapping = TensorBytes(entries: [entry("a", "[0, 4]"), entry("b", "[2, 6]")], data: data)
        #expect(try refusal(overlapping.file)?.contains("'b' overlaps") == true)
        let twice = TensorBytes(entries: [entry("a", "[0, 4]"), entry("a", "[4, 8]")], data: data)
        #expect(try refusal(twice.file)?.contains("names the tensor 'a' twice") == true)
    }

    @Test
    func `a file that is of no such format is refused`() throws {
        let sound = altered { _ in }
        let wrong: [([UInt8], String)] = [
            ([], "0 bytes"), ([1, 2, 3], "3 bytes"),
            (Array("PK\u{3}\u{4} archive of another format".utf8), "header would"),
            (littleEndian(UInt64.max) + [0], "header would"), (littleEndian(UInt64(1) << 25) + [0], "header would"),
            (littleEndian(UInt64(100)) + Array("{}".utf8), "ends in its header"),
            (TensorBytes.file(header: Array("[]".utf8), data: []), "no object"),
            (TensorBytes.file(header: Array("{".utf8), data: []), "no JSON"),
            (TensorBytes.file(header: [0xFF, 0xFE], data: []), "no JSON"),
            (TensorBytes.file(header: [UInt8](repeating: UInt8(ascii: "["), count: 100_000), data: []), "nested"),
            (sound + [0], "last 1 bytes"),
        ]
        for (bytes, reason) in wrong {
            let message = try #require(try refusal(bytes), "\(reason)")
            #expect(message.contains(reason), "\(message)")
        }
        #expect(throws: EncoderError.self) { try TensorFile(contentsOf: URL(filePath: "/nonexistent/x.safetensors")) }
        #expect(throws: EncoderError.self) { try TensorFile(contentsOf: URL(filePath: "/tmp")) }
    }

    @Test
    func `notes of whoever wrote the file, and space behind the header, are no tensors`() throws {
        let header = #"{"__metadata__": {"format": "pt"}, "w": {"dtype":"F32","shape":[],"data_offsets":[0,4]}}   "#
        try open(TensorBytes.file(header: Array(header.utf8), data: [0, 0, 0x80, 0x3F])) { (file) throws in
            #expect(file.names == ["w"])
            #expect(try file.values(of: "w", shape: []) == [1])
        }
    }

    /// A small file with several types.
    private var small: [UInt8] {
        var bytes = TensorBytes()
        bytes.add("a", shape: [2, 2], [1, 2, 3, 4])
        bytes.add("b", "F16", shape: [3], bytes: [0, 60, 0, 60, 0, 60])
        return bytes.file
    }

    @Test
    func `a file that is cut short anywhere is refused`() throws {
        for length in 0..<small.count { #expect(try refusal(Array(small.prefix(length))) != nil, "\(length) bytes") }
        #expect(try refusal(small) == nil)
    }

    @Test
    func `a file with any byte or bit altered is read or refused`() throws {
        var refusedCount = 0
        for index in small.indices {
            for mask in [0x01, 0x10, 0x80, 0xFF] as [UInt8] {
                var bytes = small
                bytes[index] ^= mask
                if try refusal(bytes) != nil { refusedCount += 1 }
            }
        }
        #expect(refusedCount > small.count)
    }
}
