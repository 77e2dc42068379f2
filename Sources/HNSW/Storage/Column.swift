import MappedFiles

/// A growing array of numbers whose copies share storage.
///
/// A copy costs nothing and keeps the elements of the moment. Appending copies the elements only if another copy has
/// appended first, or if the room is used up. Changing an element copies them if there is another copy, or if they lie
/// in a mapped file.
@safe
struct Column<Element: BitwiseCopyable & Sendable>: Sendable {
    private var storage: ColumnStorage<Element>

    /// The number of elements.
    private(set) var count: Int

    /// Creates an empty column.
    init(capacity: Int = 0) {
        storage = ColumnStorage(capacity: capacity)
        count = 0
    }

    /// Uses the elements of a mapped file where they lie.
    init(mapping: FrozenArray<Element>) {
        storage = ColumnStorage(mapping: mapping)
        count = mapping.count
    }

    // MARK: - Reading

    /// The address of the first element. It is valid as long as the column lives and does not change.
    ///
    /// SAFETY: `count` elements may be read.
    @unsafe var base: UnsafePointer<Element> { unsafe UnsafePointer(storage.base) }

    /// The element at `index`.
    subscript(index: Int) -> Element {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "Index \(index) is not in 0..<\(count)")
        // SAFETY: the line above compares `index` with `count`.
        return unsafe storage.base[index]
    }

    /// The element at `index`, or `nil` if there is none. Use it for an index that comes from a file.
    func at(_ index: Int) -> Element? {
        // SAFETY: the condition compares `index` with `count` before the element is read.
        UInt(bitPattern: index) < UInt(bitPattern: count) ? unsafe storage.base[index] : nil
    }

    /// Calls `body` with the elements in `range`.
    func withSpan<Result, Failure: Error>(
        of range: Range<Int>? = nil,
        _ body: (Span<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = range ?? 0..<count
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) is not in 0..<\(count)")
        // SAFETY: the line above compares `range` with `count`, and the storage outlives the call.
        return try withExtendedLifetime(storage) { () throws(Failure) in
            try body(unsafe UnsafeBufferPointer(start: storage.base + range.lowerBound, count: range.count).span)
        }
    }

    /// Tells the system that the elements of a mapped file in `range` are about to be read, so that it reads them
    /// together. Elements behind the last do not matter.
    func willRead(_ range: Range<Int>) {
        guard storage.isMapped else { return }
        storage.willRead(max(0, range.lowerBound)..<min(max(range.lowerBound, range.upperBound), count))
    }

    /// Copies the elements of a mapped file.
    mutating func copyIntoMemory() {
        if storage.isMapped { copy(capacity: count) }
    }

    /// Whether the elements belong to a mapped file.
    var isMapped: Bool { storage.isMapped }

    /// The bytes of the elements.
    var byteCount: Int { count * MemoryLayout<Element>.stride }

    // MARK: - Changing

    /// Makes room for `capacity` elements.
    mutating func reserve(_ capacity: Int) {
        if storage.isMapped || capacity > storage.capacity { copy(capacity: capacity) }
    }

    /// Appends `count` elements that the caller must write, and returns the address of the first.
    ///
    /// SAFETY: the caller must write the elements before anyone reads them, and before the column is copied.
    @unsafe
    mutating func appendUninitialized(count added: Int) -> UnsafeMutablePointer<Element> {
        let newCount = count + added
        if !storage.claim(from: count, to: newCount) {
            // Growing by half keeps the cost in proportion to the number of appended elements.
            copy(capacity: newCount <= storage.capacity ? storage.capacity : max(newCount, count + count / 2))
            let claimed = storage.claim(from: count, to: newCount)
            precondition(claimed, "A new storage belongs to the column that created it")
        }
        defer { count = newCount }
        return unsafe storage.base + count
    }

    /// Appends an element `count` times.
    mutating func append(repeating element: Element, count added: Int = 1) {
        // SAFETY: this writes exactly the new elements.
        unsafe appendUninitialized(count: added).initialize(repeating: element, count: added)
    }

    /// Appends elements.
    mutating func append(contentsOf elements: Span<Element>) {
        // SAFETY: this writes exactly the new elements, from a span of the same length.
        unsafe elements.withUnsafeBufferPointer { source in
            let target = unsafe appendUninitialized(count: source.count)
            if let start = source.baseAddress { unsafe target.initialize(from: start, count: source.count) }
        }
    }

    /// The address of the first element for writing. The elements then belong to this column alone.
    ///
    /// SAFETY: `count` elements may be read and written until the column is copied or changed by other means.
    @unsafe
    mutating func mutableBase() -> UnsafeMutablePointer<Element> {
        if storage.isMapped || !isKnownUniquelyReferenced(&storage) { copy(capacity: max(count, storage.capacity)) }
        return unsafe storage.base
    }

    /// Replaces the element at `index`.
    mutating func set(_ index: Int, to element: Element) {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "Index \(index) is not in 0..<\(count)")
        // SAFETY: the line above compares `index` with `count`.
        unsafe mutableBase()[index] = element
    }

    private mutating func copy(capacity: Int) {
        // A large column that belongs to nobody else moves its pages instead.
        if capacity > storage.capacity, isKnownUniquelyReferenced(&storage),
            let moved = ColumnStorage(takingOver: storage, count: count, capacity: capacity)
        {
            storage = moved
            return
        }
        let new = ColumnStorage<Element>(capacity: capacity)
        let claimed = new.claim(from: 0, to: count)
        precondition(claimed, "A copy needs room for \(count) elements")
        // SAFETY: both have room for `count` elements, and the old storage has initialized all of them.
        unsafe new.base.initialize(from: storage.base, count: count)
        storage = new
    }
}
