import CPages
import MappedFiles
import Synchronization

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

/// Elements at a fixed address: memory of its own, aligned to a cache line, or a section of a mapped file.
///
/// Several columns may share one storage, and each sees its own first elements. `claimed` decides which column may
/// write behind them, so appending to one of several copies does not copy the elements that they share.
@safe
final class ColumnStorage<Element: BitwiseCopyable & Sendable>: Sendable {
    /// SAFETY: there is memory for `capacity` elements at `base` as long as self lives. Nobody writes the elements of a
    /// mapped file. Only the column that claimed other elements writes them, or the only column that holds the storage.
    nonisolated(unsafe) let base: UnsafeMutablePointer<Element>

    /// The number of elements that have room.
    let capacity: Int

    /// The number of elements that a column has written, or is about to write.
    private let claimed: Atomic<Int>

    /// Keeps the mapped file open.
    private let mapping: FrozenArray<Element>?

    /// The bytes of its own pages; 0 for smaller memory, and after another storage took the pages over.
    private let pageBytes: Atomic<Int>

    /// Allocates room for `capacity` elements.
    init(capacity: Int) {
        let bytes = max(capacity * MemoryLayout<Element>.stride, 1)
        var pages: UnsafeMutableRawPointer?
        if bytes >= Self.largeSize { unsafe pages = akin_pages_allocate(Self.wholePages(bytes), Self.pageSize) }
        if let memory = unsafe pages { unsafe Self.preferLargePages(memory, byteCount: Self.wholePages(bytes)) }
        let memory = unsafe pages ?? UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        pageBytes = unsafe Atomic(pages == nil ? 0 : Self.wholePages(bytes))
        unsafe base = memory.assumingMemoryBound(to: Element.self)
        self.capacity = capacity
        claimed = Atomic(0)
        mapping = nil
    }

    /// Takes over the pages of another storage with `count` elements and makes room for `capacity`; `nil` if the other
    /// has no pages of its own. Nothing is copied. Nobody but the caller may use the other storage, which is empty
    /// then.
    init?(takingOver other: ColumnStorage, count: Int, capacity: Int) {
        let bytes = other.pageBytes.load(ordering: .relaxed)
        let newBytes = Self.wholePages(capacity * MemoryLayout<Element>.stride)
        guard bytes > 0, newBytes > bytes,
            let pages = unsafe akin_pages_grow(other.base, bytes, newBytes, Self.pageSize)
        else { return nil }
        other.pageBytes.store(0, ordering: .relaxed)
        other.claimed.store(Self.takenOver, ordering: .relaxed)
        pageBytes = Atomic(newBytes)
        // SAFETY: the pages hold the elements of the other storage, and more.
        unsafe base = pages.assumingMemoryBound(to: Element.self)
        self.capacity = capacity
        claimed = Atomic(count)
        mapping = nil
    }

    /// The number of claimed elements of a storage without memory.
    private static var takenOver: Int { .min }

    private static func wholePages(_ bytes: Int) -> Int { (bytes + pageSize - 1) / pageSize * pageSize }

    /// Asks the system for pages of two megabytes. A walk reads rows all over the column, and each row on a small page
    /// of its own costs a lookup in the page tables.
    private static func preferLargePages(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
        #if os(Linux)
        // SAFETY: the range is the allocation, and its contents do not change. This is a hint, so a failure does not
        // matter.
        _ = unsafe madvise(memory, byteCount, MADV_HUGEPAGE)
        #endif
    }

    private static var pageSize: Int { 2 << 20 }

    /// The size from which large pages, which can grow without a copy, outweigh the unused part of the last page.
    private static var largeSize: Int { 4 << 20 }

    /// Uses the elements of a mapped file where they lie.
    init(mapping: FrozenArray<Element>) {
        unsafe base = UnsafeMutablePointer(mutating: mapping.baseAddress)
        capacity = mapping.count
        claimed = Atomic(Int.max)
        pageBytes = Atomic(0)
        self.mapping = mapping
    }

    /// Asks the system to read elements of a mapped file that are not in memory.
    func willRead(_ range: Range<Int>) {
        let pageSize = UInt(sysconf(Int32(_SC_PAGESIZE)))
        let start = unsafe UInt(bitPattern: base) + UInt(range.lowerBound * MemoryLayout<Element>.stride)
        let end = unsafe UInt(bitPattern: base) + UInt(range.upperBound * MemoryLayout<Element>.stride)
        let first = start / pageSize * pageSize
        guard isMapped, start < end, let address = unsafe UnsafeMutableRawPointer(bitPattern: first) else { return }
        // SAFETY: the pages hold elements of the mapping, and their contents do not change. This is a hint, so a
        // failure does not matter.
        _ = unsafe madvise(address, Int(end - first), MADV_WILLNEED)
    }

    deinit {
        let bytes = pageBytes.load(ordering: .relaxed)
        if bytes > 0 {
            unsafe akin_pages_free(base, bytes)
        } else if mapping == nil, claimed.load(ordering: .relaxed) != Self.takenOver {
            unsafe UnsafeMutableRawPointer(base).deallocate()
        }
    }

    /// Whether the elements belong to a mapped file.
    var isMapped: Bool { mapping != nil }

    /// Gives the room behind the first `count` elements, up to `newCount`, to the first caller that asks.
    func claim(from count: Int, to newCount: Int) -> Bool {
        guard newCount <= capacity, !isMapped else { return false }
        return claimed.compareExchange(expected: count, desired: newCount, ordering: .acquiringAndReleasing).exchanged
    }
}
