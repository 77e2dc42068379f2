import Akin
import Synchronization

/// What a running command shows a person before its report is there.
struct Console {
    private let showsProgress: Bool
    private let isQuiet: Bool

    /// Reads from the flags what a person wants to see.
    init(_ options: LibraryOptions) {
        showsProgress = !options.quiet && !options.json
        isQuiet = options.quiet
    }

    /// Draws a progress bar while `work` runs, and clears it afterwards.
    ///
    /// - Parameter work: The work. It calls its parameter now and then.
    /// - Returns: What `work` returns.
    /// - Throws: What `work` throws.
    func showingProgress<Value>(
        _ work: (_ progress: @escaping @Sendable (AddProgress) -> Bool) throws -> Value
    ) rethrows -> Value {
        let bar = ProgressBar(isWanted: showsProgress)
        defer { bar.finish() }
        return try work { step in
            bar.show(step)
            return true
        }
    }

    /// Prints a remark on standard error at once, unless the person asked for quiet.
    func remark(_ line: String) {
        if !isQuiet { Terminal.note(line) }
    }

    /// Prints on standard error, even under `--json`, what the command waits for, unless the person asked for quiet.
    func tellWait(for holder: LibraryHolder) {
        remark("akin: Waiting for \(holder), which keeps the library locked. Ctrl-C ends the wait.")
    }

    /// Asks a question on the terminal, and tells whether the answer is yes.
    ///
    /// - Returns: `nil` if nobody is there to answer.
    func confirms(_ question: String) -> Bool? {
        guard Terminal.canAsk else { return nil }
        Terminal.note(question)
        return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
    }
}

/// Calls `work` and measures how long it takes.
func timed<Value>(_ work: () throws -> Value) rethrows -> (value: Value, elapsed: Duration) {
    let clock = ContinuousClock()
    let start = clock.now
    let value = try work()
    return (value, clock.now - start)
}

/// Tells a person once what a command waits for, however often it waits.
final class OnceTold: Sendable {
    private let console: Console
    private let isTold = Atomic(false)

    init(_ console: Console) {
        self.console = console
    }

    @Sendable func tell(_ holder: LibraryHolder) {
        if !isTold.exchange(true, ordering: .relaxed) { console.tellWait(for: holder) }
    }
}
