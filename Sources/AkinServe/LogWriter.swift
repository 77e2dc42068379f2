import Dispatch
import Foundation
import Synchronization

/// Writes a log to standard error, on a thread of its own. Nobody waits for it: lines are lost where nobody reads them
/// or the disk is full.
final class LogWriter: Sendable {
    private let queue = DispatchQueue(label: "akin-serve.log")
    private let waiting = Atomic(0)

    /// The lines that wait to be written, at most.
    private static let mostWaiting = 1_000

    func write(_ line: String) {
        guard waiting.add(1, ordering: .relaxed).newValue <= Self.mostWaiting else {
            waiting.subtract(1, ordering: .relaxed)
            return
        }
        queue.async {
            try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
            self.waiting.subtract(1, ordering: .relaxed)
        }
    }

    /// Waits for the lines that are to be written, but not where nobody reads them.
    func finish() {
        let last = DispatchSemaphore(value: 0)
        queue.async { last.signal() }
        _ = last.wait(timeout: .now() + 1)
    }
}
