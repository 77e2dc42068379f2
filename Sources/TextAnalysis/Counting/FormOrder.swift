import ParallelLoops

/// The forms of several workers in ascending order of their bytes, equal ones one after another.
struct FormOrder {
    /// A form of a worker.
    struct Reference {
        /// The first eight bytes of the form, as a number that orders as they do.
        var order: UInt64
        var worker: UInt32
        var form: UInt32
    }

    /// All forms of all workers.
    let references: [Reference]

    /// Sorts each worker's forms, in parallel, and merges them.
    ///
    /// - Complexity: O(*n* log *n*) comparisons for *n* forms.
    init(_ workers: [WorkerResult], threads: Int) {
        var runs = concurrentMap(workers.count, threads: threads) { worker in
            workers[worker].sortedReferences(worker: worker)
        }
        while runs.count > 1 {
            let pairs = runs
            runs = concurrentMap((pairs.count + 1) / 2, threads: threads) { pair in
                guard 2 * pair + 1 < pairs.count else { return pairs[2 * pair] }
                return Self.merged(pairs[2 * pair], pairs[2 * pair + 1], of: workers)
            }
        }
        references = runs.first ?? []
    }

    /// Whether a form stands before another.
    static func precedes(_ left: Reference, _ right: Reference, in workers: [WorkerResult]) -> Bool {
        guard left.order == right.order else { return left.order < right.order }
        return workers[Int(left.worker)].withForm(left.form) { left in
            workers[Int(right.worker)].withForm(right.form) { right in left.precedes(right) }
        }
    }

    private static func merged(
        _ left: [Reference],
        _ right: [Reference],
        of workers: [WorkerResult]
    ) -> [Reference] {
        var result: [Reference] = []
        result.reserveCapacity(left.count + right.count)
        var (i, j) = (0, 0)
        while i < left.count, j < right.count {
            if precedes(right[j], left[i], in: workers) {
                result.append(right[j])
                j += 1
            } else {
                result.append(left[i])
                i += 1
            }
        }
        result += left[i...]
        result += right[j...]
        return result
    }
}
