import Foundation
import Synchronization

/// Runs cases on several workers, each with folders of its own.
struct Runner: Sendable {
    let program: Program
    let seed: UInt64
    let scratch: String
    let summary: Summary
    let memory = ExaminedStates()
    /// One a core; most of a case is spent in one process at a time.
    let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)

    func workspace(_ name: String) -> Workspace {
        Workspace(program, folder: "\(scratch)/\(name)", memory: memory)
    }

    /// Runs cases in an order that depends on the seed, until all are done or the time is over.
    ///
    /// - Parameters:
    ///   - cases: The cases.
    ///   - part: What they are called together.
    ///   - deadline: When to start no more; `nil` runs all.
    func run(_ cases: [TortureCase], of part: String, until deadline: Date?) {
        guard !cases.isEmpty else { return }
        var generator = Generator(seed: seed, for: part)
        let cases = cases.shuffled(using: &generator)
        let next = Atomic(0)
        let done = Atomic(0)
        let lastReport = Mutex(Date())
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            let workspace = workspace("worker-\(worker)")
            while deadline.map({ $0.timeIntervalSinceNow > 0 }) ?? true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < cases.count else { break }
                let findings = cases[index].run(workspace).hidingFolders(in: scratch)
                summary.enter(findings, of: cases[index].name)
                let count = done.add(1, ordering: .relaxed).newValue
                lastReport.withLock { last in
                    guard last.timeIntervalSinceNow < -60 else { return }
                    last = Date()
                    say("  \(part): \(count) of \(cases.count)")
                }
            }
        }
        let count = done.load(ordering: .relaxed)
        let share = 100 * count / cases.count
        summary.enterPart("\(part): \(count) of \(cases.count) (\(share) %)")
    }
}
