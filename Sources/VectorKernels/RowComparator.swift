import CVectorKernels

private typealias MergeKernel =
    @convention(c) (
        UnsafeMutablePointer<UInt64>?, UnsafeMutablePointer<Int>?, Int, UnsafePointer<UInt64>?, Int
    ) -> Int

/// Rows of vectors at a fixed address, and the kernels that compare an encoded query with them.
///
/// It is a bundle of addresses: it owns nothing, costs nothing to make, and is valid as long as the rows are. All of its
/// calls are one call of C, so that a loop around them retains, releases and allocates nothing.
@unsafe
package struct RowComparator {
    let rows: akin_rows
    private let kernels: akin_row_kernels
    let queryFromRow: @convention(c) (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<Int8>?) -> Int32
    private let mergeKernel: MergeKernel

    /// Bundles `count` rows of `layout` from `base` on.
    ///
    /// SAFETY: there must be `count` rows at `base` and, for codes, as many scales and norms.
    package init(
        base: UnsafeRawPointer,
        layout: RowLayout,
        elements: VectorElements,
        metric: Metric,
        count: Int,
        scales: UnsafePointer<Float>?,
        norms: UnsafePointer<Float>?,
        table: KernelTable
    ) {
        unsafe rows = akin_rows(
            rows: base,
            stride: layout.stride * elements.primarySize,
            length: layout.length,
            count: UInt32(count),
            scales: scales,
            norms: norms
        )
        unsafe kernels = table.rowKernels(metric: metric, elements: elements)
        unsafe queryFromRow = table.kernels.pointee.query_from_row
        unsafe mergeKernel = table.kernels.pointee.merge
    }

    /// Writes the distance of the query to each of the rows `ids[0..<count]`.
    ///
    /// SAFETY: every id must be that of a row.
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

    /// Writes the distance of the query to each of the `count` rows from `first` on.
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
    /// SAFETY: every id must be that of a row.
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

    /// Scores the rows `ids[0..<count]`, and writes those that come before `limit` as candidates. Returns their number.
    ///
    /// A candidate has the distance, as an integer of the same order, in its upper 32 bits and twice the row in the lower.
    /// Where the list of row *i* stands at `lists` + *i* · `width`, those of the candidates are asked for.
    ///
    /// SAFETY: every id must be that of a row, and there must be room for `count` candidates.
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

    // MARK: - Asking for rows

    /// Writes the rows that a list of links leads to and that were not seen, marks them as seen, and asks for them.
    /// Returns their number.
    ///
    /// The list ends at the first id that is no row, or after `width`.
    ///
    /// SAFETY: there must be `width` links, a bit in `seen` for each row, and room for `width` fresh ones. Nothing is asked
    /// of the links themselves.
    package func gather(
        _ links: UnsafePointer<UInt32>,
        width: Int,
        seen: UnsafeMutablePointer<UInt64>,
        into fresh: UnsafeMutablePointer<UInt32>
    ) -> Int {
        unsafe withUnsafePointer(to: rows) { unsafe akin_gather($0, links, width, seen, fresh) }
    }

    /// Asks for the rows that ``gather(_:width:seen:into:)`` would write, and changes nothing.
    ///
    /// SAFETY: there must be `width` links, and a bit in `seen` for each row.
    package func lookAhead(_ links: UnsafePointer<UInt32>, width: Int, seen: UnsafePointer<UInt64>) {
        unsafe withUnsafePointer(to: rows) { unsafe akin_look_ahead($0, links, width, seen) }
    }

    /// Asks for the rows `ids[0..<count]`.
    ///
    /// SAFETY: every id must be that of a row.
    package func fetch(_ ids: UnsafePointer<UInt32>, count: Int) {
        unsafe withUnsafePointer(to: rows) { unsafe akin_fetch_rows($0, ids, count) }
    }

    // MARK: - Keeping the best

    /// Puts candidates into their places among the ascending ones of a beam, and drops what then lies beyond `capacity`.
    /// Returns the lowest place that changed, or the capacity.
    ///
    /// SAFETY: there must be `count` ascending candidates in the beam and room for `capacity`, at least 1.
    package func merge(
        _ candidates: UnsafePointer<UInt64>,
        count added: Int,
        into beam: UnsafeMutablePointer<UInt64>,
        count: inout Int,
        capacity: Int
    ) -> Int {
        unsafe mergeKernel(beam, &count, capacity, candidates, added)
    }
}

extension VectorElements {
    /// The bytes of an element in the rows that comparisons read.
    package var primarySize: Int {
        switch self {
        case .float32: 4
        case .float16: 2
        case .int8: 1
        }
    }
}
