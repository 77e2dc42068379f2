import Akin
import ArgumentParser

/// Where the vector space of a library comes from.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            What the vector space starts from, now and later: auto (the released model while the library is small and \
            in its field, else nothing), own (nothing), released, or a file that `akin train` wrote.
            """,
            valueName: "auto|own|released|file"
        )
    )
    var model: String?

    @Option(
        help: ArgumentHelp(
            "The dimensions of the vector space, now and later: auto (by the number of papers) or a number.",
            valueName: "auto|n"
        )
    )
    var rank: RankChoice?

    /// The source that the flag names; `nil` keeps what the library was told last.
    var source: ModelSource? {
        switch model {
        case nil: nil
        case "auto": .automatic
        case "own": .ownPapers
        case "released": .released
        case .some(let path): .file(path)
        }
    }
}
