/// The recall of an approximate nearest-neighbor search for one query: the share of the true `k` nearest that it
/// found.
///
/// If there are fewer than `k` true neighbors, the share is of those. If there are none, the recall is 1.
///
/// - Parameters:
///   - approximate: The ids found, nearest first. Those beyond `k` do not count.
///   - exact: The ids of the true neighbors, nearest first. Those beyond `k` do not count.
///   - k: How many neighbors were searched for, at least 1.
/// - Returns: recall@k, from 0 to 1.
/// - Complexity: O(*k*).
public func recall<ID: Hashable>(of approximate: [ID], against exact: [ID], at k: Int) -> Double {
    precondition(k >= 1, "Recall is taken at 1 neighbor or more, not at \(k).")
    let truth = Set(exact.prefix(k))
    guard !truth.isEmpty else { return 1 }
    return Double(truth.intersection(approximate.prefix(k)).count) / Double(truth.count)
}

/// The mean, over queries, of the recall of an approximate nearest-neighbor search.
///
/// - Parameters:
///   - approximate: For each query the ids found, nearest first.
///   - exact: For each query, in the same order, the ids of the true neighbors, nearest first.
///   - k: How many neighbors were searched for, at least 1.
/// - Returns: The mean recall@k, from 0 to 1; 1 without queries.
/// - Precondition: `approximate` and `exact` have the same count.
/// - Complexity: O(*q* · *k*) for *q* queries.
public func meanRecall<ID: Hashable>(of approximate: [[ID]], against exact: [[ID]], at k: Int) -> Double {
    precondition(
        approximate.count == exact.count,
        "\(approximate.count) answers cannot be compared with the truth of \(exact.count) queries."
    )
    guard !exact.isEmpty else { return 1 }
    let sum = zip(approximate, exact).reduce(0) { $0 + recall(of: $1.0, against: $1.1, at: k) }
    return sum / Double(exact.count)
}
