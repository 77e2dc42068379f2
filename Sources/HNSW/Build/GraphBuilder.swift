import ParallelLoops
import VectorKernels

/// Links new nodes into a graph: Algorithm 1 (`insert`) of Malkov & Yashunin, a batch at a time.
///
/// The paper inserts one node after the other; with several threads that needs locks, and the graph then depends on
/// chance. Here a batch of nodes is linked in two parallel steps that each read what the other writes:
///
/// 1. Each new node searches the graph as it stood before the batch, compares itself with the nodes of the batch before
///    it, and picks its neighbours. It writes its own lists only, which nobody reads yet.
/// 2. Each node that has been picked takes the links back, those of the whole batch at once, and picks anew if there are
///    too many. It writes its own lists only.
///
/// So there is no lock, and the graph is the same for every number of threads. Unlike batches elsewhere (Manohar et al.,
/// "ParlayANN", 2024, https://arxiv.org/abs/2305.04359) these are compared within, so that nothing is lost when a batch
/// is a cluster of its own.
struct GraphBuilder {
    let store: VectorStore
    let pool: ScratchPool
    let efConstruction: Int
    let threads: Int

    /// The nodes that are linked at once. More of them keep more threads busy, and cost half as many comparisons for each
    /// node within the batch; 256 costs about a twentieth of the search.
    static let batchSize = 256

    /// The nodes that a thread takes at once: enough to take turns, few enough for all threads to end together.
    private static let chunk = 16

    /// Links rows that have their place in the graph but no links.
    func link(_ rows: [UInt32], into graph: inout Graph) {
        for start in stride(from: 0, to: rows.count, by: Self.batchSize) {
            linkBatch(Array(rows[start..<min(start + Self.batchSize, rows.count)]), into: &graph)
        }
    }

    private func linkBatch(_ batch: [UInt32], into graph: inout Graph) {
        let nodeOf = findNeighbors(of: batch, in: &graph)
        let isNode = hangTwins(batch, on: nodeOf, in: &graph)
        linkBack(batch.indices.filter { isNode[$0] }.map { batch[$0] }, in: &graph)
        for i in batch.indices where isNode[i] && Int(graph.levels[Int(batch[i])]) > graph.maxLevel {
            graph.entryPoint = batch[i]
        }
    }

    // MARK: - Step 1

    /// Writes the lists of the new nodes. Returns, for each, the row with the same bits that it found, or `Graph.none`.
    private func findNeighbors(of batch: [UInt32], in graph: inout Graph) -> [UInt32] {
        // SAFETY: each worker writes the lists of its own nodes and its own elements of `same`; of the graph it reads
        // what was there before the batch.
        nonisolated(unsafe) let base = unsafe graph.base.mutableBase()
        nonisolated(unsafe) let upper = unsafe graph.upper.mutableBase()
        let frozen = graph
        var same = [UInt32](repeating: Graph.none, count: batch.count)
        unsafe same.withUnsafeMutableBufferPointer { same in
            nonisolated(unsafe) let same = unsafe same
            concurrentChunks(of: batch.count, threads: threads, chunk: Self.chunk) { _, indices in
                pool.withScratches(turnSlots, for: store) { scratches in
                    unsafe takeTurns(over: indices, slots: turnSlots) { index, slot in
                        var insertion = unsafe Insertion(
                            graph: frozen, store: store, scratch: scratches[slot], batch: batch, index: index,
                            ef: efConstruction, base: base, upper: upper
                        )
                        let isUnderWay = unsafe insertion.begin()
                        return unsafe (insertion: insertion, index: index, isUnderWay: isUnderWay)
                    } step: { task, isAlone in
                        if unsafe task.isUnderWay, unsafe task.insertion.step(lookingAhead: isAlone) { return true }
                        unsafe same[task.index] = task.insertion.same
                        return false
                    }
                }
            }
        }
        return same
    }

    /// Makes twins of the rows that found another with the same bits, and puts the node in their place in the lists of
    /// the batch. Returns which of the batch are nodes.
    private func hangTwins(_ batch: [UInt32], on same: [UInt32], in graph: inout Graph) -> [Bool] {
        var isNode = [Bool](repeating: true, count: batch.count)
        guard same.contains(where: { $0 != Graph.none }) else { return isNode }
        var nodeOf: [UInt32: UInt32] = [:]
        for i in batch.indices where same[i] != Graph.none {
            let node = nodeOf[same[i]] ?? same[i]
            // A node that is linked anew may have twins itself: it stays one.
            guard node != batch[i], !graph.isTwin(Int(node)), graph.nextTwin(of: Int(batch[i])) == nil else { continue }
            isNode[i] = false
            nodeOf[batch[i]] = node
            graph.clearLists(of: Int(batch[i]))
            graph.hang(Int(batch[i]), on: Int(node))
        }
        for i in batch.indices where isNode[i] {
            graph.replaceLinks(of: Int(batch[i])) { nodeOf[$0] ?? $0 }
        }
        return isNode
    }

    // MARK: - Step 2

    /// Adds the links back to the new nodes.
    private func linkBack(_ nodes: [UInt32], in graph: inout Graph) {
        let top = nodes.reduce(0) { max($0, Int(graph.levels[Int($1)])) }
        for level in 0...top {
            var links: [UInt64] = []
            for node in nodes where Int(graph.levels[Int(node)]) >= level {
                for target in graph.links(of: Int(node), level: level) {
                    links.append(UInt64(target) << 32 | UInt64(node))
                }
            }
            links.sort()
            var starts = links.indices.filter { $0 == 0 || links[$0] >> 32 != links[$0 - 1] >> 32 }
            starts.append(links.count)
            link(links, starts: starts, level: level, in: &graph)
        }
    }

    /// Lets each target take its links, `links[starts[i]..<starts[i + 1]]`.
    private func link(_ links: [UInt64], starts: [Int], level: Int, in graph: inout Graph) {
        let width = graph.width(level)
        // SAFETY: each worker reads and writes the lists of its own targets, whose places lie inside the column.
        nonisolated(unsafe) let lists = unsafe level == 0 ? graph.base.mutableBase() : graph.upper.mutableBase()
        let frozen = graph
        let chunk = max(1, starts.count / (threads * 8))
        concurrentChunks(of: starts.count - 1, threads: threads, chunk: chunk) { _, indices in
            pool.withScratch(for: store) { scratch in
                var added: [UInt32] = []
                for i in indices {
                    let target = Int(links[starts[i]] >> 32)
                    guard let place = frozen.place(of: target, level: level) else { continue }
                    added.removeAll(keepingCapacity: true)
                    for link in links[starts[i]..<starts[i + 1]] {
                        added.append(UInt32(truncatingIfNeeded: link))
                    }
                    let update = unsafe ListUpdate(store: store, scratch: scratch, list: lists + place, width: width)
                    unsafe update.add(added, to: target)
                }
            }
        }
    }
}
