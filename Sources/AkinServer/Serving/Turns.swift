import Synchronization

/// A number of turns. Who finds none free waits for one, the first first.
package final class Turns: Sendable {
    private let state: Mutex<State>

    private struct State {
        var free: Int
        var waiting: [(id: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var nextID = 0
    }

    package init(count: Int) {
        state = Mutex(State(free: count))
    }

    /// Does work when a turn is free.
    ///
    /// - Throws: What `body` throws; `CancellationError` if the task was cancelled while it waited.
    package func take<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        guard await wait() else { throw CancellationError() }
        defer { giveBack() }
        return try await body()
    }

    /// Waits for a turn.
    ///
    /// - Returns: Whether it came; `false` if the task was cancelled first.
    private func wait() async -> Bool {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
            }
            waiter?.resume(returning: false)
        }
    }

    private func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }
}
