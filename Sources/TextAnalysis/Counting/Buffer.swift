/// A growing array that is owned in one place, so that writing to it checks for bounds but not for other owners.
@safe
struct Buffer<Element: BitwiseCopyable>: ~Copyable {
    private var storage: UnsafeMutableBufferPointer<Element>
    private var capacity: Int { unsafe storage.count }

    /// The number of elements.
    private(set) var count: Int

    /// Creates an empty buffer.
    init() {
        unsafe storage = UnsafeMutableBufferPointer(start: nil, count: 0)
        count = 0
    }

    /// Creates a buffer of equal elements.
    init(repeating element: Element, count: Int) {
        unsafe storage = .allocate(capacity: count)
        unsafe storage.initialize(repeating: element)
        self.count = count
    }

    deinit {
        unsafe storage.deallocate()
    }

    /// One element.
    @inline(__always)
    subscript(index: Int) -> Element {
        // SAFETY: the first `count` elements of the storage are initialized, and the index is checked to be one of them.
        get {
            precondition(index >= 0 && index < count)
            return unsafe storage[index]
        }
        set {
            precondition(index >= 0 && index < count)
            unsafe storage[index] = newValue
        }
    }

    /// Appends an element.
    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(by: 1) }
        // SAFETY: the storage has room for more than `count` elements.
        unsafe storage[count] = element
        count += 1
    }

    /// Appends an element if it is to be kept, without a branch on that.
    @inline(__always)
    mutating func append(_ element: Element, keeping isKept: Bool) {
        if count == capacity { grow(by: 1) }
        // SAFETY: the storage has room for more than `count` elements.
        unsafe storage[count] = element
        count += isKept ? 1 : 0
    }

    /// Appends the elements of a span.
    mutating func append(contentsOf elements: Span<Element>) {
        guard !elements.isEmpty else { return }
        if count + elements.count > capacity { grow(by: elements.count) }
        // SAFETY: the storage has room for the span's elements behind the first `count`.
        for index in elements.indices { unsafe storage[count + index] = elements[index] }
        count += elements.count
    }

    /// Removes all elements and keeps the storage.
    mutating func removeAll() {
        count = 0
    }

    /// Calls `body` with the elements.
    func withElements<Result>(_ body: (Span<Element>) throws -> Result) rethrows -> Result {
        // SAFETY: the first `count` elements are initialized, and the buffer is borrowed during the call.
        try unsafe body(Span(_unsafeStart: storage.baseAddress ?? Self.nowhere, count: count))
    }

    private static var nowhere: UnsafeMutablePointer<Element> {
        unsafe UnsafeMutablePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped
    }

    private mutating func grow(by more: Int) {
        let room = Swift.max(16, count + more, 2 * count)
        // SAFETY: the first `count` elements are initialized and there is room for them in the larger storage; the old
        // one is given back and not used again.
        let larger = UnsafeMutableBufferPointer<Element>.allocate(capacity: room)
        _ = unsafe larger.moveInitialize(fromContentsOf: storage[..<count])
        unsafe storage.deallocate()
        unsafe storage = larger
    }
}

// SAFETY: the storage has one owner, and Swift's rules of access keep a writer away from readers, as for any value.
extension Buffer: @unchecked Sendable where Element: Sendable {}
