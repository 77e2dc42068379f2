import Akin
import Foundation
import Synchronization

/// A line on standard error that shows how far a command has come. It is drawn only on a terminal.
final class ProgressBar: Sendable {
    private let isShown: Bool
    private let lastDrawn = Mutex<(stage: AddProgress.Stage, instant: ContinuousClock.Instant)?>(nil)

    init(isWanted: Bool) {
        isShown = isWanted && Terminal.showsProgress
    }

    /// Draws the progress, at most twenty times a second within a stage.
    func show(_ progress: AddProgress) {
        guard isShown else { return }
        let now = ContinuousClock.now
        let isDue = lastDrawn.withLock { last in
            if let last, last.stage == progress.stage, now - last.instant < .milliseconds(50) { return false }
            last = (progress.stage, now)
            return true
        }
        if isDue { draw("\(label(progress.stage)) \(bar(progress.fraction)) \(progress.papers) papers") }
    }

    /// Clears the line.
    func finish() {
        if isShown { draw("") }
    }

    private func draw(_ line: String) {
        Terminal.draw("\r\u{1B}[K\(line)")
    }

    private func label(_ stage: AddProgress.Stage) -> String {
        stage.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
    }

    private func bar(_ fraction: Double?) -> String {
        guard let fraction else { return "" }
        let filled = Int((min(1, max(0, fraction)) * 24).rounded())
        return String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    }
}
