import Akin
import AkinReports
import ArgumentParser
import LibraryEncoders
import Papers
import QueryLanguage
import Ranking
import TextAnalysis
import TextEncoding
import VectorFiles

/// `akin search TEXT…`
struct SearchCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find papers by a question or a few words.",
        discussion: """
            Words rank papers. Signs add conditions: "exact words", +must, -not, OR, ( ), title:x, abstract:x, note:x, \
            author:x, venue:x, year:2020..2023, category:x, tag:x, in:collection, type:x, lang:de, has:abstract, \
            added:7d, is:unread, and field=value.

            @name stands for a question of the table [aliases] in the configuration file; akin --help says where that is.

            The figure before a paper says how many standard deviations its similarity lies above that of two random \
            papers; 4 is no accident. The order counts the words, too.

            With --library given several times, all of them answer, and each paper says where it is.

            EXAMPLES
              akin search running big models with limited memory
              akin search "retrieval augmented generation" --year 2020.. -k 5
              akin search --mode lexical KV cache
              akin search '"key value" cache year:2020.. -survey'
              akin search author:Vaswani OR author:Shazeer
              akin search KV cache year:2023.. --add-tag reading-list
              akin search long context --diverse 0.3 --format "{id} {title}"
              akin search --explain small models that retrieve
              akin search --encoder models/all-MiniLM-L6-v2 how to make long contexts cheap
              akin search --space minilm --vector question.npy small models
            """
    )

    @Argument(help: ArgumentHelp("What to look for.", valueName: "text"))
    var words: [String]

    @Flag(help: "Search any text as words: no sign has a meaning.")
    var literal = false

    @Option(
        help: ArgumentHelp(
            """
            A file with the text's vector in the space that --space names: .npy of floats, .fvecs, .bvecs or .ivecs. \
            Without it, the papers that the words find best say what the text means there.
            """,
            valueName: "file"
        )
    )
    var vector: String?

    @OptionGroup var ranking: RankingOptions
    @OptionGroup var filing: FilingOptions
    @OptionGroup var options: LibraryOptions

    private var text: String { literal ? words.joined(separator: " ") : QuestionWords(words).text }

    func validate() throws {
        if vector != nil, givenSpaces.count != 1 {
            throw ValidationError("--vector needs one --space NAME besides lsa: the space that it belongs to.")
        }
        if !literal { try QuestionWords(words).validate() }
        let expression = literal ? nil : try? QueryExpression(parsing: text)
        if let expression, !expression.isPlain { return }
        guard try Analyzer().terms(of: text, language: nil, keepingStopwords: true).isEmpty else { return }
        let signs = text.unicodeScalars.filter {
            !$0.properties.isWhitespace && ![.control, .format].contains($0.properties.generalCategory)
        }
        var distinct: [String] = []
        for sign in signs.lazy.map(String.init) where !distinct.contains(sign) {
            distinct.append(sign)
            if distinct.count == Self.namedSigns { break }
        }
        let shown = distinct.prefix(Self.namedSigns).joined(separator: " ")
        let reason =
            distinct.isEmpty
            ? "the text is empty"
            : "signs such as \(shown) are ignored. Give a word, a number or an emoji"
        throw ValidationError("There is nothing to search for: \(reason).")
    }

    /// The spaces whose vectors were given.
    private var givenSpaces: [SpaceName] { ranking.space.filter { $0 != .latentSemantics } }

    /// The vectors of the text that were given, by their spaces.
    private func givenVectors() throws -> [SpaceName: Embedding] {
        guard let vector, let space = givenSpaces.first else { return [:] }
        let file = try VectorFile(givenIn: vector, acceptsOneDimension: true)
        guard file.count == 1, let embedding = try file.embeddings().first else {
            throw ValidationError(
                "'\(vector)' has \(file.count) vectors, and a text has one. Write it to a file alone.")
        }
        return [space: embedding]
    }

    /// The most signs that a message names.
    private static let namedSigns = 5

    func result(_ console: Console) throws -> CommandResult<AnswerReport> {
        if options.folders.count > 1 { return try resultOfSeveralLibraries() }
        let library = try options.open()
        let text = literal ? text : try QuestionWords(words).text(in: library)
        var search = ranking.search
        let vectors = try library.prepare(
            &search, for: text, isLiteral: literal, given: givenVectors(), judge: ranking.judge,
            models: OpenModels(threads: options.threads))
        let (answer, elapsed) = try timed {
            try literal
                ? library.search(for: text, vectors: vectors, options: search)
                : library.search(asking: text, vectors: vectors, options: search)
        }
        if answer.hits.isEmpty, try library.papers(limit: 1).isEmpty {
            console.remark(
                "The library is empty. Add papers with \(SuggestedCommand("add", "FILE", library: options.folder)).")
        }
        var result = answer.result(
            query: text, elapsed: elapsed, unknownFilters: try library.unknownEntries(of: ranking.filter.papers),
            listing: try ranking.listing.style, groups: try ranking.group?.names(of: answer.hits, in: library),
            reasons: ranking.reasons,
            filed: try filing.file(answer, in: library))
        // A small library knows years from the model that it starts from, and then finds papers near to the word.
        if result.report.results.isEmpty || !answer.unknownWords.isEmpty, YearRange(text) != nil {
            let search = SuggestedCommand("search", "TEXT", "--year", text, library: options.folder)
            let list = SuggestedCommand("list", "--year", text, library: options.folder)
            result.remarks.append("\(search) searches papers of these years, and \(list) lists them all.")
        }
        return result
    }

    /// The answer of several libraries together.
    private func resultOfSeveralLibraries() throws -> CommandResult<AnswerReport> {
        guard !literal, vector == nil, ranking.space.isEmpty, ranking.group == nil, ranking.judge.judge == .none,
            !filing.files
        else {
            throw ValidationError(
                "Several libraries answer together without --literal, --vector, --space, --group, --rerank, --encoder, "
                    + "--add-tag and --add-to.")
        }
        let libraries = try options.openAll()
        let words = QuestionWords(words)
        let texts = try libraries.map { try words.text(in: $0.library) }
        let text = texts.first { $0 != words.text } ?? words.text
        let unknown = try libraries.map { try $0.library.unknownEntries(of: ranking.filter.papers) }
        let (answer, elapsed) = try timed {
            try LibraryGroup(libraries.map(\.library)).search(asking: text, options: ranking.search)
        }
        return answer.asOne.result(
            query: text, elapsed: elapsed,
            unknownFilters: unknown[0].filter { entry in unknown.allSatisfy { $0.contains(entry) } },
            listing: try ranking.listing.style, reasons: ranking.reasons,
            libraries: answer.hits.map { hit in
                ([hit.library] + hit.otherLibraries).map { libraries[$0].name }.joined(separator: ", ")
            })
    }
}
