import Akin
import HTTPTypes
import LibraryEncoders
import ParallelLoops
import ServerSettings

/// What all requests share.
struct ServerState: Sendable {
    let settings: ServerSettings
    let libraries: [ServedLibrary]
    /// The models of encoders that were opened.
    let models: OpenModels
    let metrics = ServerMetrics()
    let access: AccessRules

    /// Requests that use the engine take turns, so that one that waits does so without a thread of its own.
    private let turns = Turns(count: 2 * availableCores)

    /// Tools of agents may take longer, so they take turns of their own.
    let agentTurns = Turns(count: 4)

    /// Opens the libraries.
    ///
    /// - Parameters:
    ///   - settings: How the server is to run.
    ///   - token: What requests must bring; `nil` for a server that asks for none.
    ///   - notice: Is told what happened on the way to a database.
    /// - Throws: `AkinError` for a library that cannot be opened, and for settings that cannot be.
    init(
        _ settings: ServerSettings, token: String?, notice: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(AkinError) {
        guard !settings.libraries.isEmpty else {
            throw AkinError(.invalidArgument, "Cannot serve: no library is named.")
        }
        let names = settings.libraries.map(\.name)
        guard Set(names).count == names.count else {
            throw AkinError(
                .invalidArgument, "Cannot serve two libraries of one name: \(names.joined(separator: ", ")).")
        }
        self.settings = settings
        access = try AccessRules(settings, token: token)
        models = OpenModels(threads: settings.threads)
        var libraries: [ServedLibrary] = []
        for library in settings.libraries {
            libraries.append(
                try ServedLibrary(
                    library, cache: settings.cache, isWritable: settings.isWritable, threads: settings.threads,
                    models: models, notice: notice))
        }
        self.libraries = libraries
    }

    /// The library of a name; `nil` stands for the first.
    ///
    /// - Throws: ``Problem`` if none has the name.
    func library(named name: String?) throws(Problem) -> ServedLibrary {
        guard let name else { return libraries[0] }
        guard let library = libraries.first(where: { $0.name == name }) else {
            throw Problem(.notFound, "No library is called '\(name)' here.")
        }
        return library
    }

    /// A text with the names of libraries in place of their folders, which are nobody's business on other machines.
    func withoutPaths(_ text: String) -> String {
        libraries.reduce(text) { text, served in
            // A short path may be a part of anything.
            served.library.path.utf8.count > 3 ? text.replacing(served.library.path, with: served.name) : text
        }
    }

    /// Does work that takes the engine, when its turn comes, on a thread outside the pool of Swift's concurrency.
    ///
    /// - Throws: What `body` throws; ``Problem`` if the time for a request is over first. The work then goes on, and
    ///   nobody gets its result.
    func engine<Result: Sendable>(
        _ library: Library, _ body: @escaping @Sendable (Library) throws -> Result
    ) async throws -> Result {
        try await withinTime(Self.longestRequest) {
            try await turns.take { try await library.inBackground(body) }
        }
    }

    /// The longest time that a request takes the engine.
    static let longestRequest = Duration.seconds(30)
}
