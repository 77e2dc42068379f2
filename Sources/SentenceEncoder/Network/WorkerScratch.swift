/// The memory of each worker of a parallel loop, made when the worker first asks for it.
@safe
final class WorkerScratch<Scratch>: @unchecked Sendable {
    // SAFETY: `count` initialized places. Each worker reads and writes its own place, and a worker is one thread at a time.
    private let places: UnsafeMutableBufferPointer<Scratch?>
    private let count: Int
    private let make: @Sendable () -> Scratch

    init(count: Int, _ make: @escaping @Sendable () -> Scratch) {
        self.count = count
        unsafe places = .allocate(capacity: count)
        unsafe places.initialize(repeating: nil)
        self.make = make
    }

    deinit {
        unsafe places.deinitialize()
        unsafe places.deallocate()
    }

    /// The memory of a worker.
    func scratch(of worker: Int) -> Scratch {
        precondition(worker >= 0 && worker < count, "worker \(worker) of \(count)")
        if let made = unsafe places[worker] { return made }
        let made = make()
        unsafe places[worker] = made
        return made
    }
}
