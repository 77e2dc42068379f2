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
        self.init()
        reserve(count)
        // SAFETY: the storage has room for `count` elements.
        for index in 0..<count { unsafe storage[index] = element }
        self.count = count
    }

    deinit {
        // SAFETY: the storage is nothing or came from `realloc`, and has no other owner.
        unsafe free(storage.baseAddress)
    }

    /// One element.
    @inline(__always)
    subscript(index: Int) -> Element {
        // SAFETY: the first `count` elements of the storage are initialized, and the index is checked to be one of
        // them.
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

    /// Removes the last elements, `number` of them.
    mutating func removeLast(_ number: Int) {
        precondition(number >= 0 && number <= count)
        count -= number
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

    @inline(never)
    private mutating func grow(by more: Int) {
        reserve(Swift.max(16, count + more, 2 * count))
    }

    /// Makes room for elements.
    ///
    /// The system moves large storage to a larger place without copying it, and gives it no page a second time.
    private mutating func reserve(_ room: Int) {
        precondition(MemoryLayout<Element>.alignment <= 16, "`realloc` aligns to 16 bytes")
        guard room > capacity else { return }
        let size = room * MemoryLayout<Element>.stride
        // SAFETY: the storage is nothing or came from `realloc`, and the pointer to it is replaced at once; elements
        // are plain bits, so those that were initialized are, wherever they are moved.
        guard let larger = unsafe realloc(storage.baseAddress, size) else {
            fatalError("no memory for a buffer of \(size) bytes")
        }
        unsafe storage = UnsafeMutableBufferPointer(
            start: larger.bindMemory(to: Element.self, capacity: room), count: room)
    }
}

// SAFETY: the storage has one owner, and Swift's rules of access keep a writer away from readers, as for any value.
extension Buffer: @unchecked Sendable where Element: Sendable {}
