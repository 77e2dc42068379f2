import Akin
import AkinReports
import ArgumentParser
import Foundation
import PaperFormats
import Papers

/// `akin sync`
struct SyncCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Read the files again that papers came from, if they have changed.",
        discussion: """
            akin add remembers its files and folders. This command reads those again whose size or time has changed, \
            tells what came, what changed and what is gone from them, and removes nothing unless you say so: neither \
            papers (--remove-missing) nor fields (--replace). A file \
            that another program keeps up to date is a live library then; --watch follows it.

            EXAMPLES
              akin sync
              akin sync --remove-missing
              akin sync --forget papers.jsonl
            """
    )

    @Flag(
        help: """
            Remove the papers that a look before found missing, if none of the files has them now. What goes missing \
            in this look is told first.
            """)
    var removeMissing = false

    @Flag(
        help: "Clear the fields that a record leaves empty, except tags, collections and notes. Without it, all stay.")
    var replace = false

    @Flag(help: "Say what would change, and change nothing.")
    var dryRun = false

    @Flag(help: "Go on, and read each file again when it changes. Ctrl-C ends it.")
    var watch = false

    @Option(help: ArgumentHelp("With --watch: the seconds between two looks at the files.", valueName: "seconds"))
    var interval = 2.0

    @Option(
        help: ArgumentHelp(
            "Forget a file or folder, so that it is not read again. Its papers stay. May be repeated.",
            valueName: "file"))
    var forget: [String] = []

    @OptionGroup var waiting: WaitingOptions

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { true }

    func validate() throws {
        guard interval >= 0.1, interval <= 86_400 else {
            throw ValidationError("--interval takes seconds from 0.1 to 86,400, not \(interval).")
        }
        if dryRun, removeMissing || watch || !forget.isEmpty {
            throw ValidationError("--dry-run changes nothing, so it does not go with the other flags.")
        }
        if watch, removeMissing {
            throw ValidationError(
                "--remove-missing is for a look at a time, so that a file that is being written loses nothing.")
        }
        if watch, !forget.isEmpty { throw ValidationError("--forget and --watch do not go together.") }
    }

    func result(_ console: Console) throws -> CommandResult<SyncReport> {
        let library = try options.open(waiting: waiting.waiting(console))
        for path in forget { try forgetSource(path, of: library) }
        var report = try synchronized(library, console)
        while watch {
            print(report)
            Thread.sleep(forTimeInterval: interval)
            guard StandardOutput.isOpen else { break }
            report = try synchronized(library, console)
        }
        let hasFailed = report.sources.contains { $0.status == .failed }
        return CommandResult(
            report: report, text: { report.lines },
            remarks: report.sources.isEmpty ? ["The library has no file to read again: akin add remembers them."] : [],
            failures: report.sources.compactMap(\.message), status: hasFailed ? .failed : .done)
    }

    /// Prints a report of a look at the files, if there is something to tell, while more follow.
    private func print(_ report: SyncReport) {
        guard report.sources.contains(where: { $0.status == .read }) || !report.removed.isEmpty else { return }
        if options.json, let json = try? encodedJSON(report) {
            StandardOutput.write(json)
            StandardOutput.write("\n")
        } else {
            report.lines.forEach(Terminal.print)
        }
        _ = StandardOutput.flush()
    }

    private func forgetSource(_ path: String, of library: Library) throws {
        let absolute = URL(filePath: path).standardizedFileURL.path
        for name in [path, absolute] where try library.forgetSource(name) { return }
        throw AkinError(.invalidArgument, "The library did not read '\(path)', or has forgotten it.")
    }

    /// Looks at all files once.
    private func synchronized(_ library: Library, _ console: Console) throws -> SyncReport {
        var sources: [SyncReport.Source] = []
        let known = try library.sources()
        let missingBefore = Set(known.flatMap(\.missing))
        for source in known {
            guard let file = FileSource(name: source.name, state: source.state, threads: options.threads) else {
                sources.append(SyncReport.Source(source, .foreign))
                continue
            }
            if file.isGone {
                sources.append(SyncReport.Source(source, .gone))
            } else if !file.hasChanged {
                sources.append(SyncReport.Source(source, .unchanged))
            } else {
                let report = try console.showingProgress { progress in
                    try library.add(
                        from: file.papers(),
                        options: AddOptions(replacing: replace, threads: options.threads, isDryRun: dryRun),
                        progress: progress)
                }
                sources.append(SyncReport.Source(source, report))
            }
        }
        let before = removeMissing ? try library.papers(matching: PaperFilter(ids: missingBefore)) : []
        let removed =
            removeMissing ? try library.removeMissing(among: missingBefore, threads: options.threads) : []
        let gone = Set(removed)
        for paper in before where gone.contains(paper.id) {
            console.remark("Removed \(PaperListing.headline(of: paper)) (\(oneLine(paper.id))).")
        }
        for index in sources.indices {
            sources[index].missing.removeAll { gone.contains($0.id) }
            for place in sources[index].missing.indices {
                let id = sources[index].missing[place].id
                sources[index].missing[place].title = try library.paper(id: id)?.title ?? ""
            }
        }
        return SyncReport(sources, removed: removed, isDryRun: dryRun)
    }
}

extension SyncReport {
    /// A line for each source, and what is gone from it.
    fileprivate var lines: [String] {
        var lines = dryRun == true ? ["Dry run: nothing was changed."] : []
        lines += sources.flatMap { source in [source.line] + source.missingLines }
        if !removed.isEmpty {
            lines.append("Removed \(removed.count) \(removed.count == 1 ? "paper" : "papers").")
        } else if sources.contains(where: { !$0.missing.isEmpty }) {
            lines.append("These papers stay; --remove-missing removes them.")
        }
        return lines
    }
}

extension SyncReport.Source {
    fileprivate var line: String {
        let name = oneLine(name)
        return switch status {
        case .unchanged: "\(name): unchanged"
        case .read: "\(name): \(added ?? 0) added, \(updated ?? 0) updated, \(missing.count) missing"
        case .gone: "\(name): not there any more; its papers stay"
        case .failed: "\(name): could not be read whole"
        case .foreign: "\(name): no file"
        }
    }

    fileprivate var missingLines: [String] {
        named(missing.map { "  missing: \(oneLine("\($0.title) (\($0.id))"))" }, rest: "more; --json lists them all")
    }
}
