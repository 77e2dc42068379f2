import Foundation

/// Losses of power at every call of a history of commands.
struct PowerCases: Sendable {
    /// The changes of all commands of the history, in order.
    private let calls: [RecordedCall]
    /// For each command: how many of the calls are done when it has reported success, and the library's state then.
    private let acknowledged: [(count: Int, state: LibraryState)]
    private let root: String
    private let nextPaper: String
    private let seed: UInt64
    /// Whether the disk keeps nothing at a sync. Promises then break; that shows that the cases can fail.
    private let ignoresSyncs: Bool

    /// How often each prefix is lost in a way that chance decides.
    private static let repetitions = 2

    /// Runs the history, and records it.
    ///
    /// - Throws: ``Failure`` if the model of the disk does not explain the files that the history leaves.
    init(_ workspace: Workspace, scenarios: Scenarios, seed: UInt64, ignoresSyncs: Bool) throws {
        self.seed = seed
        root = workspace.root
        nextPaper = scenarios.nextPaper
        var calls: [RecordedCall] = []
        var acknowledged: [(count: Int, state: LibraryState)] = [(0, .nothing)]
        Folders.remove(workspace.root)
        try FileManager.default.createDirectory(atPath: workspace.root, withIntermediateDirectories: true)
        for name in ["create", "add", "remove", "refit"] {
            guard let scenario = scenarios[name] else { continue }
            let record = workspace.folder + "/history.record"
            Folders.remove(record)
            let result = workspace.run(scenario.command, ["TORTURE_LOG": record])
            guard result.isSuccess else { throw Failure("'akin \(name)' \(result.summary)") }
            calls += try RecordedCall.read(record).filter { $0.isChange || $0.name == "mmap_shared" }
            let made = workspace.folder + "/made"
            Folders.copy(workspace.library, to: made)
            acknowledged.append((calls.count, try LibraryState(of: workspace)))
            Folders.remove(workspace.library)
            Folders.copy(made, to: workspace.library)
        }
        self.calls = calls
        self.ignoresSyncs = ignoresSyncs
        self.acknowledged = acknowledged
        try checkModel(against: workspace)
    }

    /// Every prefix, lost in every way.
    var all: [TortureCase] {
        (0...calls.count).flatMap { count in
            DiskModel.Loss.allCases.flatMap { loss in
                (0..<([.dropped, .unborn].contains(loss) ? 1 : Self.repetitions)).map { makeCase(count, loss, $0) }
            }
        }
    }

    /// The case of a name such as `power 57 torn 1`; `nil` if it is another's.
    func named(_ words: [String]) -> TortureCase? {
        guard
            words.count == 4, words[0] == "power", let count = Int(words[1]), (0...calls.count).contains(count),
            let loss = DiskModel.Loss(rawValue: words[2]), let repetition = Int(words[3])
        else { return nil }
        return makeCase(count, loss, repetition)
    }

    private func makeCase(_ count: Int, _ loss: DiskModel.Loss, _ repetition: Int) -> TortureCase {
        let name = "power \(count) \(loss) \(repetition)"
        return TortureCase(name: name) { workspace in
            var model = DiskModel(root: root)
            for call in calls.prefix(count) where !(ignoresSyncs && call.name == "sync") { _ = model.apply(call) }
            var generator = Generator(seed: seed, for: name)
            model.write(to: workspace.root, losing: loss, using: &generator)
            let last = acknowledged.lastIndex { $0.count <= count } ?? 0
            // The command that was under way may be done.
            let isBetween = acknowledged[last].count < count && last + 1 < acknowledged.count
            let allowed = acknowledged[last...(isBetween ? last + 1 : last)].map(\.state)
            let examination = Examination(workspace, allowed: allowed, nextPaper: nextPaper)
            return examination.run(for: "power \(last) \(isBetween)")
        }
    }

    /// Compares the files that the model has at the end with those that are there.
    private func checkModel(against workspace: Workspace) throws {
        var model = DiskModel(root: root)
        for call in calls {
            if call.name == "mmap_shared", !call.path.hasSuffix("-shm") {
                throw Failure("'\(call.path)' is written through memory, which the record does not show")
            }
            guard model.apply(call) else { throw Failure("the model does not explain \(call.name) '\(call.path)'") }
        }
        var generator = Generator(seed: 0)
        let replayed = workspace.folder + "/replayed"
        model.synchronizeAll()
        model.write(to: replayed, losing: .dropped, using: &generator)
        guard Folders.fingerprint(replayed) == Folders.fingerprint(root) else {
            throw Failure("the replay of all calls gives other files: compare '\(replayed)' and '\(root)'")
        }
    }
}
