/// What a long call asks between its steps: whether to go on.
///
/// The call ends early if the surrounding `Task` was cancelled, or if the caller's closure says so.
struct Interruption {
    /// Receives the share of the work that is done, and returns whether to go on.
    let progress: ((Double) -> Bool)?

    /// Never interrupts, whatever the task.
    static var never: Interruption { Interruption(progress: nil, asksTask: false) }

    private let asksTask: Bool

    init(progress: ((Double) -> Bool)?, asksTask: Bool = true) {
        self.progress = progress
        self.asksTask = asksTask
    }

    /// Whether the call may end early.
    var isPossible: Bool {
        let isInTask = unsafe withUnsafeCurrentTask { unsafe $0 != nil }
        return progress != nil || asksTask && isInTask
    }

    /// Throws if the call must end.
    ///
    /// - Throws: ``HNSWError`` with the code `cancelled`.
    func check(_ done: Int, of total: Int) throws(HNSWError) {
        if asksTask, Task.isCancelled {
            throw HNSWError(.cancelled, "Stopped because the task was cancelled. The index is as it was.")
        }
        if let progress, !progress(total > 0 ? Double(done) / Double(total) : 1) {
            throw HNSWError(.cancelled, "Stopped because the progress closure asked for it. The index is as it was.")
        }
    }

    /// Whether the call may go on, with a share of the work done. For a call that keeps what it has done.
    func mayGoOn(_ share: Double) -> Bool {
        !(asksTask && Task.isCancelled) && progress?(share) ?? true
    }

    /// Calls `body` for parts of `count` tasks and asks after each whether to go on; for all at once if nothing can
    /// interrupt.
    ///
    /// - Throws: What `body` throws, and ``HNSWError`` with the code `cancelled`.
    func inParts(of count: Int, size: Int, _ body: (Range<Int>) throws(HNSWError) -> Void) throws(HNSWError) {
        guard isPossible else { return try body(0..<count) }
        for start in stride(from: 0, to: count, by: max(1, size)) {
            let end = min(start + size, count)
            try body(start..<end)
            try check(end, of: count)
        }
    }

    /// A part of the work, from `start` to `end` of the whole.
    func part(from start: Double, to end: Double) -> Interruption {
        guard let progress else { return self }
        return Interruption(progress: { progress(start + (end - start) * $0) }, asksTask: asksTask)
    }
}
