import ArraySpans
import MappedFiles
import SystemCalls

/// The small files of a model's folder, and the checksum of those that were read.
struct FolderFiles {
    /// The path of the folder.
    private(set) var path: String

    /// The checksum of the names and the bytes of all files that were read so far.
    private(set) var checksum = CRC32C()

    /// The largest file that is read. The vocabularies of large models have some five million bytes.
    private static let maximumByteCount = 1 << 26

    init(path: String) {
        self.path = path
    }

    /// Goes on with the files of a folder inside this one. It stays where it is if the name is empty.
    mutating func enter(_ folder: String) {
        if !folder.isEmpty { path = path(of: folder) }
    }

    /// The path of a file in the folder.
    func path(of name: String) -> String { path + "/" + name }

    /// Whether there is a file or folder of a name.
    func contains(_ name: String) throws(EncoderError) -> Bool {
        do throws(SystemError) {
            return try fileExists(path(of: name))
        } catch {
            throw unreadable(name, systemMessage(error.number))
        }
    }

    /// The bytes of a file; `nil` if there is none of the name.
    ///
    /// - Throws: `unreadable`, or `damaged` for a file that is too large.
    mutating func bytes(of name: String) throws(EncoderError) -> [UInt8]? {
        guard try contains(name) else { return nil }
        let bytes: [UInt8]
        let byteCount: Int
        do throws(FileReadingError) {
            (bytes, byteCount) = try SystemCalls.bytes(ofFileAt: path(of: name), limit: Self.maximumByteCount)
        } catch {
            throw unreadable(name, "\(error)")
        }
        guard byteCount <= Self.maximumByteCount else {
            throw .damaged(path(of: name), "it has \(byteCount) bytes, more than any file of its kind")
        }
        // The lengths keep files apart.
        for part in [Array("\(name) \(bytes.count) ".utf8), bytes] {
            // SAFETY: bytes have no padding between them.
            checksum.update(unsafe part.span.bytes)
        }
        return bytes
    }

    /// The object that a file of JSON holds; `nil` if there is no file of the name.
    ///
    /// - Throws: `unreadable`, or `damaged` if it holds anything else.
    mutating func configuration(_ name: String) throws(EncoderError) -> ConfigurationObject? {
        guard let bytes = try bytes(of: name) else { return nil }
        return try ConfigurationObject(bytes, path: path(of: name))
    }

    private func unreadable(_ name: String, _ reason: String) -> EncoderError {
        EncoderError(
            .unreadable, "Cannot read '\(path(of: name))': \(reason). Check that it exists and may be read.")
    }
}
