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

/// Threads of our own, which stay for later work.
///
/// A piece of work never waits for another: where no thread is idle, one is made. The threads of Dispatch would not do,
/// because on Linux Swift's concurrency runs on the same ones, and every task would wait for long work.
@safe
final class ThreadPool: @unchecked Sendable {
    static let shared = ThreadPool(mostIdle: 2 * availableCores)

    // SAFETY: The lock and both conditions are initialized and live as long as the program. The lock is held wherever
    // a variable is used.
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let workCame: UnsafeMutablePointer<pthread_cond_t>
    private let memberEnded: UnsafeMutablePointer<pthread_cond_t>
    private let mostIdle: Int
    private var idle = 0
    private var waiting: [Work] = []

    /// A piece of work: a closure that nobody waits for, or a member of a crew.
    private enum Work {
        case alone(() -> Void)
        case member(Int, of: Crew)

        func belongs(to crew: Crew) -> Bool {
            if case .member(_, let its) = self { its === crew } else { false }
        }
    }

    /// Calls of one closure whose caller waits for them.
    private final class Crew {
        private var body: ((Int) -> Void)?
        var running = 0

        init(_ body: @escaping (Int) -> Void) {
            self.body = body
        }

        /// Makes the call of a member. When it returns, the calling thread holds the closure no longer.
        @inline(never)
        func call(_ member: Int) {
            body?(member)
        }

        /// Lets go of the closure.
        func disband() {
            body = nil
        }
    }

    /// Creates a pool that lives as long as the program.
    ///
    /// - Parameter mostIdle: The number of threads that wait for work at most. Others end.
    private init(mostIdle: Int) {
        self.mostIdle = mostIdle
        unsafe lock = .allocate(capacity: 1)
        unsafe lock.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(lock, nil)
        unsafe workCame = .allocate(capacity: 1)
        unsafe workCame.initialize(to: pthread_cond_t())
        unsafe pthread_cond_init(workCame, nil)
        unsafe memberEnded = .allocate(capacity: 1)
        unsafe memberEnded.initialize(to: pthread_cond_t())
        unsafe pthread_cond_init(memberEnded, nil)
    }

    /// Runs `body` on a thread of the pool, and returns at once.
    ///
    /// The calling thread runs it if the system has no thread to give.
    func run(_ body: @escaping @Sendable () -> Void) {
        unsafe pthread_mutex_lock(lock)
        let isTaken = enqueue(.alone(body))
        unsafe pthread_mutex_unlock(lock)
        if !isTaken { body() }
    }

    /// Calls `body` with 0 on the calling thread and with `1..<count` on threads of the pool.
    ///
    /// It returns when the call with 0 has, and each other call that has begun. Calls that have not begun by then are
    /// left out. So the call with 0 must do what the others leave.
    func runCrew(of count: Int, _ body: @Sendable (_ member: Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            let crew = Crew(body)
            unsafe pthread_mutex_lock(lock)
            var member = 1
            while member < count, enqueue(.member(member, of: crew)) { member += 1 }
            unsafe pthread_mutex_unlock(lock)
            body(0)
            unsafe pthread_mutex_lock(lock)
            waiting.removeAll { $0.belongs(to: crew) }
            while crew.running > 0 { unsafe pthread_cond_wait(memberEnded, lock) }
            unsafe pthread_mutex_unlock(lock)
            crew.disband()
        }
    }

    /// Adds a piece of work and sees to it that a thread comes for it. Needs the lock.
    ///
    /// - Returns: Whether one does: `false` means that the system makes no more threads, and nothing was added.
    private func enqueue(_ work: Work) -> Bool {
        if idle > waiting.count {
            unsafe pthread_cond_signal(workCame)
        } else if !startThread() {
            return false
        }
        waiting.append(work)
        return true
    }

    /// What a thread of the pool does.
    fileprivate func work() {
        unsafe pthread_mutex_lock(lock)
        while true {
            if !waiting.isEmpty {
                perform(waiting.removeFirst())
            } else if idle < mostIdle {
                idle += 1
                unsafe pthread_cond_wait(workCame, lock)
                idle -= 1
            } else {
                break
            }
        }
        unsafe pthread_mutex_unlock(lock)
    }

    /// Does a piece of work, without the lock, which the caller holds.
    private func perform(_ work: Work) {
        if case .member(_, let crew) = work { crew.running += 1 }
        unsafe pthread_mutex_unlock(lock)
        defer { unsafe pthread_mutex_lock(lock) }
        switch work {
        case .alone(let body):
            body()
        case .member(let member, let crew):
            crew.call(member)
            unsafe pthread_mutex_lock(lock)
            crew.running -= 1
            if crew.running == 0 { unsafe pthread_cond_broadcast(memberEnded) }
            unsafe pthread_mutex_unlock(lock)
        }
    }

    /// Starts a thread of the pool.
    ///
    /// - Returns: `false` if the system makes no more threads.
    private func startThread() -> Bool {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        unsafe pthread_attr_setstacksize(&attributes, Self.stackSize)
        #if canImport(Darwin) || canImport(Musl)
        var thread: pthread_t?
        #else
        var thread = pthread_t()
        #endif
        let status = unsafe pthread_create(
            &thread, &attributes,
            { _ in
                ThreadPool.shared.work()
                return nil
            }, nil)
        return status == 0
    }

    /// Bytes of address space for the stack of a thread, as main threads have them: Musl gives others an eightieth.
    private static let stackSize = 8 << 20
}
