import ArgumentParser
import LibraryEncoders
import Ranking

/// The flags of a second look at the first papers: how many, and how much the judge counts.
struct RerankingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The first papers that the model judges.", valueName: "count"))
    var rerankDepth = Reranking.usualDepth

    @Option(help: ArgumentHelp("The share of the model in the new order, from 0 to less than 1.", valueName: "share"))
    var rerankShare = Reranking.usualWeight

    /// Refuses flags that have no effect without a model.
    ///
    /// - Throws: `ValidationError`.
    func check(hasModel: Bool, _ flags: String) throws {
        guard hasModel || rerankDepth == Reranking.usualDepth && rerankShare == Reranking.usualWeight else {
            throw ValidationError("--rerank-depth and --rerank-share are for \(flags).")
        }
    }

    func validate() throws {
        guard rerankDepth >= 0 else {
            throw ValidationError("--rerank-depth takes a number from 0 up, not \(rerankDepth).")
        }
        guard (0..<1).contains(rerankShare) else {
            throw ValidationError("--rerank-share takes a number from 0 to less than 1, not \(rerankShare).")
        }
    }
}
