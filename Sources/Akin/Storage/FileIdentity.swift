import Foundation
import MappedFiles
package import SystemCalls

/// What a manifest remembers of a file, so that opening a generation notices a file that does not belong to it.
///
/// The checksum is the CRC-32C of the first 60 bytes, which are the header of a sectioned file without the header's
/// own checksum. The header holds the checksum of the section table, and the table holds the checksums of all
/// sections. Files of different content therefore have different identities, and a check reads 60 bytes. (The header's
/// own checksum is left out because a text followed by its CRC has the same CRC as every other such text.)
package struct FileIdentity: Codable, Hashable, Sendable {
    /// The name in the generation's folder.
    package let name: String
    /// The size in bytes.
    package let byteCount: Int
    /// The CRC-32C of the first ``headerByteCount`` bytes.
    package let checksum: UInt32

    private static let headerByteCount = 60

    /// Creates an identity of its parts.
    package init(name: String, byteCount: Int, checksum: UInt32) {
        self.name = name
        self.byteCount = byteCount
        self.checksum = checksum
    }

    /// Reads the identity of a file.
    ///
    /// - Throws: `FileReadingError`, also for a pipe or a device.
    package init(ofFileAt path: String) throws(FileReadingError) {
        let file = try bytes(ofFileAt: path, limit: Self.headerByteCount)
        name = URL(filePath: path).lastPathComponent
        byteCount = file.byteCount
        checksum = CRC32C(file.bytes).value
    }

    /// Compares the file of this name with what was written.
    ///
    /// - Throws: `AkinError`, which names the file: `damaged` if it is missing, has another size, or is another file,
    ///   such as one of another library; `cannotRead` if the system refuses to read it.
    /// - Complexity: Reads 60 bytes.
    func check(in folder: GenerationFolder) throws(AkinError) {
        let path = folder.path(of: self)
        let found: FileIdentity
        do throws(FileReadingError) {
            found = try FileIdentity(ofFileAt: path)
        } catch {
            let translated = AkinError(translating: error)
            throw AkinError(
                translated.code, "Cannot use '\(path)': \(error).", remedy: translated.remedy, cause: error)
        }
        guard found.byteCount == byteCount else {
            throw Self.damage(path, "it has \(found.byteCount) bytes instead of \(byteCount)")
        }
        guard found.checksum == checksum else {
            throw Self.damage(path, "it is damaged, or a file of another library")
        }
    }

    /// Reads the file of this name to its end, as a check does before the file is mapped: a bad sector under a mapping
    /// ends the process.
    ///
    /// - Throws: `AkinError`, which names the file: `damaged` if the disk cannot read it, `cannotRead` if the system
    ///   refuses to open it.
    /// - Complexity: Reads the whole file.
    func readThrough(in folder: GenerationFolder) throws(AkinError) {
        let path = folder.path(of: self)
        do throws(SystemError) {
            let file = try FileDescriptor(opening: path, flags: O_RDONLY)
            var piece = [UInt8](repeating: 0, count: 1 << 20)
            while try file.read(into: &piece) > 0 {}
        } catch {
            if error.number == EIO { throw Self.damage(path, "the disk cannot read it") }
            throw AkinError(
                .cannotRead, "Cannot read '\(path)': \(systemMessage(error.number)).", remedy: .checkPermissions,
                cause: error)
        }
    }

    private static func damage(_ path: String, _ reason: String) -> AkinError {
        AkinError(.damaged, "Cannot use '\(path)': \(reason).", remedy: .repair)
    }

    /// Whether the parts are ones that a file of a generation has.
    var isSound: Bool {
        byteCount >= 0 && !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") && !name.utf8.contains(0)
    }
}
