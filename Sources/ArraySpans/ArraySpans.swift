/// The spans of an array of plain values, for systems whose standard library has none.
///
/// `Array.span` of the standard library needs macOS 26 or iOS 26; those of `ContiguousArray` and `ArraySlice` are
/// there on all systems of the package. Where a file imports this module, these properties take the place of the
/// standard library's, for the compiler prefers what is declared for fewer arrays. `make check-apple` finds files without
/// the import.
extension Array where Element: BitwiseCopyable {
    /// The elements, where they lie.
    ///
    /// - Complexity: O(1)
    @inlinable package var span: Span<Element> {
        @_lifetime(borrow self)
        get {
            // SAFETY: Nobody changes or frees the elements while the span borrows the array. The storage of plain values
            // is the array's own; only objects may lie in an array of another language.
            let elements = unsafe withUnsafeBufferPointer { unsafe $0 }
            return unsafe _overrideLifetime(Span(_unsafeElements: elements), borrowing: self)
        }
    }

    /// The elements, where they lie, to be changed.
    ///
    /// - Complexity: O(1), and O(*n*) if the elements are shared with another array.
    @inlinable package var mutableSpan: MutableSpan<Element> {
        @_lifetime(&self)
        mutating get {
            // SAFETY: The storage is the array's own when the closure runs, and nobody else uses the array while the
            // span has it.
            let elements = unsafe withUnsafeMutableBufferPointer { unsafe $0 }
            return unsafe _overrideLifetime(MutableSpan(_unsafeElements: elements), mutating: &self)
        }
    }
}
