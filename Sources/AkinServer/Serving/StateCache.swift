import Synchronization

/// Values that hold for one state of a library, by what they are of. The last few are kept.
final class StateCache<Value: Sendable>: Sendable {
    private let entries = Mutex<[(key: String, tag: String, value: Value)]>([])

    /// The values that are kept.
    private static var count: Int { 16 }

    /// The value of a key, made if it is not there.
    ///
    /// - Parameters:
    ///   - key: What it is of.
    ///   - tag: The state of the library.
    ///   - make: Makes it. Two callers may do so at once.
    /// - Returns: The value.
    /// - Throws: What `make` throws.
    func value(of key: String, in tag: String, _ make: () throws -> Value) rethrows -> Value {
        if let known = entries.withLock({ $0.first { $0.key == key && $0.tag == tag }?.value }) { return known }
        let value = try make()
        entries.withLock { entries in
            entries.removeAll { $0.key == key || $0.tag != tag }
            entries.append((key, tag, value))
            if entries.count > Self.count { entries.removeFirst() }
        }
        return value
    }
}
