import Akin

extension AkinError {
    /// The message, and after it what to do in terms of this program's commands and flags.
    ///
    /// - Parameter library: The folder that the person gave with `--library`, if any. Suggested commands repeat it.
    /// - Returns: The text.
    func advice(library: String?) -> String {
        let message = oneLine(message)
        guard let remedy else { return message }
        return message + " " + words(for: remedy, library)
    }

    private func words(for remedy: Remedy, _ library: String?) -> String {
        switch remedy {
        case .addPapers:
            (code == .noLibrary ? "Make one with " : "Add papers with ")
                + "\(SuggestedCommand("add", "FILE", library: library))."
        case .repair:
            "\(SuggestedCommand("doctor", "--repair", library: library)) rebuilds "
                + (code == .olderVersion ? "the indexes from the stored papers." : "it.")
        case .restoreBackup: "Restore it from a backup, or choose another folder with --library."
        case .moveAway: "Move it away, and run the command again."
        case .useNewerVersion: "Use the version of Akin that wrote the library."
        case .tryAgainLater:
            code == .locked ? "Try again when it is done, or wait for it with --wait." : "Run the command again."
        case .freeSpace: "Free some space, or choose another folder with --library."
        case .chooseAnotherFolder:
            "Check that the name can be that of a folder, and that the folder above it can be written."
        case .checkPermissions: "Check the permissions of the folder, of its files and of the folders above."
        case .searchWords(let words):
            "\(SuggestedCommand("search", oneLine(words), library: library)) looks for its words."
        case .giveID: (["Say which by its id:"] + candidateLines).joined(separator: "\n")
        case .trainModel:
            "Train a new one with \(SuggestedCommand("train", "FILE", "--output", "MODEL", library: nil))."
        case .chooseAnotherModel: "Give a model that akin train wrote."
        case .chooseAnotherFile: "Give another name."
        case .allowReplacing: "Give another name, or replace it with --force."
        case .publishLibrary: "Publish one with \(SuggestedCommand("publish", "--to", "ADDRESS", library: nil))."
        case .useFolder: "Do it with the folder that was published, and publish it again."
        case .chooseOtherFiles: "Give files of papers with titles or abstracts."
        }
    }

    /// A line for each candidate, and one that counts the rest.
    private var candidateLines: [String] {
        let rest = furtherCandidateCount > 0 ? ["  and \(furtherCandidateCount) more"] : []
        return candidates.map { "  \(oneLine($0.title)) (\(oneLine($0.id)))" } + rest
    }
}
