#if Store
import Foundation
import SystemCalls

/// A copy of Zotero's database, which goes with the last reference.
///
/// A running Zotero locks its database, so that nobody else can open it. The file and its journals are copied together,
/// and again if one of them has changed meanwhile.
final class ZoteroCopy {
    /// The path of the copy.
    let path: String

    private let folder: SpoolFolder

    /// How often a copy is tried, and how long to wait before the next time.
    private static let trials = (count: 5, pause: 0.3)

    /// The largest database that is unpacked: 16 GB.
    private static let limit = 16 << 30

    init(_ file: PaperFile) throws(PaperFormatsError) {
        folder = try SpoolFolder(for: file.path)
        guard let original = file.pathOnDisk else {
            path = try folder.write(file, as: "zotero.sqlite", limit: ZoteroCopy.limit)
            return
        }
        path = folder.path + "/zotero.sqlite"
        for trial in 1...ZoteroCopy.trials.count {
            let before = ZoteroCopy.state(original)
            for ending in ZoteroCopy.endings { SystemCalls.removeFile(path + ending) }
            for ending in ZoteroCopy.endings where before[ending] != nil {
                do throws(SystemError) {
                    try SystemCalls.copyFile(original + ending, to: path + ending)
                } catch {
                    // A journal may be gone meanwhile; the next trial sees that.
                    if ending.isEmpty || trial == ZoteroCopy.trials.count {
                        throw PaperFormatsError.unreadable(file.path, error.number)
                    }
                }
            }
            if before == ZoteroCopy.state(original) { return }
            Thread.sleep(forTimeInterval: ZoteroCopy.trials.pause)
        }
        throw PaperFormatsError(
            .unreadable, path: file.path,
            message: "Cannot read papers from '\(file.path)': Zotero changes it all the time",
            remedy: "Wait until Zotero has finished its work, and try again.")
    }

    /// The endings of the database itself and of its journals.
    private static let endings = ["", "-journal", "-wal"]

    private struct FileState: Equatable {
        let size: Int?
        let modified: Date?
    }

    /// The sizes and times of the files that there are.
    private static func state(_ path: String) -> [String: FileState] {
        var states: [String: FileState] = [:]
        for ending in endings {
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path + ending) else { continue }
            states[ending] = FileState(
                size: attributes[.size] as? Int, modified: attributes[.modificationDate] as? Date)
        }
        return states
    }
}
#endif
