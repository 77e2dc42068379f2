#if THREAD_SANITIZER
#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A value that one thread at a time may use, for builds under the thread sanitizer.
///
/// The sanitizer does not see the order that a `Mutex` makes, whose code comes with the system's Swift and is not built for
/// it, and would report every use of the value as a race. It knows the locks of pthreads.
@safe
package final class LockedValue<Value>: @unchecked Sendable {
    /// SAFETY: the lock is initialised, lives as long as self, and is held wherever the value is used.
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    /// Locks a value.
    package init(_ value: Value) {
        self.value = value
        unsafe lock = .allocate(capacity: 1)
        unsafe lock.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(lock, nil)
    }

    deinit {
        unsafe pthread_mutex_destroy(lock)
        unsafe lock.deallocate()
    }

    /// Calls `body` with the value while no other thread has it.
    package func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        unsafe pthread_mutex_lock(lock)
        defer { unsafe pthread_mutex_unlock(lock) }
        return try body(&value)
    }
}
#else
package import Synchronization

/// A value that one thread at a time may use.
package typealias LockedValue = Mutex
#endif
