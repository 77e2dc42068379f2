/// What a subcommand works with: the services, and the place where papers go.
struct FetchSession {
    let arXiv: ArXiv
    let openAlex: OpenAlex
    let crossref: Crossref
    let output: PaperOutput
    let isQuiet: Bool

    /// Opens the output, and prepares what asks the services.
    ///
    /// - Throws: `FetchError` with code `file`.
    init(_ options: FetchOptions) throws {
        output = try PaperOutput(path: options.output, resuming: options.resume, replacesFile: options.force)
        let client = PoliteClient(
            mailTo: options.mailAddress, interval: options.interval, showsWaiting: !options.quiet)
        arXiv = ArXiv(client: client, base: options.arXivURL)
        openAlex = OpenAlex(
            client: client, base: options.openAlexURL, mailTo: options.mailAddress, key: options.openAlexKey)
        crossref = Crossref(client: client, base: options.crossrefURL, mailTo: options.mailAddress)
        isQuiet = options.quiet
    }

    /// Prints a remark on standard error, unless the person asked for quiet.
    func remark(_ text: String) {
        if !isQuiet { Message.note("akin: \(text)") }
    }

    /// Tells which records of an answer were no papers.
    func tell(_ answer: Answer) {
        for record in answer.skipped.prefix(20) { remark("skipped a record of \(record)") }
    }

    /// Shows on a terminal how far the command has come.
    func show(_ count: Int, of total: Int?) {
        if !isQuiet { ProgressLine.draw(total.map { "\(count) of \($0) papers" } ?? "\(count) papers") }
    }
}
