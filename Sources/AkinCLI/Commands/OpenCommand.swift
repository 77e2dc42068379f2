import Akin
import AkinReports
import ArgumentParser
import Foundation
import Papers

/// `akin open PAPER…`
struct OpenCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open the file of a paper, or its page on the web.",
        discussion: """
            It opens the first attachment that is there, a file by its whole path or a page, or else \
            the paper's page, with the program that the desktop has for it: open on macOS, xdg-open elsewhere, or what \
            $AKIN_OPENER names.

            EXAMPLES
              akin open --print InfLLM
              akin open --print --web InfLLM SirLLM
            """
    )

    @Argument(help: ArgumentHelp("An id, a citation key, a title, or a part of one.", valueName: "paper"))
    var papers: [String]

    @Flag(help: "Open the page on the web, whatever files there are.")
    var web = false

    @Flag(name: .customLong("print"), help: "Print what would be opened, and open nothing.")
    var prints = false

    @OptionGroup var options: LibraryOptions

    var isDoneWithoutOutput: Bool { !prints }

    func result(_ console: Console) throws -> CommandResult<OpenReport> {
        let library = try options.open()
        let found = try papers.map { try library.paper(named: $0) }
        let targets = found.map { (paper: $0, target: target(of: $0)) }
        let missing = targets.filter { $0.target == nil }.map { PaperListing.headline(of: $0.paper) }
        let opened = targets.compactMap(\.target)
        if !prints, !opened.isEmpty {
            let opener = try DesktopOpener()
            for target in opened { try opener.open(target) }
        }
        return CommandResult(
            report: OpenReport(targets.map { OpenReport.Entry(id: $0.paper.id, target: $0.target) }),
            text: { prints ? opened.map(oneLine) : [] },
            remarks: (prints ? [] : opened.map { "Opened \(oneLine($0))." })
                + missing.map { "'\($0)' has no file that is there, and no page." },
            status: opened.isEmpty ? .nothingFound : .done)
    }

    /// The file or the page of a paper; `nil` if it has neither.
    private func target(of paper: Paper) -> String? {
        if web { return paper.link }
        // Sources name attachments, so that nothing but files and pages may be opened.
        let files = paper.attachments.compactMap { path -> String? in
            if path.hasPrefix("https://") || path.hasPrefix("http://") { return path }
            return path.hasPrefix("/") && FileManager.default.fileExists(atPath: path) ? path : nil
        }
        return files.first ?? paper.link
    }
}

/// The program with which a person's desktop opens files and pages.
struct DesktopOpener {
    private let program: URL

    /// Finds the program.
    ///
    /// - Throws: `AkinError` if there is none.
    init() throws {
        let environment = ProcessInfo.processInfo.environment
        #if os(macOS)
        let usual = "open"
        #else
        let usual = "xdg-open"
        #endif
        let name = environment["AKIN_OPENER"].flatMap { $0.isEmpty ? nil : $0 } ?? usual
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let places = name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
        guard let place = places.first(where: FileManager.default.isExecutableFile) else {
            throw AkinError(
                .missingProgram,
                "Cannot open it: there is no program '\(name)' on the path. --print prints what to open, and $AKIN_OPENER "
                    + "names another program.")
        }
        program = URL(filePath: place)
    }

    /// Hands a file or an address to the program, and waits until it has taken it.
    ///
    /// - Throws: `AkinError` if it fails.
    func open(_ target: String) throws {
        let process = Process()
        process.executableURL = program
        process.arguments = [target]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.standardError
        try process.run()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw AkinError(.missingProgram, "Cannot open '\(target)': '\(program.path)' failed.")
        }
    }
}
