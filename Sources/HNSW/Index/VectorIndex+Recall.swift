import ArraySpans
import ParallelLoops

extension VectorIndex {
    /// Measures the recall of the index and keeps the result as its ``certificate``. Without a graph it does nothing,
    /// because every search is exact.
    ///
    /// The queries are vectors of the index, so the certificate holds for queries like these. Where your queries come
    /// from elsewhere, give some of them to ``certify(queries:threads:progress:)-([Float],_,_)``.
    ///
    /// The index saves the certificate and keeps it while vectors are added and removed; ``changesSinceCertificate``
    /// counts them, and ``isCertificateStale`` tells when there are many. ``compact(threads:progress:)`` measures
    /// again. An index that becomes empty loses its certificate.
    ///
    /// The result depends on the index and its seed, not on the number of threads.
    ///
    /// - Parameters:
    ///   - queries: The number of vectors to search for; at least 1. More of them give narrower intervals, by the root
    ///     of their number: 1,000 give a recall of .99 to ±.003. By default one for each hundred vectors, from 250 to
    ///     1,000, so that measuring a small index does not take longer than building it.
    ///   - threads: The number of threads; by default the number of cores.
    ///   - progress: Receives the share of the work that is done, and returns whether to go on. The calling thread
    ///     calls it.
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if `queries` or `threads` is less than 1, and with
    ///   `cancelled` if `progress` says so or the surrounding task was cancelled. The index is then unchanged.
    /// - Complexity: O(*n*) comparisons for each query, and walks with `ef` of about 2,000 in total.
    public mutating func certify(
        queries: Int? = nil, threads: Int? = nil, progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) {
        let threads = try Self.validated(threads: threads)
        if let queries, queries < 1 {
            throw HNSWError(.invalidArgument, "Cannot measure with \(queries) queries: there must be at least 1.")
        }
        try measure(queries: queries, threads: threads, Interruption(progress: progress))
    }

