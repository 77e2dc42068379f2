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
