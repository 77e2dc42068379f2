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

    /// A part of the work, from `start` to `end` of the whole.
    func part(from start: Double, to end: Double) -> Interruption {
        guard let progress else { return self }
        return Interruption(progress: { progress(start + (end - start) * $0) }, asksTask: asksTask)
    }
}
