import Akin
import Foundation

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

/// A file that is written piece by piece, and appears under its name when it is complete. Nothing is left of one that
/// is not finished.
final class FileWriter {
    private let path: String
    private let partial: URL
    private let handle: FileHandle
    private var buffer = Data()
    private var failure: (any Error)?
    private var isFinished = false

    private static let pieceLength = 1 << 16

    /// Begins a file beside the place where it will stand.
    ///
    /// - Throws: `AkinError` with code `cannotWrite` or `noSpace`.
    init(path: String) throws(AkinError) {
        // A link stays one, and what it names is replaced.
        let target = URL(filePath: path).resolvingSymlinksInPath()
        self.path = target.path
        partial = target.deletingLastPathComponent().appending(
            path: ".\(target.lastPathComponent).\(UUID().uuidString)")
        do {
            try Data().write(to: partial)
            handle = try FileHandle(forWritingTo: partial)
        } catch {
            throw AkinError(translating: error)
        }
    }

    deinit {
        if !isFinished { try? FileManager.default.removeItem(at: partial) }
    }

    /// Adds a text. A failure is told at the end.
    func write(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.pieceLength { flush() }
    }

    private func flush() {
        if failure == nil {
            do {
                try handle.write(contentsOf: buffer)
            } catch {
                failure = error
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Completes the file, and puts it in place of another one.
    ///
    /// - Throws: `AkinError` with code `cannotWrite` or `noSpace`.
    func finish() throws(AkinError) {
        flush()
        do {
            try handle.close()
            if let failure { throw failure }
            // SAFETY: Swift makes and ends both strings.
            guard unsafe rename(partial.path, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            isFinished = true
        } catch {
            throw AkinError(translating: error)
        }
    }
}
