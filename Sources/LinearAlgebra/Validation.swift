/// The index of the first NaN or infinity, or nil if all values are finite.
func firstNonFinite(in values: [Float]) -> Int? {
    // A sum of v - v is 0 for finite values and NaN otherwise, and needs no branch per value.
    var sum: Float = 0
    for value in values { sum += value - value }
    return sum == 0 ? nil : values.firstIndex { !$0.isFinite }
}

/// Whether `count` is `rows * columns`, without overflowing.
func isProduct(_ count: Int, _ rows: Int, _ columns: Int) -> Bool {
    let (product, overflow) = rows.multipliedReportingOverflow(by: columns)
    return !overflow && product == count
}
