#if THREAD_SANITIZER
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

/// A value that one thread at a time may use, for builds with the thread sanitizer.
///
/// The sanitizer knows the locks of pthreads but not those of `Mutex`, which comes precompiled with Swift. It would
/// report every use of a `Mutex` as a race.
@safe
package final class LockedValue<Value: ~Copyable>: @unchecked Sendable {
    /// SAFETY: the lock is initialized, lives as long as self, and is held wherever the value is used.
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    /// Creates the lock of a value.
    package init(_ value: consuming Value) {
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
