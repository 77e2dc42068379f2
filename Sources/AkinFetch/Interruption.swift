import Dispatch
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Ends the work between two lines of output when a person interrupts it, or the system asks the program to end.
final class Interruption: Sendable {
    private let sources: [any DispatchSourceSignal]
    private let received = Atomic<Int32>(0)

    /// Waits for the signals.
    ///
    /// - Parameter cancel: Called at the first signal. A second one ends the process at once.
    init(_ cancel: @escaping @Sendable () -> Void) {
        let signals = [SIGINT, SIGTERM, SIGHUP]
        sources = signals.map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
        for (number, source) in zip(signals, sources) {
            _ = signal(number, SIG_IGN)
            source.setEventHandler { [self] in
                received.store(number, ordering: .relaxed)
                _ = signal(number, SIG_DFL)
                cancel()
            }
            source.resume()
        }
    }

    /// Ends the process as the signal would have, if there was one. Whoever waits for it sees that.
    func endProcessIfInterrupted() {
        let number = received.load(ordering: .relaxed)
        if number != 0 { endProcess(by: number) }
    }
}

/// Ends the process as one that a signal ended.
func endProcess(by number: Int32) -> Never {
    _ = signal(number, SIG_DFL)
    _ = raise(number)
    _exit(128 + number)
}
