import Foundation

/// Folders as lists of files, and what is done with them as wholes.
enum Folders {
    /// The paths of everything below a folder, relative to it, sorted. Folders end with `/`.
    static func list(_ folder: String) -> [String] {
        var found: [String] = []
        for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            var isFolder: ObjCBool = false
            // SAFETY: the call fills the one value whose address it gets.
            unsafe _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
            found.append(isFolder.boolValue ? name + "/" : name)
        }
        return found.sorted()
    }

    /// Makes `copy` a folder like `folder`, with nothing else in it.
    static func copy(_ folder: String, to copy: String) {
        remove(copy)
        try? FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for name in list(folder) {
            if name.hasSuffix("/") {
                try? FileManager.default.createDirectory(
                    atPath: "\(copy)/\(name)", withIntermediateDirectories: true)
            } else {
                try? contents("\(folder)/\(name)").write(to: URL(filePath: "\(copy)/\(name)"))
            }
        }
    }

    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    static func contents(_ path: String) -> Data { FileManager.default.contents(atPath: path) ?? Data() }

    /// The bytes of everything below a folder; a file with several names counts once.
    static func byteCount(_ folder: String) -> Int {
        var seen: Set<Int> = []
        return list(folder).reduce(0) { sum, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            guard !name.hasSuffix("/"), let file = attributes?[.systemFileNumber] as? Int, seen.insert(file).inserted
            else { return sum }
            return sum + (attributes?[.size] as? Int ?? 0)
        }
    }

    /// A number that stands for the names and bytes of everything below a folder, except for the line in `lock`, which
    /// names a process.
    static func fingerprint(_ folder: String) -> UInt64 {
        var hash = Hash()
        for name in list(folder) {
            hash.add(Data(name.utf8))
            if !name.hasSuffix("/"), name != "lock" { hash.add(contents("\(folder)/\(name)")) }
        }
        return hash.value
    }
}

/// A hash of byte strings that is the same in every run.
struct Hash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ bytes: Data) {
        var state = value ^ UInt64(bytes.count)
        // Eight bytes at a time, with a mix that spreads each over the whole word.
        var word: UInt64 = 0
        var count = 0
        for byte in bytes {
            word = word << 8 | UInt64(byte)
            count += 1
            if count == 8 {
                state = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
                state ^= state >> 29
                word = 0
                count = 0
            }
        }
        state = (state ^ word ^ UInt64(count) << 56) &* 0xBF58_476D_1CE4_E5B9
        value = state ^ (state >> 32)
    }
}
