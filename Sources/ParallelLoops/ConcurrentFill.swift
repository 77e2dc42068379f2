/// The elements of an array that several threads write. One thread writes each range.
///
/// It is valid only inside the closure of ``Swift/Array/fillConcurrently(_:)``.
@safe
package struct ConcurrentFill<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    // SAFETY: The closure that receives the value may not keep it, the buffer outlives the closure, and every range is
    // checked against the buffer's count. That threads take disjoint ranges is the caller's duty.
    private let elements: UnsafeMutableBufferPointer<Element>

    fileprivate init(_ elements: UnsafeMutableBufferPointer<Element>) {
        unsafe self.elements = elements
    }

    /// Lets `body` read and write the elements in `range`. No other thread may use them at the same time.
    package func withElements(in range: Range<Int>, _ body: (inout MutableSpan<Element>) -> Void) {
        let count = unsafe elements.count
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "elements \(range) of \(count)")
        var span = unsafe elements.extracting(range).mutableSpan
        body(&span)
    }
}

extension Array where Element: BitwiseCopyable & Sendable {
    /// Makes an array of `count` elements that `body` writes, from any number of threads.
    package static func filledConcurrently(
        count: Int, repeating value: Element, _ body: (ConcurrentFill<Element>) -> Void
    ) -> [Element] {
        var array = [Element](repeating: value, count: count)
        array.fillConcurrently(body)
        return array
    }

    /// Makes an array of `count` elements and lets `body` write all of them, from any number of threads.
    ///
    /// It writes nothing first, so the threads that write a large array also fetch its memory from the system.
    package static func writtenConcurrently(
        count: Int, _ body: (ConcurrentFill<Element>) -> Void
    ) -> [Element] {
        // SAFETY: The elements are plain bits. Any that `body` fails to write have an arbitrary value, which is valid.
        unsafe [Element](unsafeUninitializedCapacity: count) { elements, filled in
            body(unsafe ConcurrentFill(UnsafeMutableBufferPointer(rebasing: elements[..<count])))
            filled = count
        }
    }

    /// Lets `body` change the elements, from any number of threads.
    package mutating func fillConcurrently(_ body: (ConcurrentFill<Element>) -> Void) {
        // SAFETY: The buffer is the array's own and lives until the closure returns.
        unsafe withUnsafeMutableBufferPointer { elements in
            body(unsafe ConcurrentFill(elements))
        }
    }
}