    /// Measures the recall of the index for queries of yours and keeps the result as its ``certificate``. Without a
    /// graph it does nothing, because every search is exact.
    ///
    /// Take queries as your users ask them, a few hundred, that are not vectors of the index: each would find itself.
    /// ``compact(threads:progress:)`` does not have them any more, so it keeps the certificate of before.
    ///
    /// - Parameters:
    ///   - queries: The queries, one after another: at least one, of ``dimensions`` finite components each.
    ///   - threads: The number of threads; by default the number of cores.
    ///   - progress: Receives the share of the work that is done, and returns whether to go on. The calling thread
    ///     calls it.
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite` about the first query that is wrong,
    ///   `invalidArgument` if there is no query or `threads` is less than 1, and `cancelled` if `progress` says so or
    ///   the surrounding task was cancelled. The index is then unchanged.
    /// - Complexity: O(*n*) comparisons for each query, and walks with `ef` of about 2,000 in total.
    public mutating func certify(
        queries: [Float], threads: Int? = nil, progress: ((Double) -> Bool)? = nil
    ) throws(HNSWError) {
        let threads = try Self.validated(threads: threads)
        guard !queries.isEmpty else {
            throw HNSWError(.invalidArgument, "Cannot measure with 0 queries: there must be at least 1.")
        }
        try store.validate(queries: queries.span)
        graph?.cutUnsoundChains()
        guard let graph, !isEmpty else { return }
        let measurement = RecallMeasurement(of: self, graph, queries: queries, threads: threads)
        certificate = try measurement.certificate(Interruption(progress: progress))
        changesSinceCertificate = 0
    }

    mutating func measure(queries: Int?, threads: Int, _ interruption: Interruption) throws(HNSWError) {
        graph?.cutUnsoundChains()
        var new: RecallCertificate?
        if let graph, !isEmpty {
            new = try RecallMeasurement(of: self, graph, queries: queries, threads: threads).certificate(interruption)
        }
        certificate = new
        changesSinceCertificate = 0
    }

    /// The `ef` with which a search for the `k` nearest has a recall, by the ``certificate``. See
    /// ``plan(forRecall:k:)``.
    ///
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if `recall` is not from 0 to 1, or `k` is negative.
    public func ef(forRecall recall: Double, k: Int) throws(HNSWError) -> Int {
        try plan(forRecall: recall, k: k).ef
    }

    /// How a search for the `k` nearest with a recall is answered, by the ``certificate``.
    ///
    /// It takes the `ef` that reaches the recall with 97.5 % confidence. If no measured `ef` does, because the recall
    /// flattens before, it takes the knee of the curve, and ``RecallPlan/reached`` says what that has. Without a
    /// certificate, for a recall of 1, and in a small index, the search compares all vectors. When the index has grown
    /// since the measurement, `ef` grows in proportion.
    ///
    /// - Parameters:
    ///   - recall: The share of the true neighbors that the search finds on average, from 0 to 1.
    ///   - k: The number of results; at least 0.
    /// - Returns: The `ef`, and the recall that it reaches.
    /// - Throws: ``HNSWError`` with the code `invalidArgument` if `recall` is not from 0 to 1, or `k` is negative.
    public func plan(forRecall recall: Double, k: Int) throws(HNSWError) -> RecallPlan {
        guard (0...1).contains(recall), k >= 0 else {
            throw HNSWError(
                .invalidArgument,
                "Cannot search with a recall of \(recall) for \(k) vectors: the recall must be from 0 to 1, and k at "
                    + "least 0."
            )
        }
        guard let graph else { return RecallPlan(asked: recall, reached: 1, ef: k) }
        guard let certificate, let plan = certificate.plan(forRecall: recall, k: max(k, 1)) else {
            return RecallPlan(asked: recall, reached: 1, ef: count)
        }
        // A walk that keeps the same share of more vectors finds no smaller part of the nearest.
        let measured = max(certificate.vectorCount, 1)
        var ef = plan.ef
        // An `ef` below the count keeps the product in the range of `Int`.
        if count > measured { ef = ef >= count ? count : min(count, (ef * count + measured - 1) / measured) }
        let scans = !isWalkFaster(width: walkWidth(k: k, ef: ef, over: graph), over: graph)
        return RecallPlan(asked: recall, reached: scans ? 1 : plan.reached, ef: ef)
    }

    /// Whether the ``certificate`` speaks of a query like this one; `nil` without a certificate.
    ///
    /// It compares the nearest result with the nearest vectors of the queries that the recall was measured with. A
    /// query from another source often finds its nearest much farther away, and then nobody knows what it misses. One
    /// of a hundred queries from the same source is farther away as well.
    ///
    /// ```swift
    /// let found = try index.search(for: query, k: 10, recall: 0.95)
    /// if index.isCovered(query, found: found) == false { … }      // search with a recall of 1, or measure anew
    /// ```
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - found: What a search without conditions found for it, nearest first.
    /// - Returns: `true` if the nearest result is no farther than for 99 of 100 queries of the measurement, both as it
    ///   is and in proportion to the length of the query. Under the inner product only the proportion counts.
    /// - Complexity: O(``dimensions``).
    public func isCovered(_ query: [Float], found: [Neighbor]) -> Bool? {
        guard let limit = certificate?.nearestLimit else { return nil }
        guard let nearest = found.first else { return true }
        let own = remoteness(of: query.span, from: nearest)
        return own.distance <= limit.distance && own.ratio <= limit.ratio
    }

    /// How far the nearest vector is from a query.
    func remoteness(of query: Span<Float>, from nearest: Neighbor) -> Remoteness {
        let squares = sumOfSquares(query)
        switch metric {
        case .cosine: return Remoteness(distance: nearest.distance, ratio: 0)
        case .squaredEuclidean:
            let ratio = squares > 0 ? Float(Double(nearest.distance) / squares) : 0
            return Remoteness(distance: nearest.distance, ratio: ratio)
        case .innerProduct:
            guard squares > 0, let vector = vector(for: nearest.key) else { return Remoteness(distance: 0, ratio: 0) }
            // Small products are lost in 1 − a·b.
            let product = query.indices.reduce(0.0) { $0 + Double(query[$1]) * Double(vector[$1]) }
            return Remoteness(distance: 0, ratio: Float(-product / squares.squareRoot()))
        }
    }

    /// Whether more than a quarter of the vectors have changed since the ``certificate`` was measured; `false` without
    /// one. The next ``certify(queries:threads:progress:)-(Int?,_,_)`` or ``compact(threads:progress:)`` measures anew.
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
