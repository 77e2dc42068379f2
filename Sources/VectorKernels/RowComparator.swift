import CVectorKernels

private typealias MergeKernel =
    @convention(c) (
        UnsafeMutablePointer<UInt64>?, UnsafeMutablePointer<Int>?, Int, UnsafePointer<UInt64>?, Int
    ) -> Int

/// Rows of vectors at a fixed address, and the kernels that compare an encoded query with them.
///
/// It is a bundle of addresses. It owns nothing, costs nothing to create, and is valid as long as the rows are. Each of
/// its methods is one call of C, so a loop around it retains, releases and allocates nothing.
@unsafe
package struct RowComparator {
    let rows: akin_rows
    private let kernels: akin_row_kernels
    /// The two factors of a row of floats that becomes a query. The first is that of the rows, too.
    let rowMultipliers: (Float, Float)

    /// The factor of a product of codes, and what a row that becomes a query subtracts from its offset.
    let rowProductFactor: Float
    let rowConstant: Float

    let queryFromRow: @convention(c) (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<Int8>?) -> Int32
    private let mergeKernel: MergeKernel

    /// Bundles the `count` rows of `layout` that start at `base`.
    ///
    /// `factors` holds the ``CodeFactors/scale`` and the ``CodeFactors/offset`` of each row, one pair after another.
    ///
    /// SAFETY: there must be `count` rows at `base` and, for codes, `count` pairs of factors.
    package init(
        base: UnsafeRawPointer,
        layout: RowLayout,
        elements: RowElements,
        frame: RowFrame,
        count: Int,
        factors: UnsafePointer<Float>?,
        table: KernelTable
    ) {
        unsafe rows = akin_rows(
            rows: base,
            stride: layout.stride * elements.size,
            length: layout.length,
            count: UInt32(count),
            factors: UnsafeRawPointer(factors)?.assumingMemoryBound(to: akin_factors.self)
        )
        unsafe kernels = table.rowKernels(frame.comparison, elements: elements)
        let isProduct = frame.comparison == .innerProduct
        unsafe rowMultipliers = (frame.unit, isProduct ? frame.unit : 1)
        unsafe rowProductFactor = frame.productFactor
        unsafe rowConstant = isProduct ? Float(frame.squaredCenter) : 0
        unsafe queryFromRow = table.kernels.pointee.query_from_row
        unsafe mergeKernel = table.kernels.pointee.merge
    }

    /// Writes the distance of the query to each of the rows `ids[0..<count]`.
    ///
    /// SAFETY: every id must name a row.
    package func score(
        _ query: EncodedQuery,
        ids: UnsafePointer<UInt32>,
        count: Int,
        into distances: UnsafeMutablePointer<Float>
    ) {
        unsafe withUnsafePointer(to: rows) { rows in
            unsafe kernels.score(rows, query.values, ids, count, distances)
        }
    }

    /// Writes the distance of the query to each of the `count` rows that start at row `first`.
    ///
    /// SAFETY: the rows must exist.
    package func scan(
        _ query: EncodedQuery,
        first: Int,
        count: Int,
        into distances: UnsafeMutablePointer<Float>
    ) {
        unsafe withUnsafePointer(to: rows) { rows in
            unsafe kernels.scan(rows, query.values, UInt32(first), count, distances)
        }
    }

    /// Whether any of the rows `ids[0..<count]` is nearer to the query than `limit`.
    ///
    /// SAFETY: every id must name a row.
    package func anyNearer(
        _ query: EncodedQuery,
        ids: UnsafePointer<UInt32>,
        count: Int,
        than limit: Float
    ) -> Bool {
        unsafe withUnsafePointer(to: rows) { rows in
            unsafe kernels.any_nearer(rows, query.values, ids, count, limit) != 0
        }
    }

    /// Scores the rows `ids[0..<count]` and writes those below `limit` as candidates. Returns their number.
    ///
    /// The upper 32 bits of a candidate hold its distance as an integer of the same order. The lower 32 bits hold twice
    /// the row. If `lists` is given, the list of row *i* stands at `lists` + *i* · `width`, and the lists of the
    /// candidates are prefetched.
    ///
    /// SAFETY: every id must name a row, and there must be room for `count` candidates.
    package func near(
        _ query: EncodedQuery,
        ids: UnsafePointer<UInt32>,
        count: Int,
        limit: UInt64,
        lists: UnsafePointer<UInt32>?,
        width: Int,
        into candidates: UnsafeMutablePointer<UInt64>
    ) -> Int {
        unsafe withUnsafePointer(to: rows) { rows in
            unsafe kernels.near(rows, query.values, ids, count, limit, lists, width, candidates)
        }
    }

    // MARK: - Prefetching rows

    /// Writes the rows of a list of links that are not marked in `seen`, marks them, and prefetches them. Returns their
    /// number.
    ///
    /// The list ends at the first id that is no row, or after `width` ids.
    ///
    /// SAFETY: there must be `width` links, a bit in `seen` for each row, and room for `width` rows in `fresh`. The
    /// links themselves may be any numbers.
    package func gather(
        _ links: UnsafePointer<UInt32>,
        width: Int,
        seen: UnsafeMutablePointer<UInt64>,
        into fresh: UnsafeMutablePointer<UInt32>
    ) -> Int {
        unsafe withUnsafePointer(to: rows) { unsafe akin_gather($0, links, width, seen, fresh) }
    }

    /// Prefetches the rows that ``gather(_:width:seen:into:)`` would write, and changes nothing.
    ///
    /// SAFETY: there must be `width` links, and a bit in `seen` for each row.
    package func lookAhead(_ links: UnsafePointer<UInt32>, width: Int, seen: UnsafePointer<UInt64>) {
        unsafe withUnsafePointer(to: rows) { unsafe akin_look_ahead($0, links, width, seen) }
    }

    /// Prefetches the rows `ids[0..<count]`.
    ///
    /// SAFETY: every id must name a row.
    package func prefetch(_ ids: UnsafePointer<UInt32>, count: Int) {
        unsafe withUnsafePointer(to: rows) { unsafe akin_fetch_rows($0, ids, count) }
    }

    // MARK: - Keeping the best

    /// Inserts candidates into an ascending candidate queue and drops the candidates beyond `capacity`. Returns the
    /// lowest place that changed, or the capacity if none did.
    ///
    /// SAFETY: there must be `count` ascending candidates in the queue and room for `capacity`, at least 1.
    package func merge(
        _ candidates: UnsafePointer<UInt64>,
        count added: Int,
        into queue: UnsafeMutablePointer<UInt64>,
        count: inout Int,
        capacity: Int
    ) -> Int {
        unsafe mergeKernel(queue, &count, capacity, candidates, added)
    }
}
