/// Evaluates an engine: asks it every judged query, one after another, and measures its answers.
///
///     let folder = try BEIRFolder(path: "cranfield")
///     let evaluation = evaluate(folder.queries, against: folder.qrels) { query in
///         RankedList(engine.search(query.text, k: 1_000).map { DocumentID($0.id) })
///     }
///     print(evaluation.ndcg(at: 10), evaluation.queriesPerSecond ?? 0)
///
/// Anything that ranks documents can be evaluated. ``Evaluation/queriesPerSecond`` counts only the time inside
/// `answer`.
///
/// - Parameters:
///   - queries: The queries. Queries without a judgment are not asked. A judged query that is missing here counts 0
///     (see ``Evaluation/queriesWithoutResults``).
///   - qrels: The judgments.
///   - depth: How many documents of each answer count. Later ones are dropped.
///   - name: The name of the run.
///   - answer: Ranks documents for a query, best first.
/// - Returns: The evaluation, with the run and the time spent.
/// - Throws: The first error of `answer`, which ends the evaluation.
/// - Precondition: No two of the queries have the same id.
public func evaluate<Failure: Error>(
    _ queries: [Query],
    against qrels: Qrels,
    depth: Int = Evaluation.defaultDepth,
    name: String = "run",
    answer: (Query) throws(Failure) -> RankedList
) throws(Failure) -> Evaluation {
    let clock = ContinuousClock()
    var run = Run(name: name)
    var answerTime = Duration.zero
    for query in queries where qrels.contains(query.id) {
        precondition(run[query.id] == nil, "Query '\(query.id)' is there twice.")
        let start = clock.now
        let ranking = try answer(query)
        answerTime += start.duration(to: clock.now)
        run[query.id] = ranking
    }
    return Evaluation(of: run, against: qrels, depth: depth, answerTime: answerTime)
}

/// Evaluates an engine that answers asynchronously, such as one behind a network: asks it the judged queries, some of
/// them at the same time, and measures its answers.
///
///     let evaluation = try await evaluate(folder.queries, against: folder.qrels, atOnce: 4) { query in
///         RankedList(try await client.search(query.text).map { DocumentID($0.id) })
///     }
///
/// ``Evaluation/queriesPerSecond`` counts the time from the first question to the last answer. The answers, and so all
/// measures, do not depend on how many are asked at once.
///
/// - Parameters:
///   - queries: The queries. Queries without a judgment are not asked. A judged query that is missing here counts 0.
///   - qrels: The judgments.
///   - atOnce: How many queries are asked at the same time, at least 1.
///   - depth: How many documents of each answer count. Later ones are dropped.
///   - name: The name of the run.
///   - answer: Ranks documents for a query, best first.
/// - Returns: The evaluation, with the run and the time spent.
/// - Throws: The first error of `answer`, which ends the evaluation and cancels the queries being asked;
///   `CancellationError` if the task is cancelled.
/// - Precondition: No two of the queries have the same id.
public func evaluate(
    _ queries: [Query],
    against qrels: Qrels,
    atOnce: Int,
    depth: Int = Evaluation.defaultDepth,
    name: String = "run",
    answer: @escaping @Sendable (Query) async throws -> RankedList
) async throws -> Evaluation {
    precondition(atOnce >= 1, "One query or more is asked at once, not \(atOnce).")
    let judged = queries.filter { qrels.contains($0.id) }
    let clock = ContinuousClock()
    let start = clock.now
    let run = try await withThrowingTaskGroup(of: (QueryID, RankedList).self) { group in
        var run = Run(name: name)
        var waiting = judged.makeIterator()
        func ask(_ query: Query) { group.addTask { (query.id, try await answer(query)) } }
        for _ in 0..<min(atOnce, judged.count) { if let query = waiting.next() { ask(query) } }
        while let (query, ranking) = try await group.next() {
            try Task.checkCancellation()
            precondition(run[query] == nil, "Query '\(query)' is there twice.")
            run[query] = ranking
            if let next = waiting.next() { ask(next) }
        }
        return run
    }
    return Evaluation(of: run, against: qrels, depth: depth, answerTime: start.duration(to: clock.now))
}
