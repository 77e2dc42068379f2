import MappedFiles
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Elements at a fixed address: memory of its own, aligned to a cache line, or a section of a mapped file.
///
/// Several columns may share one storage and each sees its own first elements of it. They agree through `claimed` on who
/// may write behind them, so that appending to one of several copies need not copy what they have in common.
@safe
final class ColumnStorage<Element: BitwiseCopyable & Sendable>: Sendable {
    /// SAFETY: there is memory for `capacity` elements at `base` as long as self lives. The elements of a mapped file are
    /// never written. Others are written by the one column that has claimed them, or that alone holds the storage.
    nonisolated(unsafe) let base: UnsafeMutablePointer<Element>

    /// The elements that there is room for.
    let capacity: Int

    /// The elements that a column has written, or is about to write.
    private let claimed: Atomic<Int>

    /// What keeps a mapped file open.
    private let mapping: FrozenArray<Element>?

    /// Allocates room for `capacity` elements.
    init(capacity: Int) {
        let bytes = max(capacity * MemoryLayout<Element>.stride, 1)
        let isLarge = bytes >= Self.largeSize
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? Self.pageSize : 64)
        if isLarge { unsafe Self.preferLargePages(memory, byteCount: bytes) }
        unsafe base = memory.assumingMemoryBound(to: Element.self)
        self.capacity = capacity
        claimed = Atomic(0)
        mapping = nil
    }

    /// Asks the system for pages of two megabytes, where it has them: a walk reads rows all over the column, and each row
    /// on a small page of its own costs a look into the page tables.
    private static func preferLargePages(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
        #if os(Linux)
        // SAFETY: the range is that of the allocation, whose contents this does not change. It is a wish: failure is none.
        _ = unsafe madvise(memory, byteCount, MADV_HUGEPAGE)
        #endif
    }

    private static var pageSize: Int { 2 << 20 }

    /// The bytes from which on large pages are worth the part of the last that stays unused.
    private static var largeSize: Int { 8 << 20 }

    /// Takes the elements of a mapped file as they are.
    init(mapping: FrozenArray<Element>) {
        unsafe base = UnsafeMutablePointer(mutating: mapping.baseAddress)
        capacity = mapping.count
        claimed = Atomic(Int.max)
        self.mapping = mapping
    }

    deinit {
        if mapping == nil { unsafe UnsafeMutableRawPointer(base).deallocate() }
    }

    /// Whether the elements belong to a mapped file.
    var isMapped: Bool { mapping != nil }

    /// Gives the room behind the first `count` elements, up to `newCount`, to the first who asks.
    func claim(from count: Int, to newCount: Int) -> Bool {
        guard newCount <= capacity, !isMapped else { return false }
        return claimed.compareExchange(expected: count, desired: newCount, ordering: .acquiringAndReleasing).exchanged
    }
}
