public import CPages

/// An array that never changes. It lies in a mapped file or in memory, and keeps either alive.
///
/// It is made for numbers. Every pattern of bits in a file must be a value of `Element`. That holds for integers,
/// floating-point numbers and structures of these without gaps, but not for `Bool` and enumerations. The address of the
/// first element is a multiple of 64 bytes.
///
/// The subscript traps on an index outside the array, as `Array` does. A damaged file must never end the program. So
/// use ``at(_:)`` for an index that comes from a file, or compare it with `count` first.
///
/// It is public, although no product offers this module: Swift 6.3 inlines functions of public types into other
/// modules, but calls those of `package` types in their general form, which does not know the type of the elements.
@safe
public struct FrozenArray<Element: BitwiseCopyable>: RandomAccessCollection {
    @usableFromInline let owner: any AnyObject & Sendable

    /// The address of the first element, for kernels. It is valid as long as this array or a copy of it.
    ///
    /// An empty array has an address too, but nothing may be read from it.
    public let baseAddress: UnsafePointer<Element>

    /// The number of elements.
    public let count: Int

    /// SAFETY: the caller vouches for `count` initialized elements at `baseAddress` for as long as `owner` lives.
    @unsafe
    init(owner: any AnyObject & Sendable, baseAddress: UnsafePointer<Element>, count: Int) {
        self.owner = owner
        unsafe self.baseAddress = baseAddress
        self.count = count
    }

    /// Creates a copy of `array` in memory, so the same code serves data in a file and data in memory.
    public init(_ array: [Element]) {
        self = unsafe array.withUnsafeBytes { source in
            let storage = ArrayStorage(copying: unsafe source.bytes)
            // SAFETY: the storage holds the bytes of exactly `array.count` elements and lives as long as the owner.
            return unsafe FrozenArray(
                owner: storage,
                baseAddress: UnsafePointer(storage.base.assumingMemoryBound(to: Element.self)),
                count: array.count
            )
        }
    }

    /// The index of the first element: 0.
    @inlinable public var startIndex: Int { 0 }
    /// The index behind the last element: ``count``.
    @inlinable public var endIndex: Int { count }

    /// The element at `index`.
    ///
    /// - Precondition: `index` is in `0..<count`.
    @inlinable public subscript(index: Int) -> Element {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "Index out of range")
        // SAFETY: `index` was compared with `count` in the line above.
        return unsafe baseAddress[index]
    }

    /// The element at `index`, or `nil` if there is none. It is for an index that comes from a file.
    @inlinable public func at(_ index: Int) -> Element? {
        // SAFETY: `index` is compared with `count` before it is used.
        UInt(bitPattern: index) < UInt(bitPattern: count) ? unsafe baseAddress[index] : nil
    }

    /// Asks the processor to fetch elements into its caches, so that reading them soon does not wait for memory.
    ///
    /// - Precondition: `range` lies in the array.
    @inlinable public func prefetch(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "Range out of bounds")
        // SAFETY: the line above. Besides, a prefetch never faults.
        unsafe akin_pages_prefetch(baseAddress + range.lowerBound, range.count * MemoryLayout<Element>.stride)
    }

    /// Calls `body` with the elements.
    @inlinable public func withSpan<Result, Failure: Error>(
        _ body: (Span<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // SAFETY: there are `count` elements at `baseAddress`, and their owner outlives the call.
        try withExtendedLifetime(owner) { () throws(Failure) in
            try body(unsafe UnsafeBufferPointer(start: baseAddress, count: count).span)
        }
    }
}

/// The elements are never written, and their owner may be released on any thread.
extension FrozenArray: @unchecked Sendable where Element: Sendable {}

/// Memory for a copied array, aligned as the sections of a file are.
@safe
final class ArrayStorage: Sendable {
    nonisolated(unsafe) let base: UnsafeMutableRawPointer

    init(copying bytes: RawSpan) {
        // SAFETY: the memory is as long as what is copied into it, at least one byte, and is freed by `deinit` alone.
        unsafe base = UnsafeMutableRawPointer.allocate(
            byteCount: Swift.max(1, bytes.byteCount),
            alignment: sectionAlignment
        )
        unsafe bytes.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress { unsafe base.copyMemory(from: source, byteCount: bytes.count) }
        }
    }

    deinit { unsafe base.deallocate() }
}
