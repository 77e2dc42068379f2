/// The rows that a walk has come by: a bit for each, and a list of them in the order in which they were come by.
///
/// Bits lie close together, so that those of a walk stay in the first cache; the list says which to clear when the walk
/// is over. All bits are clear between walks.
@unsafe
struct VisitedRows {
    let bits: UnsafeMutablePointer<UInt64>
    let list: UnsafeMutablePointer<UInt32>
    private(set) var count = 0

    /// SAFETY: there must be a clear bit for each row of the index, and room in the list for all rows and one list of links.
    init(bits: UnsafeMutablePointer<UInt64>, list: UnsafeMutablePointer<UInt32>) {
        unsafe self.bits = unsafe bits
        unsafe self.list = unsafe list
    }

    /// Where the next rows are written.
    var end: UnsafeMutablePointer<UInt32> { unsafe list + count }

    /// Takes in rows that were written at the end, and whose bits are set.
    mutating func append(_ added: Int) { unsafe count += added }

    /// Takes in one row.
    mutating func insert(_ row: Int) {
        unsafe bits[row >> 6] |= 1 << UInt64(row & 63)
        unsafe list[count] = UInt32(row)
        unsafe count += 1
    }

    /// Forgets all rows.
    mutating func clear() {
        for i in 0..<(unsafe count) { unsafe bits[Int(list[i] >> 6)] = 0 }
        unsafe count = 0
    }
}
