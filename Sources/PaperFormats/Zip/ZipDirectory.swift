/// Reads the directory of a zip archive.
///
/// 1. The end record is looked for in the last 64 KB: a comment may follow it.
/// 2. If one of its numbers is too large for it, the record of zip64 has them. A locator before the end record says
///    where that is.
/// 3. Each entry of the directory names a member. What is too large for the entry stands in its extra field.
///
/// Every number is checked against the size of the archive.
struct ZipDirectory {
    private(set) var entries: [ZipEntry] = []

    private let path: String
    private let size: Int

    /// The longest directory that is read: 256 MB, some two million files.
    private static let maximumLength = 256 << 20

    private static let endLength = 22
    private static let entryLength = 46
    private static let locatorLength = 20

    init(path: String, descriptor: Int32, size: Int) throws(PaperFormatsError) {
        self.path = path
        self.size = size
        let tailLength = min(size, 0xFFFF + ZipDirectory.endLength + ZipDirectory.locatorLength)
        let tailStart = size - tailLength
        let tail = try ZipDirectory.bytes(of: descriptor, at: tailStart, count: tailLength, path: path)
        guard let end = ZipDirectory.endRecord(in: tail) else {
            throw ZipArchive.damaged(path, "it is a zip archive that ends too early")
        }
        var count = Int(tail.number(at: end + 10, length: 2))
        var length = tail.number(at: end + 12, length: 4)
        var start = tail.number(at: end + 16, length: 4)
        if count == 0xFFFF || length == 0xFFFF_FFFF || start == 0xFFFF_FFFF,
            let locator = ZipDirectory.locator(before: end, in: tail)
        {
            let record = try ZipDirectory.bytes(of: descriptor, at: locator, count: 56, path: path)
            guard record.count == 56, record.starts(with: [0x50, 0x4B, 0x06, 0x06]) else { throw damaged }
            count = Int(clamping: record.number(at: 32, length: 8))
            length = record.number(at: 40, length: 8)
            start = record.number(at: 48, length: 8)
        }
        guard length <= UInt64(ZipDirectory.maximumLength) else {
            throw ZipArchive.damaged(path, "it is a zip archive with too many files")
        }
        guard start <= UInt64(size), length <= UInt64(size) - start else { throw damaged }
        let bytes = try ZipDirectory.bytes(of: descriptor, at: Int(start), count: Int(length), path: path)
        guard bytes.count == Int(length) else { throw damaged }
        try read(bytes, count: count)
    }

    /// The position of the end record: the last one whose comment ends with the archive, or else the last.
    private static func endRecord(in tail: [UInt8]) -> Int? {
        guard tail.count >= endLength else { return nil }
        let places = stride(from: tail.count - endLength, through: 0, by: -1).lazy.filter {
            tail[$0] == 0x50 && tail[$0 + 1] == 0x4B && tail[$0 + 2] == 0x05 && tail[$0 + 3] == 0x06
        }
        let exact = places.first { $0 + endLength + Int(tail.number(at: $0 + 20, length: 2)) == tail.count }
        return exact ?? Array(places).first
    }

    /// The position of zip64's record, if a locator stands before the end record.
    private static func locator(before end: Int, in tail: [UInt8]) -> Int? {
        let place = end - locatorLength
        guard place >= 0, tail[place...].starts(with: [0x50, 0x4B, 0x06, 0x07]) else { return nil }
        return Int(exactly: tail.number(at: place + 8, length: 8))
    }

    private mutating func read(_ bytes: [UInt8], count: Int) throws(PaperFormatsError) {
        var place = 0
        for _ in 0..<count {
            guard place <= bytes.count - ZipDirectory.entryLength,
                bytes[place...].starts(with: [0x50, 0x4B, 0x01, 0x02])
            else { throw damaged }
            let nameStart = place + ZipDirectory.entryLength
            let nameEnd = nameStart + Int(bytes.number(at: place + 28, length: 2))
            let extraEnd = nameEnd + Int(bytes.number(at: place + 30, length: 2))
            let entryEnd = extraEnd + Int(bytes.number(at: place + 32, length: 2))
            guard entryEnd <= bytes.count else { throw damaged }
            var numbers = [24, 20, 42].map { bytes.number(at: place + $0, length: 4) }
            ZipDirectory.replaceLargeNumbers(&numbers, by: bytes[nameEnd..<extraEnd])
            guard let unpacked = Int(exactly: numbers[0]), numbers[2] < UInt64(size),
                numbers[1] <= UInt64(size) - numbers[2]
            else { throw damaged }
            let name = ZipDirectory.name(bytes[nameStart..<nameEnd])
            if !name.hasSuffix("/") {
                entries.append(
                    ZipEntry(
                        name: name, method: Int(bytes.number(at: place + 10, length: 2)),
                        isEncrypted: bytes[place + 8] & 1 != 0,
                        checksum: UInt32(truncatingIfNeeded: bytes.number(at: place + 16, length: 4)),
                        packedSize: Int(numbers[1]), size: unpacked, position: Int(numbers[2])))
            }
            place = entryEnd
        }
    }

    /// Takes the numbers that are too large for an entry out of its extra field of zip64, which has only those.
    private static func replaceLargeNumbers(_ numbers: inout [UInt64], by extra: ArraySlice<UInt8>) {
        var rest = extra
        while rest.count >= 4 {
            let kind = rest.number(at: rest.startIndex, length: 2)
            var field = rest.dropFirst(4).prefix(Int(rest.number(at: rest.startIndex + 2, length: 2)))
            rest = rest[field.endIndex...]
            guard kind == 1 else { continue }
            for index in numbers.indices where numbers[index] == 0xFFFF_FFFF && field.count >= 8 {
                numbers[index] = field.number(at: field.startIndex, length: 8)
                field = field.dropFirst(8)
            }
        }
    }

    /// The name of a member. Control characters and backslashes are replaced.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(validating: bytes, as: UTF8.self) ?? String(decoding: bytes, as: UTF8.self)
        var name = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl =
                scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
            name.append(isControl ? "\u{FFFD}" : scalar == "\\" ? "/" : scalar)
        }
        return String(name)
    }

    private var damaged: PaperFormatsError {
        ZipArchive.damaged(path, "its list of files (zip) is damaged")
    }

    /// Returns up to `count` bytes of a file at a position.
    static func bytes(
        of descriptor: Int32, at position: Int, count: Int, path: String
    ) throws(PaperFormatsError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            let before = bytes.count
            let wanted = min(count - before, FileBlock.readLength)
            bytes.append(contentsOf: repeatElement(0, count: wanted))
            let result = readBytes(from: descriptor, into: &bytes, at: before, offset: position + before)
            bytes.removeLast(wanted - max(0, result.count))
            guard result.count >= 0 else { throw PaperFormatsError.unreadable(path, result.code) }
            if result.count == 0 { break }
        }
        return bytes
    }
}

extension RandomAccessCollection<UInt8> where Index == Int {
    /// The number that some bytes hold, the lowest first. They have to be there.
    func number(at position: Int, length: Int) -> UInt64 {
        var number: UInt64 = 0
        for index in (position..<position + length).reversed() { number = number << 8 | UInt64(self[index]) }
        return number
    }
}
