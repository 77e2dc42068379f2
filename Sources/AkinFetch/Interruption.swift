import Dispatch
import Synchronization

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

/// Ends the work between two lines of output when a person interrupts it, or the system asks the program to end.
final class Interruption {
    private static let received = Atomic<Int32>(0)

    private let sources: [any DispatchSourceSignal]

    /// Waits for the signals.
    ///
    /// - Parameter cancel: Called at the first signal. A second one ends the process at once.
    init(_ cancel: @escaping @Sendable () -> Void) {
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if Self.received.exchange(number, ordering: .relaxed) != 0 { endProcess(by: number) }
                cancel()
            }
            source.resume()
            return source
        }
    }

    /// Ends the process as the signal would have, if there was one. Whoever waits for it sees that.
    func endProcessIfInterrupted() {
        let number = Self.received.load(ordering: .relaxed)
        if number != 0 { endProcess(by: number) }
    }
}

/// Ends the process as one that a signal ended.
func endProcess(by number: Int32) -> Never {
    _ = signal(number, SIG_DFL)
    // Dispatch blocks the signals that it waits for.
    var signals = sigset_t()
    // SAFETY: the calls read and write the one set whose address they get.
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, number)
    unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    _ = raise(number)
    _exit(128 + number)
}
