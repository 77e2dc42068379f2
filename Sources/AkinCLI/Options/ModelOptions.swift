import Akin
import ArgumentParser

/// Where the vector space of a library comes from.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Where the vector space comes from, now and later: auto (the released model while the library is small and of \
            its field, else the library's papers), own, released, or a file of `akin train`.
            """,
            valueName: "auto|own|released|file"
        )
    )
    var model: String?

    @Option(
        help: ArgumentHelp(
            "The dimensions of the vector space, now and later: auto (by the number of papers), or so many.",
            valueName: "auto|n"
        )
    )
    var rank: RankChoice?

    /// The source that is meant; `nil` leaves it as the library was told last.
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
