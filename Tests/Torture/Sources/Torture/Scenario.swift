import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A command that changes a library, with the library before it and what it makes of it.
struct Scenario: Sendable {
    let name: String
    /// The command, without the library.
    let command: [String]
    /// The folder that holds the library before the command; it may be empty.
    let template: String
    let before: LibraryState
    let after: LibraryState
    /// The calls of an undisturbed run.
    let calls: [RecordedCall]

    /// Whether the command reports that it has done its work. A repair that lost papers exits with 2 all the same.
    func isDone(_ result: RunResult) -> Bool {
        result.isSuccess || result.status == 2 && result.json?["repaired"] as? Bool == true
    }

    /// Puts the library as it is before the command into a workspace.
    func prepare(_ workspace: Workspace) {
        Folders.remove(workspace.library)
        guard !Folders.list(template).isEmpty else { return }
        Folders.copy(template, to: workspace.library)
        // Akin waits until a later write would show in the times of the files, and so would count other calls.
        usleep(25_000)
    }
}

/// The libraries and commands that the cases disturb. They are made once in a run.
struct Scenarios: Sendable {
    private(set) var all: [Scenario] = []
    /// A file with one paper that no scenario adds.
    let nextPaper: String
    let nextID = "torture:99"
    let maker: PaperMaker

    /// How many papers the library has.
    static let paperCount = 40

    init(_ workspace: Workspace, maker: PaperMaker) throws {
        self.maker = maker
        let papers = (0..<Self.paperCount).map { maker.paper($0) }
        let forty = workspace.write(papers, named: "forty.jsonl", maker)
        // Three papers are new, and one is there with another text.
        let four = workspace.write(
            [41, 42, 43].map { maker.paper($0) } + [maker.paper(7, revision: 1)], named: "four.jsonl", maker)
        nextPaper = workspace.write([maker.paper(99)], named: "next.jsonl", maker)
        let model = ["--model", "own", "--rank", "8"]
        let empty = workspace.folder + "/empty"
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        try add("create", ["add", forty] + model, to: empty, workspace)
        let base = workspace.folder + "/base"
        Folders.copy(workspace.library, to: base)
        try add("add", ["add", four], to: base, workspace)
        // So many that the store is written anew without its free pages.
        let removed = ["torture:3", "torture:11"] + (20..<36).map { "torture:\($0)" }
        try add("remove", ["remove", "--yes"] + removed, to: base, workspace)
        try add("refit", ["refit", "--rank", "12"], to: base, workspace)

        let broken = workspace.folder + "/broken"
        Folders.copy(base, to: broken)
        try Self.alter(firstFile(of: broken, endingIn: ".bm25")) { $0[$0.count / 2] ^= 1 }
        try add("repair", ["doctor", "--repair", "--json"], to: broken, workspace)

        let torn = workspace.folder + "/torn"
        Folders.copy(base, to: torn)
        try Self.alter(torn + "/papers.sqlite") { bytes in
            // The page of the table of papers that holds paper 5.
            guard let place = bytes.range(of: Data("Study 5 of".utf8))?.lowerBound else {
                throw Failure("the store holds no text of paper 5")
            }
            bytes[place / 4096 * 4096] = 0xEE
        }
        try add("salvage", ["doctor", "--repair", "--json"], to: torn, workspace)
    }

    subscript(name: String) -> Scenario? { all.first { $0.name == name } }

    /// Runs a command undisturbed, and notes what it does.
    private mutating func add(
        _ name: String, _ command: [String], to template: String, _ workspace: Workspace
    ) throws {
        let record = "\(workspace.folder)/\(name).record"
        let draft = Scenario(
            name: name, command: command, template: template, before: .nothing, after: .nothing, calls: [])
        var before = LibraryState.nothing
        if name != "create" {
            draft.prepare(workspace)
            if command[0] == "doctor" { _ = workspace.run(command) }
            before = try LibraryState(of: workspace)
        }
        draft.prepare(workspace)
        Folders.remove(record)
        let result = workspace.run(command, ["TORTURE_LOG": record])
        guard draft.isDone(result) else { throw Failure("'akin \(name)' \(result.summary)") }
        let made = workspace.folder + "/made"
        Folders.copy(workspace.library, to: made)
        let after = try LibraryState(of: workspace)
        Folders.copy(made, to: workspace.library)
        let calls = try RecordedCall.read(record)
        guard !calls.isEmpty else { throw Failure("the preloaded library saw no call of 'akin \(name)'") }
        all.append(
            Scenario(name: name, command: command, template: template, before: before, after: after, calls: calls))
    }

    private static func alter(_ path: String, _ change: (inout Data) throws -> Void) throws {
        var bytes = Folders.contents(path)
        try change(&bytes)
        try bytes.write(to: URL(filePath: path))
    }
}

/// The first file of a folder whose name ends so.
func firstFile(of folder: String, endingIn suffix: String) throws -> String {
    guard let name = Folders.list(folder).first(where: { $0.hasSuffix(suffix) }) else {
        throw Failure("'\(folder)' has no file that ends in '\(suffix)'")
    }
    return "\(folder)/\(name)"
}
