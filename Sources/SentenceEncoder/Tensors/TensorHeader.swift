import JSONReading
import MappedFiles

/// The header of a file of tensors: a JSON object with an entry for each tensor.
///
///     {"__metadata__": {…}, "pooler.dense.bias": {"dtype": "F32", "shape": [384], "data_offsets": [0, 1536]}, …}
///
/// Offsets count from the end of the header. All entries are checked against each other and against the size of the
/// file: the tensors fill the rest of the file one after another, without gaps and overlaps, and each is as long as its
/// shape and its type say.
struct TensorHeader: Sendable {
    /// What the header says of a tensor.
    struct Entry: Sendable {
        let elementType: ElementType
        let shape: [Int]
        /// Where its bytes are in the file.
        let bytes: Range<Int>
    }

    /// The tensors by name.
    let entries: [String: Entry]

    /// The bytes before the header, which hold its length.
    private static let lengthByteCount = 8

    /// The longest header that is read. That of a model with 24 layers has 50,000 bytes.
    private static let maximumByteCount = 1 << 24

    /// The name under which a header has notes of whoever wrote the file.
    private static let notes = "__metadata__"

    /// Reads and checks the header of a file.
    init(_ file: MappedFile) throws(EncoderError) {
        let path = file.path
        let header = try Self.headerBytes(file)
        let value: JSONValue
        do throws(JSONError) {
            var reader = JSONReader(header, in: header.indices)
            value = try reader.value()
            try reader.finish()
        } catch {
            throw .damaged(path, "its header is no JSON: \(error)")
        }
        guard case .object(let fields) = value else { throw .damaged(path, "its header is no object of JSON") }
        let start = Self.lengthByteCount + header.count
        var entries: [String: Entry] = [:]
        for (name, value) in fields where name != Self.notes {
            let entry = try Self.entry(name, value, start: start, byteCount: file.byteCount, path)
            guard entries.updateValue(entry, forKey: name) == nil else {
                throw .damaged(path, "its header names the tensor '\(name)' twice")
            }
        }
        try Self.checkPlaces(entries, from: start, to: file.byteCount, path)
        self.entries = entries
    }

    /// The bytes of the header, whose length stands in front of it.
    private static func headerBytes(_ file: MappedFile) throws(EncoderError) -> [UInt8] {
        guard file.byteCount > lengthByteCount else {
            throw .damaged(file.path, "it is no file of the format safetensors: it has \(file.byteCount) bytes")
        }
        return try file.withBytes { (bytes) throws(EncoderError) in
            // SAFETY: the file is longer than eight bytes, and any bits are a number.
            let length = UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(as: UInt64.self))
            guard length <= maximumByteCount else {
                throw .damaged(
                    file.path, "it is no file of the format safetensors: its header would have \(length) bytes")
            }
            guard length <= file.byteCount - lengthByteCount else {
                throw .damaged(
                    file.path, "it ends in its header, which has \(length) bytes in a file of \(file.byteCount)")
            }
            let header = bytes.extracting(lengthByteCount..<lengthByteCount + Int(length))
            // SAFETY: the bytes are copied.
            return unsafe header.withUnsafeBytes { unsafe Array($0) }
        }
    }
}

// MARK: - Checking entries

extension TensorHeader {
    /// Reads one entry, and compares its length with its shape and with the file.
    private static func entry(
        _ name: String, _ value: JSONValue, start: Int, byteCount: Int, _ path: String
    ) throws(EncoderError) -> Entry {
        guard case .object(let fields) = value, fields.count == 3, case .string(let typeName)? = value["dtype"],
            let shape = numbers(value["shape"]), let offsets = numbers(value["data_offsets"]), offsets.count == 2
        else {
            throw .damaged(path, "tensor '\(name)' is not described by dtype, shape and two data_offsets")
        }
        guard let elementType = ElementType(rawValue: typeName) else {
            throw .damaged(path, "tensor '\(name)' has elements of the unknown type '\(typeName)'")
        }
        let available = byteCount - start
        guard offsets[0] <= offsets[1], offsets[1] <= available else {
            throw .damaged(
                path, "tensor '\(name)' lies in bytes \(offsets[0]) to \(offsets[1]), and there are \(available)")
        }
        guard let needed = product(shape + [elementType.byteCount]) else {
            throw .damaged(path, "tensor '\(name)' has more elements than any file: \(shape)")
        }
        let length = offsets[1] - offsets[0]
        guard length == needed else {
            throw .damaged(
                path, "tensor '\(name)' has \(length) bytes, and \(needed) by its shape \(shape) of \(typeName)")
        }
        return Entry(elementType: elementType, shape: shape, bytes: start + offsets[0]..<start + offsets[1])
    }

    /// The numbers of a list of whole numbers that are not negative; `nil` for anything else.
    private static func numbers(_ value: JSONValue?) -> [Int]? {
        guard case .array(let elements)? = value else { return nil }
        var numbers: [Int] = []
        for element in elements {
            guard case .number(let digits) = element, let number = Int(digits), number >= 0 else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// The product of numbers; `nil` if it overflows.
    private static func product(_ factors: [Int]) -> Int? {
        if factors.contains(0) { return 0 }
        var product = 1
        for factor in factors {
            let (next, overflows) = product.multipliedReportingOverflow(by: factor)
            if overflows { return nil }
            product = next
        }
        return product
    }

    /// Checks that tensors fill the file from `start` to `end`, without gaps and overlaps.
    private static func checkPlaces(
        _ entries: [String: Entry], from start: Int, to end: Int, _ path: String
    ) throws(EncoderError) {
        let inOrder = entries.sorted {
            ($0.value.bytes.lowerBound, $0.value.bytes.upperBound, $0.key)
                < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound, $1.key)
        }
        var position = start
        for (name, entry) in inOrder {
            guard entry.bytes.lowerBound >= position else {
                throw .damaged(path, "tensor '\(name)' overlaps the one before it")
            }
            guard entry.bytes.lowerBound == position else {
                throw .damaged(
                    path, "\(entry.bytes.lowerBound - position) bytes before tensor '\(name)' belong to no tensor")
            }
            position = entry.bytes.upperBound
        }
        guard position == end else { throw .damaged(path, "its last \(end - position) bytes belong to no tensor") }
    }
}
