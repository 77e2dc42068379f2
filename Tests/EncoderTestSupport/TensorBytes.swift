/// The bytes of a file of tensors, sound or not.
package struct TensorBytes {
    /// What the header says of a tensor, as it is written there.
    package struct Entry {
        package var name: String
        package var elementType = "F32"
        package var shape = "[1]"
        package var offsets = "[0, 4]"

        package init(name: String, elementType: String = "F32", shape: String = "[1]", offsets: String = "[0, 4]") {
            (self.name, self.elementType, self.shape, self.offsets) = (name, elementType, shape, offsets)
        }
    }

    package var entries: [Entry] = []
    package var data: [UInt8] = []

    package init(entries: [Entry] = [], data: [UInt8] = []) {
        (self.entries, self.data) = (entries, data)
    }

    /// A tensor behind the others, with the bytes of its elements.
    package mutating func add(_ name: String, _ elementType: String, shape: [Int], bytes: [UInt8]) {
        entries.append(
            Entry(
                name: name, elementType: elementType, shape: "\(shape)",
                offsets: "[\(data.count), \(data.count + bytes.count)]"))
        data += bytes
    }

    /// A tensor of 32-bit floats behind the others.
    package mutating func add(_ name: String, shape: [Int], _ values: [Float]) {
        add(name, "F32", shape: shape, bytes: values.flatMap { littleEndian($0.bitPattern) })
    }

    /// The header as it stands in the file.
    package var header: String {
        "{"
            + entries.map {
                #""\#($0.name)":{"dtype":"\#($0.elementType)","shape":\#($0.shape),"data_offsets":\#($0.offsets)}"#
            }.joined(separator: ",") + "}"
    }

    /// The whole file.
    package var file: [UInt8] { Self.file(header: Array(header.utf8), data: data) }

    /// A file of any header and data.
    package static func file(header: [UInt8], data: [UInt8]) -> [UInt8] {
        littleEndian(UInt64(header.count)) + header + data
    }
}

/// The bytes of a number.
package func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
