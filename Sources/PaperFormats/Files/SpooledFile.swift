import Foundation
import SystemCalls

/// A folder for the time that an importer works, with copies of files in it. It is removed with the last reference.
final class SpoolFolder {
    /// The path of the folder, which nobody else can read.
    let path: String

    /// Makes the folder.
    ///
    /// - Throws: ``PaperFormatsError`` with `unreadable` if there is no room for it.
    init(for file: String) throws(PaperFormatsError) {
        path = FileManager.default.temporaryDirectory.appending(path: "akin-import-\(UUID().uuidString)").path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw SpoolFolder.noRoom(for: file, "\(error.localizedDescription)")
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes what is left of a file into the folder.
    ///
    /// - Parameters:
    ///   - file: The file, read to its end.
    ///   - name: The name of the copy.
    ///   - limit: How many bytes to accept.
    /// - Returns: The path of the copy.
    /// - Throws: ``PaperFormatsError`` with `unreadable` if the file is longer, or cannot be read or copied.
    func write(_ file: PaperFile, as name: String, limit: Int) throws(PaperFormatsError) -> String {
        let copy = path + "/" + name
        guard FileManager.default.createFile(atPath: copy, contents: nil),
            let target = FileHandle(forWritingAtPath: copy)
        else { throw SpoolFolder.noRoom(for: file.path, "it cannot be copied") }
        defer { try? target.close() }
        var count = 0
        while true {
            var bytes: [UInt8] = []
            guard try file.read(upTo: FileBlock.readLength, into: &bytes) > 0 else { return copy }
            count += bytes.count
            guard count <= limit else {
                throw SpoolFolder.noRoom(for: file.path, "it unpacks to more than \(limit >> 20) MB")
            }
            do {
                try target.write(contentsOf: bytes)
            } catch {
                throw SpoolFolder.noRoom(for: file.path, error.localizedDescription)
            }
        }
    }

    private static func noRoom(for file: String, _ reason: String) -> PaperFormatsError {
        PaperFormatsError(
            .unreadable, path: file, message: "Cannot read papers from '\(file)': \(reason)",
            remedy: "Make room in the folder for temporary files, which the variable TMPDIR names.")
    }
}
