import Foundation

/// Altered files: every byte of every file of a small library, and files that are cut, grown, gone or exchanged.
struct FileCases: Sendable {
    /// The library, and one of other papers.
    private let template: String
    private let other: String
    private let state: LibraryState
    private let authorList: String
    private let files: [String: Int]
    /// Where the page of the store lies that has the settings. A bad number there can block a whole library.
    private let settings: Range<Int>
    private let seed: UInt64

    private static let paperCount = 12

    init(_ workspace: Workspace, maker: PaperMaker, seed: UInt64) throws {
        self.seed = seed
        template = workspace.folder + "/small"
        other = workspace.folder + "/other"
        for (folder, first) in [(other, 100), (template, 0)] {
            Folders.remove(workspace.library)
            let papers = workspace.write((first..<first + Self.paperCount).map { maker.paper($0) }, maker)
            let add = workspace.run(["add", papers, "--model", "own", "--rank", "4"])
            guard add.isSuccess else { throw Failure("'akin add' \(add.summary)") }
            Folders.copy(workspace.library, to: folder)
        }
        settings = Self.settingsPage(in: Folders.contents("\(template)/papers.sqlite"))
        authorList = String(decoding: workspace.run(LibraryState.authorList).output, as: UTF8.self)
        state = try LibraryState(of: workspace)
        files = [String: Int](
            uniqueKeysWithValues: Folders.list(template).filter { !$0.hasSuffix("/") }.map { [template] name in
                (name, Folders.contents("\(template)/\(name)").count)
            })
    }

    /// The page with the settings, without the zeros of its free space.
    private static func settingsPage(in store: Data) -> Range<Int> {
        guard let name = store.firstRange(of: Data("modelPolicy".utf8)) else { return 0..<0 }
        let start = name.lowerBound / 4096 * 4096
        let page = store[start..<start + 4096]
        let free = page.dropFirst(64).prefix { $0 == 0 }.count
        return start + 64 + free..<start + 4096
    }

    /// Every byte, with the checksums as they were.
    var flips: [TortureCase] { bytes("flip", of: files) }

    /// Every byte of the files that have checksums, with checksums that are right again.
    var forgeries: [TortureCase] { bytes("forge", of: files.filter { !$0.key.hasSuffix(".sqlite") }) }

    /// Cut, grown, gone and exchanged files.
    var wholes: [TortureCase] {
        files.sorted { $0.key < $1.key }.flatMap { name, length in
            let cuts = Set((0...16).map { length * $0 / 16 } + [1, 63, 64, 100, 512, length - 1]).filter {
                (0..<length).contains($0)
            }
            return cuts.sorted().map { makeCase("cut", name, $0, 0) }
                + (length > 0 ? [1, 4096].map { makeCase("grow", name, $0, 0) } : [])
                + [makeCase("remove-file", name, 0, 0)]
                + (length > 0 ? [makeCase("exchange", name, 0, 0)] : [])
        }
    }

    /// The case of a name such as `flip papers.sqlite 1234 8`; `nil` if it is another's.
    func named(_ words: [String]) -> TortureCase? {
        guard words.count == 4, files[words[1]] != nil, let number = Int(words[2]), let mask = UInt8(words[3]) else {
            return nil
        }
        guard ["flip", "forge", "cut", "grow", "remove-file", "exchange"].contains(words[0]) else { return nil }
        return makeCase(words[0], words[1], number, mask)
    }

    private func bytes(_ kind: String, of files: [String: Int]) -> [TortureCase] {
        files.sorted { $0.key < $1.key }.flatMap { name, length in
            var generator = Generator(seed: seed, for: kind + name)
            return (0..<length).map { offset in
                // One bit, or now and then all of them.
                let mask: UInt8 = generator.number(below: 9) == 0 ? 0xFF : 1 << UInt8(generator.number(below: 8))
                return makeCase(kind, name, offset, mask)
            }
        }
    }

    private func makeCase(_ kind: String, _ file: String, _ number: Int, _ mask: UInt8) -> TortureCase {
        TortureCase(name: "\(kind) \(file) \(number) \(mask)") { workspace in
            Folders.copy(template, to: workspace.library)
            alter(kind, "\(workspace.library)/\(file)", file, number, mask)
            return kind == "forge" ? examineForgery(workspace) : examine(workspace, "\(kind) \(file) \(number)", file)
        }
    }

