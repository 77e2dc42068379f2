import ParallelLoops

/// Work that earlier changes have left to later ones.
///
/// A change that touched every vector at once would stop its caller for seconds. So an index does such work in steps:
/// each vector that is added or removed pays for one step, about as long as it takes to add a vector or a few. One kind
/// of work goes on at a time. Between two steps the index is whole: it can be searched, changed, copied and saved. A
/// file does not hold work that goes on; it starts again after the file is opened.
///
/// The steps depend on the changes only, not on time or threads.
enum Upkeep: Sendable {
    /// The graph loses its removed nodes.
    case repair(GraphRepair)

    /// Nodes that nothing leads to are linked again.
    case reach(ReachRepair)

    /// The graph is built again, because codes cannot tell neighbors apart.
    case rebuilding(GraphRebuilding)

    /// The store gives back the space of removed rows.
    case compaction(RowCompaction)

    /// The codes start from a new center.
    case recoding(Recoding)

    /// The default number of candidates is measured.
    case measurement(FactorMeasurement)
}

extension VectorIndex {
    /// Does the upkeep that some changes pay for.
    mutating func keepUp(changes: Int, threads: Int) {
        var left = min(changes, store.count)
        while let used = keepUpOnce(left, threads: threads) { left -= used }
    }

    /// Does the upkeep that some changes pay for, and asks between its steps whether to go on.
    ///
    /// - Throws: ``HNSWError`` with the code `cancelled`.
    mutating func keepUp(changes: Int, threads: Int, _ interruption: Interruption) throws(HNSWError) {
        let all = min(changes, store.count)
        var left = all
        while let used = keepUpOnce(left, threads: threads) {
            left = max(0, left - used)
            try interruption.check(all - left, of: all)
        }
    }

    /// Does the upkeep that some changes pay for, of a bounded number of them. Returns the number of changes whose work
    /// it did; `nil` if there is none to do.
    private mutating func keepUpOnce(_ changes: Int, threads: Int) -> Int? {
        guard changes > 0, store.count > 0, isUpkeepDue, startUpkeep(threads: threads, eagerly: false) else {
            return nil
        }
        return continueUpkeep(min(changes, Self.changesAtOnce), threads: threads)
    }

    /// The number of changes whose work is done between two looks at an ``Interruption``. The result may depend on it,
    /// so it does not depend on whether there is one.
    private static let changesAtOnce = 256

    /// Whether work goes on or is due. It takes constant time.
    private var isUpkeepDue: Bool {
        !upkeep.isEmpty || isRecodingDue || isRepairDue || isReachDue || isCompactionDue || isMeasurementDue
            || graph?.isOutdated == true
    }

    /// Starts the next work, unless some goes on. Returns whether there is any. When `eagerly`, a single removed vector
    /// is enough for a repair or a compaction.
    mutating func startUpkeep(threads: Int, eagerly: Bool) -> Bool {
        if !upkeep.isEmpty { return true }
        graph?.cutUnsoundChains()
        if isRecodingDue {
            store.measureLargest(of: store.count, threads: threads)
            upkeep.append(.recoding(Recoding(of: store)))
        } else if let graph, graph.isOutdated {
            upkeep.append(.rebuilding(GraphRebuilding(of: graph, store: store)))
        } else if let graph, isRepairDue || eagerly && graph.pendingRemovals > 0 {
            upkeep.append(.repair(GraphRepair(of: graph, store: store)))
        } else if let graph, isReachDue || eagerly && graph.reachedRows < graph.count {
            upkeep.append(.reach(ReachRepair(of: graph)))
        } else if isCompactionDue || eagerly && RowCompaction.drops(of: store, graph) > 0 {
            upkeep.append(.compaction(RowCompaction(of: store, &graph)))
        } else if let graph, isMeasurementDue {
            upkeep.append(.measurement(FactorMeasurement(of: self, graph)))
        }
        return !upkeep.isEmpty
    }

    /// Does the work of some changes. Returns the number of changes whose work it did, at least 1.
    mutating func continueUpkeep(_ changes: Int, threads: Int) -> Int {
        guard let work = upkeep.popLast() else { return changes }
        let builder = builder(threads: threads)
        switch consume work {
        case .repair(var repair):
            guard var graph = graph.take() else { return changes }
            let used = repair.step(changes, by: builder, in: &graph)
            self.graph = graph
            if !repair.isOver { upkeep.append(.repair(repair)) }
            return used
        case .reach(var reach):
            guard var graph = graph.take() else { return changes }
            let used = reach.step(changes, by: builder, in: &graph)
            if reach.isOver { graph.reachedRows = reach.rowCount } else { upkeep.append(.reach(reach)) }
            self.graph = graph
            return used
        case .rebuilding(var rebuilding):
            let used = rebuilding.step(changes, by: builder)
            if rebuilding.isOver { graph = rebuilding.finished(store) } else { upkeep.append(.rebuilding(rebuilding)) }
            return used
        case .compaction(var compaction):
            let used = compaction.step(changes, of: store, &graph)
            if compaction.isOver {
                compaction.finish(&store, &graph)
            } else {
                upkeep.append(.compaction(compaction))
            }
            return used
        case .recoding(var recoding):
            let used = recoding.step(changes, of: store, pool: pool, threads: threads)
            if !recoding.isOver {
                upkeep.append(.recoding(recoding))
            } else if recoding.finish(&store, pool: pool) {
                graph?.isOutdated = true
            }
            return used
        case .measurement(var measurement):
            guard let graph else { return changes }
            let used = measurement.step(changes, of: self, graph, threads: threads)
            if measurement.isOver {
                self.graph?.efFactor = measurement.factor
                self.graph?.efFactorRows = measurement.graphCount
                self.graph?.usualNearest = measurement.usualNearest(in: store)
            } else {
                upkeep.append(.measurement(measurement))
            }
            return used
        }
    }

    func builder(threads: Int) -> GraphBuilder { GraphBuilder(store: store, pool: pool, threads: threads) }

    // MARK: - What is due

    /// A repair starts when one of this many nodes has been removed.
    private static let repairShare = 8

    /// The number of removed nodes that a small index keeps before a repair or a compaction.
    private static let fewestRemoved = 32

    private var isRepairDue: Bool {
        graph.map { $0.pendingRemovals > max(Self.fewestRemoved, count / Self.repairShare) } ?? false
    }

    /// Whether the graph has grown by a sixteenth since all nodes could be reached.
    private var isReachDue: Bool {
        graph.map { $0.count - $0.reachedRows > max(Self.fewestUnreached, $0.count / Self.reachShare) } ?? false
    }

    private static let reachShare = 16
    private static let fewestUnreached = 128

    /// Whether there are more removed rows outside the graph than vectors.
    private var isCompactionDue: Bool {
        store.count - count - (graph?.pendingRemovals ?? 0) > max(Self.fewestRemoved, count)
    }

    private var isRecodingDue: Bool { store.elements.isCoded && store.isFrameOutgrown }

    /// Whether the graph has grown by half since ``efFactor`` was measured. A small index is scanned and needs none.
    private var isMeasurementDue: Bool {
        guard mayScan, let graph else { return false }
        return graph.count >= max(Self.exactSearchCrossover, graph.efFactorRows * 3 / 2)
    }
}
