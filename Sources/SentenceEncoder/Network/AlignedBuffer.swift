/// Numbers in memory of their own, which begins at a multiple of 64 bytes and stays where it is.
@safe
final class AlignedBuffer<Element: BitwiseCopyable & Sendable & ExpressibleByIntegerLiteral>: @unchecked Sendable {
    /// The number of elements.
    let count: Int

    /// SAFETY: `count` initialized elements, which live as long as self. The class is Sendable because threads write only
    /// while one alone has it: an owner fills it before others see it, or is the only one that has it.
    @unsafe let base: UnsafeMutablePointer<Element>

    /// Creates a buffer of zeros.
    init(count: Int) {
        self.count = count
        let bytes = max(1, count) * MemoryLayout<Element>.stride
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        unsafe base = unsafe memory.initializeMemory(as: Element.self, repeating: 0, count: count)
    }

    deinit {
        unsafe UnsafeMutableRawPointer(base).deallocate()
    }

    /// The element at a place.
    subscript(index: Int) -> Element {
        get {
            precondition(index >= 0 && index < count, "element \(index) of \(count)")
            return unsafe base[index]
        }
        set {
            precondition(index >= 0 && index < count, "element \(index) of \(count)")
            unsafe base[index] = newValue
        }
    }
}
