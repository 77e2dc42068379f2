import Foundation

// MARK: - Damage and repair

extension Week {
    /// Alters or removes a file of the generation in force, and repairs the library.
    mutating func damageIndex(_ step: Int) {
        activity = "step \(step), a damaged index"
        // A killed writer may have left a later generation, which is not in force.
        let number = String(workspace.run(["info", "--json"]).json?["generation"] as? Int ?? 0)
        let folder = "generation-" + String(repeating: "0", count: max(0, 6 - number.count)) + number + "/"
        let files = Folders.list(workspace.library).filter { $0.hasPrefix(folder) && $0 != folder }
        guard let name = files.randomElement(using: &generator) else {
            return expect(false, .opens, "there is no '\(folder)'")
        }
        let path = "\(workspace.library)/\(name)"
        activity += " '\(name)'"
        if generator.number(below: 4) == 0 { Folders.remove(path) } else { alterByte(of: path) }
        let doctor = workspace.run(["doctor", "--json"])
        expect(!doctor.isBroken, .ends, "'akin doctor' \(doctor.summary)")
        expect(doctor.status == 2, .seen, "'akin doctor' \(doctor.summary)")
        // A person who sees a repair end too early runs it again.
        let repair = WeekChange(command: ["doctor", "--repair"], papers: papers, ranks: ranks)
        for _ in 0..<2 where findings.breaches.isEmpty { perform(repair, step, WeekDisturbance(&generator)) }
        mend(step)
    }

    /// Alters a byte of the store, and repairs the library. Papers that the repair names may be lost.
    mutating func damageStore(_ step: Int) {
        activity = "step \(step), a damaged store"
        alterByte(of: workspace.library + "/papers.sqlite")
        for command in [["doctor", "--json"], ["list", "--json"], LibraryState.search] {
            let result = workspace.run(command)
            expect(!result.isBroken, .ends, "'akin \(command[0])' \(result.summary)")
        }
        mend(step)
        // A person looks at the damaged store and removes it.
        for name in Folders.list(workspace.library) where name.hasPrefix("papers.sqlite.damaged") {
            Folders.remove("\(workspace.library)/\(name)")
        }
    }

    private mutating func alterByte(of path: String) {
        var bytes = Folders.contents(path)
        guard !bytes.isEmpty else { return }
        let place = generator.number(below: bytes.count)
        bytes[bytes.startIndex + place] ^= 1 << UInt8(generator.number(below: 8))
        activity += " at byte \(place)"
        // The file stays the same one, as it does when a disk fails.
        try? bytes.write(to: URL(filePath: path))
    }

    /// Repairs the library undisturbed, and looks whether it is sound.
    private mutating func mend(_ step: Int) {
        guard findings.breaches.isEmpty else { return }
        let damage = activity
        let repair = WeekChange(command: ["doctor", "--repair"], papers: papers, ranks: ranks)
        perform(repair, step, .none)
        activity = damage
        let doctor = workspace.run(["doctor", "--json"])
        expect(doctor.isSuccess, .mends, "after --repair, 'akin doctor' \(doctor.summary)")
    }

    /// Takes the papers that a repair names as lost out of those that must be there.
    mutating func forgetLost(_ repair: RunResult) {
        for id in repair.json?["lostPapers"] as? [String] ?? [] {
            guard let number = Int(id.dropFirst("torture:".count)), papers.removeValue(forKey: number) != nil else {
                expect(false, .mends, "a repair names '\(id)' as lost, which is no paper of the library")
                continue
            }
            findings.note("a repair named a paper that a flipped bit has cost")
        }
    }
}
