import Akin

extension AkinError {
    /// The message, and after it what to do in terms of this program's commands and flags.
    var advice: String {
        guard let remedy else { return message }
        return message + " " + words(for: remedy)
    }

    private func words(for remedy: Remedy) -> String {
        switch remedy {
        case .addPapers:
            code == .noLibrary ? "Make one with `akin add FILE`." : "Add papers with `akin add FILE`."
        case .repair:
            code == .olderVersion
                ? "`akin doctor --repair` rebuilds the indexes from the stored papers."
                : "`akin doctor --repair` rebuilds it."
        case .restoreBackup: "Restore it from a backup, or choose another folder with --library."
        case .useNewerVersion: "Use the version of Akin that wrote the library."
        case .tryAgainLater: "Try again when it is done."
        case .freeSpace: "Free some space, or choose another folder with --library."
        case .chooseAnotherFolder:
            "Check that the name can be that of a folder, and that the folder above it can be written."
        case .searchWords(let words): "`akin search \(words)` looks for its words."
        case .giveID: (["Say which by its id:"] + candidateLines).joined(separator: "\n")
        case .trainModel: "Train a new one with `akin train`."
        case .chooseOtherFiles: "Give files of papers with titles or abstracts."
        }
    }

    /// A line for each candidate, and one that counts the rest.
    private var candidateLines: [String] {
        let rest = furtherCandidateCount > 0 ? ["  and \(furtherCandidateCount) more"] : []
        return candidates.map { "  \($0.title) (\($0.id))" } + rest
    }
}
