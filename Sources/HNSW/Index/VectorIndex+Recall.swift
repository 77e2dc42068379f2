import ParallelLoops

extension VectorIndex {
    /// Measures the recall of the index with the default number of queries on all cores. See
    /// ``certify(queries:threads:)``.
    public mutating func certify() {
        measure(queries: nil, threads: availableCores)
    }

    /// Measures the recall of the index and keeps the result as its ``certificate``. Without a graph it does nothing,
    /// because every search is exact.
    ///
    /// The index saves the certificate and keeps it while vectors are added and removed; ``changesSinceCertificate``
    /// counts them, and ``isCertificateStale`` tells when there are many. ``compact()`` measures again. An index that
    /// becomes empty loses its certificate.
    ///
    /// The result depends on the index and its seed, not on the number of threads.
    ///
    /// - Parameters:
    ///   - queries: The number of vectors to search for; at least 1. More of them give narrower intervals, by the root
    ///     of their number: 1,000 give a recall of .99 to ±.003. By default one for each hundred vectors, from 250 to
    ///     1,000, so that measuring a small index does not take longer than building it.
    ///   - threads: The number of threads; by default the number of cores.
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if `queries` or `threads` is less than 1. The index is
    ///   then unchanged.
    /// - Complexity: O(*n*) comparisons for each query, and walks with `ef` of about 2,000 in total.
    public mutating func certify(queries: Int? = nil, threads: Int? = nil) throws(HNSWError) {
        let threads = try Self.validated(threads: threads)
        if let queries, queries < 1 {
            throw HNSWError(.invalidArgument, "Cannot measure with \(queries) queries: there must be at least 1.")
        }
        measure(queries: queries, threads: threads)
    }

    mutating func measure(queries: Int?, threads: Int) {
        certificate = nil
        changesSinceCertificate = 0
        guard let graph, !isEmpty else { return }
        certificate = RecallMeasurement(of: self, graph, queries: queries, threads: threads).certificate()
    }

    /// The `ef` with which a search for the `k` nearest has a recall, by the ``certificate``.
    ///
    /// - Parameters:
    ///   - recall: The share of the true neighbors that the search finds on average, from 0 to 1.
    ///   - k: The number of results; at least 0.
    /// - Returns: The `ef` that reaches the recall with 97.5 % confidence; see ``RecallCertificate``. Without a
    ///   certificate, or if no measured `ef` reaches the recall, the number of vectors, which makes a search exact.
    ///   Without a graph, `k`.
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if `recall` is not from 0 to 1, or `k` is negative.
    public func ef(forRecall recall: Double, k: Int) throws(HNSWError) -> Int {
        guard (0...1).contains(recall), k >= 0 else {
            throw HNSWError(
                .invalidArgument,
                "Cannot search with a recall of \(recall) for \(k) vectors: the recall must be from 0 to 1, and k at "
                    + "least 0."
            )
        }
        guard hasGraph else { return k }
        guard let certificate, let ef = certificate.ef(forRecall: recall, k: max(k, 1)) else { return count }
        // A walk that keeps the same share of more vectors finds no smaller part of the nearest.
        let measured = certificate.vectorCount
        return count > measured ? min(count, (ef * count + measured - 1) / max(measured, 1)) : ef
    }

    /// Whether more than a quarter of the vectors have changed since the ``certificate`` was measured; `false` without
    /// one. The next ``certify(queries:threads:)`` or ``compact()`` measures anew.
    public var isCertificateStale: Bool {
        certificate.map { changesSinceCertificate > $0.vectorCount / Self.staleShare } ?? false
    }

    /// A certificate is stale after changes to one of this many certified vectors.
    private static var staleShare: Int { 4 }

    /// Counts vectors that were added or removed.
    mutating func noteChanges(_ count: Int) {
        guard certificate != nil else { return }
        changesSinceCertificate += count
        guard isEmpty else { return }
        certificate = nil
        changesSinceCertificate = 0
    }
}
