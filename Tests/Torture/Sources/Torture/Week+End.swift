import Foundation

// MARK: - The end

extension Week {
    /// How many questions are asked of both libraries.
    private static let questions = 12

    /// Compares the library with one that is built at once from the same papers.
    mutating func end() {
        // The last command may have been killed, and what it left is the next writer's to clear away.
        perform(addition(upTo: 1), 0, .none)
        activity = "at the end"
        let doctor = workspace.run(["doctor", "--json"])
        expect(doctor.isSuccess, .seen, "'akin doctor' \(doctor.summary)")
        let lived = Folders.byteCount(workspace.library)
        let refit = workspace.run(["refit", "--json"])
        expect(refit.isSuccess, .told, "'akin refit' \(refit.summary)")
        takeStock(orElse: papers, "'akin refit'")
        let fresh = Workspace(workspace.program, folder: workspace.folder + "/fresh", memory: workspace.memory)
        Folders.remove(fresh.library)
        let list = workspace.run(["list", "--json"])
        let file = fresh.folder + "/papers.json"
        try? list.output.write(to: URL(filePath: file))
        let add = fresh.run(["add", file] + chosenModel(refit))
        expect(add.isSuccess, .told, "'akin add' of what 'akin list --json' prints \(add.summary)")
        guard findings.breaches.isEmpty else { return }
        compareSizes(lived, with: Folders.byteCount(fresh.library))
        compareAnswers(with: fresh)
    }

    /// The arguments of the model that the library was told last.
    private mutating func chosenModel(_ refit: RunResult) -> [String] {
        guard !ranks.isEmpty else { return model }
        let rank = refit.json?["rank"] as? Int ?? 0
        // A space has at most as many dimensions as papers.
        let chosen = ranks
        expect(chosen.contains(rank), .kept, "the rank is \(rank), and \(chosen.sorted()) were chosen")
        return ["--model", "own", "--rank", "\(rank)"]
    }

    /// What the last changes took away is kept for `akin undo`, and the libraries under test are so small that it counts.
    private static let history = 100_000

    private mutating func compareSizes(_ lived: Int, with fresh: Int) {
        expect(
            (lived - Self.history) * 2 <= fresh * 3, .tidy, "the folder has \(lived) bytes, and a fresh one \(fresh)")
        let refitted = Folders.byteCount(workspace.library)
        expect(
            refitted * 2 <= fresh * 3, .tidy,
            "after a refit the folder has \(refitted) bytes, and a fresh one \(fresh)")
    }

    private mutating func compareAnswers(with fresh: Workspace) {
        let numbers = papers.keys.sorted().shuffled(using: &generator)
        for index in 0..<Self.questions {
            let mode = ["hybrid", "lexical", "semantic"][index % 3]
            let number = numbers[index % numbers.count]
            let abstract = maker.paper(number, revision: papers[number] ?? 0)["abstract"] as? String ?? ""
            let words = abstract.split(separator: " ").map(String.init)
            let start = generator.number(below: words.count)
            let part = words[start..<min(words.count, start + 2 + index)].joined(separator: " ")
            let question = ["search", index == 0 ? PaperMaker.question : part, "--mode", mode, "--json"]
            let command = index % 4 == 3 ? ["like", "torture:\(number)", "--json"] : question
            let answers = [workspace, fresh].map { $0.run(command) }
            let texts = answers.map { LibraryState.answer(in: $0) }
            expect(
                texts[0] != nil && texts[0] == texts[1], .answers,
                "a library built at once from the same papers answers otherwise: '\(command.joined(separator: "' '"))' "
                    + "\(answers[0].summary), \(answers[1].summary)")
        }
    }
}
