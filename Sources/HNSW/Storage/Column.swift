import MappedFiles

/// A growing array of numbers whose copies share what they have in common.
///
/// A copy costs nothing and sees the elements of the moment. Appending to a column copies its elements only if another
/// copy has appended first, or if the room is used up; changing an element copies them if there is another copy at all,
/// or if they lie in a mapped file.
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

    /// Takes the elements of a mapped file as they are.
    init(mapping: FrozenArray<Element>) {
        storage = ColumnStorage(mapping: mapping)
        count = mapping.count
    }

    // MARK: - Reading

    /// The address of the first element, valid as long as the column is neither changed nor gone.
    ///
    /// SAFETY: `count` elements may be read.
    @unsafe var base: UnsafePointer<Element> { unsafe UnsafePointer(storage.base) }

    /// The element at `index`.
    subscript(index: Int) -> Element {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "Index \(index) is not in 0..<\(count)")
        // SAFETY: `index` was compared with `count` in the line above.
        return unsafe storage.base[index]
    }

    /// The element at `index`, or `nil` if there is none: for an index that comes out of a file.
    func at(_ index: Int) -> Element? {
        // SAFETY: `index` is compared with `count` before it is used.
        UInt(bitPattern: index) < UInt(bitPattern: count) ? unsafe storage.base[index] : nil
    }

    /// Calls `body` with the elements in `range`.
    func withSpan<Result, Failure: Error>(
        of range: Range<Int>? = nil,
        _ body: (Span<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = range ?? 0..<count
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) is not in 0..<\(count)")
        // SAFETY: `range` was compared with `count` in the line above, and the storage outlives the call.
        return try withExtendedLifetime(storage) { () throws(Failure) in
            try body(unsafe UnsafeBufferPointer(start: storage.base + range.lowerBound, count: range.count).span)
        }
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

    /// Adds `count` elements that the caller must write, and returns the address of the first.
    ///
    /// SAFETY: the elements must be written before anything is read of them, and before the column is copied.
    @unsafe
    mutating func appendUninitialized(count added: Int) -> UnsafeMutablePointer<Element> {
        let newCount = count + added
        if !storage.claim(from: count, to: newCount) {
            // Half as much again keeps the cost of growing in proportion to what is added.
            copy(capacity: newCount <= storage.capacity ? storage.capacity : max(newCount, count + count / 2))
            let claimed = storage.claim(from: count, to: newCount)
            precondition(claimed, "A new storage belongs to the column that made it")
        }
        defer { count = newCount }
        return unsafe storage.base + count
    }

    /// Adds an element `count` times.
    mutating func append(repeating element: Element, count added: Int = 1) {
        // SAFETY: exactly the new elements are written.
        unsafe appendUninitialized(count: added).initialize(repeating: element, count: added)
    }

    /// Adds elements.
    mutating func append(contentsOf elements: Span<Element>) {
        // SAFETY: exactly the new elements are written, from a span of their number.
        unsafe elements.withUnsafeBufferPointer { source in
            let target = unsafe appendUninitialized(count: source.count)
            if let start = source.baseAddress { unsafe target.initialize(from: start, count: source.count) }
        }
    }

    /// The address of the first element for writing; the elements then belong to this column alone.
    ///
    /// SAFETY: `count` elements may be read and written until the column is next copied or changed by other means.
    @unsafe
    mutating func mutableBase() -> UnsafeMutablePointer<Element> {
        if storage.isMapped || !isKnownUniquelyReferenced(&storage) { copy(capacity: max(count, storage.capacity)) }
        return unsafe storage.base
    }

    /// Replaces the element at `index`.
    mutating func set(_ index: Int, to element: Element) {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "Index \(index) is not in 0..<\(count)")
        // SAFETY: `index` was compared with `count` in the line above.
        unsafe mutableBase()[index] = element
    }

    private mutating func copy(capacity: Int) {
        let new = ColumnStorage<Element>(capacity: capacity)
        let claimed = new.claim(from: 0, to: count)
        precondition(claimed, "A copy needs room for \(count) elements")
        // SAFETY: both have room for `count` elements, of which all are initialised in the old one.
        unsafe new.base.initialize(from: storage.base, count: count)
        storage = new
    }
}
