import Foundation

/// Looks at a library after a disturbance, and compares it with the promises.
struct Examination {
    let workspace: Workspace
    /// The states that the library may be in. The first is the one to compare messages with.
    let allowed: [LibraryState]
    /// A paper that the next writer adds; `nil` if there is to be none.
    var nextPaper: String?
    private var findings = Findings()

    init(_ workspace: Workspace, allowed: [LibraryState], nextPaper: String? = nil) {
        self.workspace = workspace
        self.allowed = allowed
        self.nextPaper = nextPaper
    }

    /// Looks at the library, unless one of the same bytes was looked at before with the same expectations.
    func run(for purpose: String) -> Findings {
        let state = "\(purpose) \(nextPaper != nil) \(Folders.fingerprint(workspace.library))"
        return workspace.memory.findings(of: state) {
            var examination = self
            examination.examine()
            return examination.findings
        }
    }

    private mutating func examine() {
        let doctor = workspace.run(["doctor", "--json"])
        let list = workspace.run(["list", "--json"])
        let search = workspace.run(LibraryState.search)
        for (name, result) in [("doctor", doctor), ("list", list), ("search", search)] {
            findings.expect(!result.isBroken, .ends, "'akin \(name)' \(result.summary)")
            expectAdvice(name, result)
        }
        if allowed.contains(.nothing), ["noLibrary", "empty"].contains(list.errorCode ?? "") {
            return addNext()
        }
        let isSound = doctor.isSuccess
        if isSound {
            let papers = LibraryState.papers(in: list)
            findings.expect(papers != nil, .seen, "doctor calls it sound, and 'akin list' \(list.summary)")
            if let papers {
                let state = state(of: papers)
                findings.expect(state != nil, .kept, "\(allowed.last?.difference(to: papers) ?? "") (doctor: sound)")
                if let state, !state.papers.isEmpty { compareAnswer(search, with: state) }
            }
        } else {
            findings.note("doctor saw damage")
            if let answer = LibraryState.answer(in: search), !allowed.contains(where: { $0.answers.contains(answer) }) {
                findings.note("a search gave another answer, and doctor saw the damage")
            }
            repair()
        }
        addNext()
    }

    /// The allowed state of these papers. Two states may differ in their answers alone, as before and after a refit.
    private func state(of papers: [String: String]) -> LibraryState? {
        let states = allowed.filter { $0.papers == papers }
        guard !states.isEmpty else { return nil }
        return LibraryState(papers: papers, answers: states.reduce(into: []) { $0.formUnion($1.answers) })
    }

    private mutating func compareAnswer(_ search: RunResult, with state: LibraryState) {
        guard let answer = LibraryState.answer(in: search) else {
            return findings.expect(false, .seen, "doctor calls it sound, and 'akin search' \(search.summary)")
        }
        findings.expect(
            state.answers.contains(answer), .answers, "doctor calls it sound, and a search answers otherwise")
    }

    /// Whether a command that failed says why and what to do.
    private mutating func expectAdvice(_ name: String, _ result: RunResult) {
        // A report of damage is data, and the status 1 means that nothing was found.
        guard let status = result.status, status > 1, result.json?["findings"] == nil else { return }
        let text = result.errors + String(decoding: result.output, as: UTF8.self)
        let words = ["akin ", "backup", "Check", "again", "Free", "permission", "newer", "Give", "folder"]
        let says = text.count > 20 && !text.contains("Error Domain=") && words.contains { text.contains($0) }
        findings.expect(says, .opens, "'akin \(name)' does not say what to do: \(result.summary)")
    }

    /// Repairs the library, which must then hold one of the allowed sets of papers.
    private mutating func repair() {
        let repair = workspace.run(["doctor", "--repair", "--json"])
        findings.expect(!repair.isBroken, .ends, "'akin doctor --repair' \(repair.summary)")
        let doctor = workspace.run(["doctor", "--json"])
        findings.expect(doctor.isSuccess, .mends, "after --repair (\(repair.summary)), doctor \(doctor.summary)")
        let list = workspace.run(["list", "--json"])
        guard let papers = LibraryState.papers(in: list) else {
            let isNothing = allowed.contains(.nothing) && ["noLibrary", "empty"].contains(list.errorCode ?? "")
            return findings.expect(isNothing, .mends, "after --repair, 'akin list' \(list.summary)")
        }
        let state = state(of: papers)
        findings.expect(state != nil, .kept, "after --repair: \(allowed.last?.difference(to: papers) ?? "")")
        if let state, !state.papers.isEmpty { compareAnswer(workspace.run(LibraryState.search), with: state) }
    }

    /// Lets another writer come, and looks at what lies in the folder then.
    private mutating func addNext() {
        guard let nextPaper else { return }
        let add = workspace.run(["add", nextPaper])
        findings.expect(add.isSuccess, .opens, "the next 'akin add' \(add.summary)")
        guard add.isSuccess else { return }
        let names = Folders.list(workspace.library)
        let litter = names.filter { name in
            let first = name.split(separator: "/").first.map(String.init) ?? name
            let isOurs = ["papers.sqlite", "lock"].contains(first) || first.hasPrefix("generation-")
            return !isOurs && !first.hasPrefix("papers.sqlite.damaged") || name.contains(".partial")
        }
        findings.expect(litter.isEmpty, .tidy, "left: \(litter.prefix(4).joined(separator: ", "))")
        let generations = names.filter { $0.hasPrefix("generation-") && $0.dropLast().allSatisfy { $0 != "/" } }
        findings.expect(generations.count == 1, .tidy, "older generations are left")
    }
}
