/// The elements of an array that several threads fill, each element from one of them.
///
/// It is valid inside the closure of ``Swift/Array/filledConcurrently(count:repeating:_:)`` only.
@safe
struct ConcurrentFill<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // SAFETY: The closure that receives the value may not keep it, the buffer outlives the closure, and every access
    // is checked against the buffer's count. Threads take disjoint elements: that is the caller's duty.
    private let elements: UnsafeMutableBufferPointer<Element>

    fileprivate init(_ elements: UnsafeMutableBufferPointer<Element>) {
        unsafe self.elements = elements
    }

    subscript(index: Int) -> Element {
        get {
            precondition(index >= 0 && index < unsafe elements.count, "element \(index) of a buffer of \(unsafe elements.count)")
            return unsafe elements[index]
        }
        nonmutating set {
            precondition(index >= 0 && index < unsafe elements.count, "element \(index) of a buffer of \(unsafe elements.count)")
            unsafe elements[index] = newValue
        }
    }
}

extension Array where Element: BitwiseCopyable & Sendable {
    /// Makes an array that `body` fills, from several threads if it likes, no element from two of them.
    static func filledConcurrently(
        count: Int, repeating value: Element, _ body: (ConcurrentFill<Element>) -> Void
    ) -> [Element] {
        var array = [Element](repeating: value, count: count)
        array.fillConcurrently(body)
        return array
    }

    /// Lets `body` change the elements, from several threads if it likes, no element from two of them.
    mutating func fillConcurrently(_ body: (ConcurrentFill<Element>) -> Void) {
        // SAFETY: The buffer is the array's own and lives until the closure returns.
        unsafe withUnsafeMutableBufferPointer { elements in
            body(unsafe ConcurrentFill(elements))
        }
    }
}
