/// The numbers of threads that a call takes. More than the largest machine has cores would cost memory for nothing.
package let threadRange = 1...1_024

/// Refuses a number of threads that no call takes. `nil`, which is one thread for each core, passes.
///
/// - Throws: `AkinError` with code `invalidArgument`.
func validate(threads: Int?) throws(AkinError) {
    guard let threads, !threadRange.contains(threads) else { return }
    throw AkinError(
        .invalidArgument,
        "Cannot use \(threads) threads: give a number from \(threadRange.lowerBound) to \(threadRange.upperBound).")
}

/// Refuses a limit below 0.
///
/// - Throws: `AkinError` with code `invalidArgument`.
func validate(limit: Int?) throws(AkinError) {
    guard let limit, limit < 0 else { return }
    throw AkinError(.invalidArgument, "Cannot return \(limit) papers: the limit is 0 or more.")
}

/// Refuses an offset below 0.
///
/// - Throws: `AkinError` with code `invalidArgument`.
func validate(offset: Int) throws(AkinError) {
    guard offset < 0 else { return }
    throw AkinError(.invalidArgument, "Cannot pass over \(offset) papers: the offset is 0 or more.")
}
