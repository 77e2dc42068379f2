import Akin
import AkinAgents
import AkinPostgres
import AkinReports
import Foundation
import LibraryEncoders
import ServerSettings

/// A library that is served.
struct ServedLibrary: Sendable {
    let name: String
    let library: Library
    /// Answers agents about the library.
    let agents: AgentServer
    /// Topics and maps, which take long to make.
    let explorations: Explorations
    /// Counts that take long in a large library.
    let facets = StateCache<FacetsReport>()

    /// Opens a library.
    ///
    /// - Throws: `AkinError`, as `Library.init(at:configuresBLAS:waiting:)`.
    init(
        _ settings: ServerSettings.Library, cache: String, isWritable: Bool, threads: Int?, models: OpenModels,
        notice: @escaping @Sendable (String) -> Void
    ) throws(AkinError) {
        name = settings.name
        // Writers of one process exclude each other, and several requests may write at once.
        library = try Library.open(
            settings.path, waiting: .atMost(Self.patience), cache: cache, notice: notice)
        agents = AgentServer(library, isWritable: isWritable, models: models)
        explorations = Explorations(library, threads: threads)
    }

    /// How long a change waits for another.
    private static let patience = Duration.seconds(20)

    /// A tag that changes whenever the library does, for the header `ETag`.
    ///
    /// Answers of one state differ in the time that they took, so the tag is a weak one.
    var tag: String { "W/\"\(library.stateTag)\"" }
}