    private func alter(_ kind: String, _ path: String, _ file: String, _ number: Int, _ mask: UInt8) {
        var bytes = Folders.contents(path)
        switch kind {
        case "flip": bytes[number] ^= mask
        case "cut": bytes = bytes.prefix(number)
        case "grow": bytes.append(contentsOf: (0..<number).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) })
        case "exchange": bytes = Folders.contents("\(other)/\(file)")
        case "remove-file": return Folders.remove(path)
        default:
            guard var forged = SectionedBytes(bytes) else { return }
            forged.alter(number, by: mask)
            bytes = Data(forged.bytes)
            let manifest = (path as NSString).deletingLastPathComponent + "/manifest"
            if path != manifest, var list = SectionedBytes(Folders.contents(manifest)),
                list.setIdentity(forged.identity, ofFile: (path as NSString).lastPathComponent)
            {
                try? Data(list.bytes).write(to: URL(filePath: manifest))
            }
        }
        try? bytes.write(to: URL(filePath: path))
    }

    // MARK: - Looking

    /// No checksum tells a forged file from a true one, so it may give any answer, and none may crash.
    private func examineForgery(_ workspace: Workspace) -> Findings {
        var findings = Findings()
        let others = [["doctor", "--json"], ["like", "torture:3", "--json"], ["info", "--json"]]
        for command in [LibraryState.search] + others {
            let result = workspace.run(command)
            findings.expect(!result.isBroken, .ends, "'akin \(command[0])' \(result.summary)")
            if result.status == 0 {
                findings.expect(result.json != nil, .ends, "'akin \(command[0])' prints no JSON")
            }
        }
        return findings
    }

    private func examine(_ workspace: Workspace, _ name: String, _ file: String) -> Findings {
        var findings = Findings()
        let doctor = workspace.run(["doctor", "--json"])
        let search = workspace.run(LibraryState.search)
        findings.expect(!doctor.isBroken, .ends, "'akin doctor' \(doctor.summary)")
        findings.expect(!search.isBroken, .ends, "'akin search' \(search.summary)")
        let isStore = file.hasSuffix(".sqlite")
        let answer = LibraryState.answer(in: search)
        if doctor.isSuccess {
            findings.expect(
                answer.map { state.answers.contains($0) } ?? false, .answers, "doctor calls it sound: \(search.summary)"
            )
            guard isStore else { return findings }
            let papers = LibraryState.papers(in: workspace.run(["list", "--json"]))
            findings.expect(
                papers == state.papers, .seen,
                "doctor calls it sound: \(papers.map { state.difference(to: $0) } ?? "no list of papers")")
            let author = workspace.run(LibraryState.authorList)
            findings.expect(
                String(decoding: author.output, as: UTF8.self) == authorList, .seen,
                "doctor calls it sound, and --author finds other papers")
            return findings
        }
        let isSilent = answer.map { !state.answers.contains($0) } ?? false
        if isSilent { findings.note("a search gave another answer, and doctor saw the damage") }
        // With another library's store, a repair makes that library. Nothing brings the papers back.
        if isStore, name.hasPrefix("exchange") { return findings }
        var generator = Generator(seed: seed, for: name)
        let isInSettings = isStore && settings.contains(Int(name.split(separator: " ").last ?? "") ?? -1)
        if !name.hasPrefix("flip") || isInSettings || generator.number(below: 8) == 0 {
            examineRepair(workspace, isStore, &findings)
        }
        return findings
    }

    private func examineRepair(_ workspace: Workspace, _ isStore: Bool, _ findings: inout Findings) {
        let repair = workspace.run(["doctor", "--repair", "--json"])
        findings.expect(!repair.isBroken, .ends, "'akin doctor --repair' \(repair.summary)")
        let isRepaired = repair.isSuccess || repair.json?["repaired"] as? Bool == true
        if isStore, !isRepaired {
            // Nothing of the papers can be read, and a repair that fails does not advise a repair.
            let says = repair.errors.contains("backup") && !repair.errors.contains("--repair")
            return findings.expect(says, .opens, "'akin doctor --repair' advises nothing that helps: \(repair.summary)")
        }
        let doctor = workspace.run(["doctor", "--json"])
        findings.expect(doctor.isSuccess, .mends, "after --repair (\(repair.summary)), doctor \(doctor.summary)")
        guard isRepaired else { return }
        let lost = repair.json?["lostPapers"] as? [String] ?? []
        let papers = LibraryState.papers(in: workspace.run(["list", "--json"])) ?? [:]
        let kept = state.papers.filter { papers[$0.key] == $0.value }
        findings.expect(
            kept.count + lost.count >= state.papers.count, .kept,
            "after --repair, \(lost.count) named as lost; \(state.difference(to: papers))")
        findings.expect(
            papers.allSatisfy { state.papers[$0.key] == $0.value }, .answers,
            "after --repair, a paper has another text: \(state.difference(to: papers))")
        if !isStore { findings.expect(lost.isEmpty, .kept, "papers are lost though their store is whole") }
    }
}
