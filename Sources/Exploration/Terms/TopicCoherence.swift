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

/// How often the top terms of a topic stand together in documents: the mean normalized pointwise mutual information of
/// their pairs.
///
/// J. H. Lau, D. Newman and T. Baldwin, "Machine Reading Tea Leaves", 2014, <https://doi.org/10.3115/v1/E14-1056>. A
/// pair has 1 if its terms never stand alone, 0 if chance brings them together as often, and −1 if they never meet.
///
/// - Parameters:
///   - documents: The documents that have each term, ascending.
///   - documentCount: All documents.
/// - Returns: The mean over pairs; `nil` for fewer than two terms.
/// - Complexity: O(*t* · *n*) for *t* terms in *n* documents each.
package func coherence(ofTermsIn documents: [[Int]], documentCount: Int) -> Double? {
    guard documents.count > 1, documentCount > 0 else { return nil }
    var sum = 0.0
    var pairCount = 0
    for (place, first) in documents.enumerated() {
        for second in documents[(place + 1)...] {
            sum += normalizedInformation(
                first.count, second.count, together: sharedCount(first, second), of: documentCount)
            pairCount += 1
        }
    }
    return sum / Double(pairCount)
}

private func normalizedInformation(_ first: Int, _ second: Int, together: Int, of count: Int) -> Double {
    guard together > 0 else { return -1 }
    guard together < count else { return 1 }
    let share = Double(together) / Double(count)
    let expected = Double(first) / Double(count) * Double(second) / Double(count)
    return log(share / expected) / -log(share)
}

/// The number of elements that two ascending arrays share.
private func sharedCount(_ first: [Int], _ second: [Int]) -> Int {
    var (left, right, count) = (0, 0, 0)
    while left < first.count, right < second.count {
        let (one, other) = (first[left], second[right])
        if one == other { count += 1 }
        if one <= other { left += 1 }
        if other <= one { right += 1 }
    }
    return count
}
