import Akin
import Foundation
import Synchronization

/// Lines on standard error that show how far a command has come: one that is drawn again on a terminal, and elsewhere a
/// line every ten seconds.
final class ProgressBar: Sendable {
    private let isShown: Bool
    private let state = Mutex(State())

    private struct State {
        var stage: AddProgress.Stage?
        /// When the stage began, and its first progress.
        var start = ContinuousClock.now
        var first: AddProgress?
        var lastDrawn = ContinuousClock.now
    }

    init(isWanted: Bool) {
        isShown = isWanted
    }

    /// Shows the progress, at most twenty times a second on a terminal.
    func show(_ progress: AddProgress) {
        guard isShown else { return }
        let interval: Duration = Terminal.showsProgress ? .milliseconds(50) : .seconds(10)
        let line = state.withLock { state -> String? in
            let now = ContinuousClock.now
            let isNew = state.stage != progress.stage
            if isNew { (state.stage, state.start, state.first) = (progress.stage, now, progress) }
            guard isNew && Terminal.showsProgress || now - state.lastDrawn >= interval else { return nil }
            state.lastDrawn = now
            return Self.line(progress, from: state.first ?? progress, elapsed: now - state.start)
        }
        guard let line else { return }
        if Terminal.showsProgress { draw(line) } else { Terminal.note(line) }
    }

    /// Clears the line.
    func finish() {
        if isShown, Terminal.showsProgress { draw("") }
    }

    private func draw(_ line: String) {
        Terminal.redraw(line)
    }

    private static func line(_ progress: AddProgress, from first: AddProgress, elapsed: Duration) -> String {
        let seconds = elapsed / .seconds(1)
        var parts = ["\(progress.papers) papers"]
        let papers = progress.papers - first.papers
        if seconds >= 1, papers > 0 { parts.append("\(Int(Double(papers) / seconds)) a second") }
        if seconds >= 1, let fraction = progress.fraction, let start = first.fraction, fraction - start > 0.01 {
            let left = seconds * (1 - fraction) / (fraction - start)
            if left.isFinite, left >= 1, left < 1e6 { parts.append("\(time(Int(left.rounded(.up)))) left") }
        }
        let stage = progress.stage.rawValue.padding(toLength: Self.stageWidth, withPad: " ", startingAt: 0)
        let drawn = Terminal.showsProgress ? bar(progress.fraction) : percentage(progress.fraction)
        return ([stage, drawn] + [parts.joined(separator: ", ")]).filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The letters of the longest stage.
    private static let stageWidth = AddProgress.Stage.allCases.map(\.rawValue.count).max() ?? 0

    private static func time(_ seconds: Int) -> String {
        seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }

    private static func percentage(_ fraction: Double?) -> String {
        fraction.map { "\(Int((min(1, max(0, $0)) * 100).rounded())) %" } ?? ""
    }

    private static func bar(_ fraction: Double?) -> String {
        guard let fraction else { return "" }
        let filled = Int((min(1, max(0, fraction)) * 24).rounded())
        return String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    }
}
