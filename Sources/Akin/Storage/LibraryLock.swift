import ArraySpans
import Foundation
import MappedFiles
import SystemCalls

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// The lock that the one writer of a library holds.
///
/// It is a lock of the file system on the file `lock`. The file has one line about the process that took it last, which
/// tells others what they wait for: its number, a name that no other process has, and what it does.
final class LibraryLock: Sendable {
    /// How often the file may be taken away between opening and locking it.
    private static let attempts = 20
    /// The name of this process. Processes in containers may have the same number.
    private static let processName = UUID().uuidString

    private let folder: LibraryFolder
    private let file: FileLock

    /// Takes the lock of a library.
    ///
    /// - Parameters:
    ///   - folder: The library's folder.
    ///   - activity: What the writer does, in one word.
    ///   - waiting: How long to wait for another writer.
    /// - Throws: `AkinError`: `locked` if another writer has the lock, `cannotWrite`.
    init(_ folder: LibraryFolder, for activity: String, waiting: Waiting) throws(AkinError) {
        self.folder = folder
        var held: FileLock?
        var removals = 0
        try akinError {
            try waiting.forTurn(
                ofLibrary: "'\(folder.path)'", holder: LibraryHolder(notedIn: folder, thisProcess: Self.processName)
            ) {
                while let file = try FileLock.attempt(folder.lock, .exclusive) {
                    if file.isInPlace {
                        held = file
                        return true
                    }
                    removals += 1
                    guard removals < Self.attempts else {
                        throw AkinError(
                            .cannotWrite,
                            "Cannot lock the library in '\(folder.path)': its file 'lock' keeps going away.",
                            remedy: .tryAgainLater)
                    }
                }
                return false
            }
        }
        guard let held else { preconditionFailure("a turn without a lock") }
        file = held
        Self.note(activity, in: held)
    }

    /// Makes sure that the lock still keeps others out.
    ///
    /// - Throws: `AkinError` with code `lockLost` if somebody removed or replaced the file.
    func check() throws(AkinError) {
        guard file.isInPlace else {
            throw AkinError(
                .lockLost,
                "Somebody removed or replaced '\(folder.lock)' during a change of the library. Nothing was changed.",
                remedy: .tryAgainLater)
        }
    }

    /// Whether the lock still keeps others out.
    var isHeld: Bool { file.isInPlace }

    /// Notes who has the lock. The note is a courtesy, so a failure to write it is none of the writer's.
    private static func note(_ activity: String, in file: FileLock) {
        let program = ProcessInfo.processInfo.processName.filter { LibraryHolder.isPlain($0) }
        let text = "\(getpid()) \(processName) \(program) \(activity)"
        let line = text.padding(toLength: LibraryHolder.noteByteCount - 1, withPad: " ", startingAt: 0) + "\n"
        // SAFETY: bytes have no padding between them.
        try? file.note(unsafe Array(line.utf8).span.bytes)
    }
}

extension LibraryHolder {
    fileprivate static let noteByteCount = 128

    /// Whether a character may stand in a message as it is.
    fileprivate static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_.+".contains(character))
    }

    /// Reads the note in a lock file that somebody holds. A note that cannot be right says nothing.
    fileprivate init(notedIn folder: LibraryFolder, thisProcess: String) {
        var bytes = [UInt8](repeating: 0, count: Self.noteByteCount)
        let file = try? FileDescriptor(opening: folder.lock, flags: O_RDONLY)
        let count = (try? file?.read(into: &bytes)) ?? 0
        let words = String(decoding: bytes.prefix(count), as: UTF8.self)
            .split { $0 == " " || $0 == "\n" }
        guard
            words.count == 4, let process = Int32(words[0]), process > 0,
            words[2...].allSatisfy({ $0.allSatisfy(Self.isPlain) }),
            // A process of another container or computer cannot be looked for.
            kill(process, 0) == 0 || errno == EPERM
        else {
            self.init(isThisProcess: false, process: nil, activity: nil)
            return
        }
        self.init(
            isThisProcess: words[1] == thisProcess, process: process, activity: words[2...].joined(separator: " "))
    }
}
