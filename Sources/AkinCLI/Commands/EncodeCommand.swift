import Akin
import AkinReports
import ArgumentParser
import LibraryEncoders
import Ranking
import SentenceEncoder
import TextEncoding

/// `akin encode`
struct EncodeCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Let a sentence encoder make a vector of each paper that has none.",
        discussion: """
            The encoder is a model in a folder of yours; nothing is fetched. Its vectors make a vector space of their \
            own beside the one that the library learns. akin search --rerank lets it judge the first papers of an \
            answer, and --space NAME ranks by it.

            The vectors of each batch are kept. After Ctrl-C, the same command goes on where it was, and after akin \
            add it encodes the new papers. The library remembers the folder, and refuses another model under the \
            same name of a space.

            EXAMPLES
              akin encode --encoder models/all-MiniLM-L6-v2
              akin encode --encoder models/e5-small-v2 --query-prompt "query: "
              akin add more.jsonl --encode now
            """
    )

    @OptionGroup var encoder: EncoderOptions

    @Option(
        help: ArgumentHelp(
            "The name of the vector space. Default: the name of the model's folder.", valueName: "name"))
    var space: SpaceName?

    @OptionGroup var waiting: WaitingOptions
    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func result(_ console: Console) throws -> CommandResult<EncodingReport> {
        let library = try options.open(waiting: waiting.waiting(console))
        let (space, chosen) = try chosen(in: library)
        let (encoder, remembered) = try opened(chosen, for: space, in: library)
        try library.enter(space, of: encoder, remembering: remembered)
        let (count, elapsed) = try timed {
            try console.showingProgress { progress in
                try waitingFor {
                    try await library.encode(
                        in: space, with: encoder, threads: options.threads, progress: progress)
                }
            }
        }
        let report = EncodingReport(
            encoded: count, space: space.rawValue, encoder: encoder.identity,
            papers: try library.spaces().first { $0.name == space }?.paperCount ?? count,
            seconds: elapsed / .seconds(1))
        let missing = try library.paperCount() - report.papers
        let unknown = missing > 0 ? " \(missing) have none: the model knows no word of them." : ""
        return CommandResult(
            report: report,
            summary: "Encoded \(count) papers in \(roundedSeconds(elapsed)) s; \(report.papers) have a vector in the "
                + "space '\(space)'.\(unknown)")
    }

    /// The encoder of a space. The folder may have got another name since: the model tells.
    private func opened(
        _ chosen: RememberedEncoder, for space: SpaceName, in library: Library
    ) throws -> (SentenceEncoder, RememberedEncoder) {
        var remembered = chosen
        let models = OpenModels(threads: options.threads)
        let encoder = try models.encoder(of: remembered)
        let known = try library.spaces().first { $0.name == space }?.encoder
        guard let known, known.name != encoder.identity.name, known.version == encoder.identity.version,
            known.dimensions == encoder.identity.dimensions
        else { return (encoder, remembered) }
        remembered.name = known.name
        return (try models.encoder(of: remembered), remembered)
    }

    /// The space and its encoder: those that are given, or else those that the library remembers.
    private func chosen(in library: Library) throws -> (space: SpaceName, encoder: RememberedEncoder) {
        guard let given = encoder.given else {
            let known = try library.rememberedEncoder(of: space)
            return (known.space, known.encoder)
        }
        guard let name = space ?? given.usualSpace else {
            throw ValidationError("Name the vector space with --space: the folder's name makes none.")
        }
        var encoder = given
        // What cannot be read of another time is named again, and not asked.
        encoder.newPapers = (try? library.rememberedEncoders())?.first { $0.space == name }?.encoder.newPapers
        return (name, encoder)
    }
}
