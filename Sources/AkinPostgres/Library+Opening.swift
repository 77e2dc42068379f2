package import Akin
import Foundation
import PostgresClient

extension Library {
    /// Whether a text is the address of a database, and not the path of a folder.
    package static func isAddress(_ place: String) -> Bool {
        ["postgres://", "postgresql://"].contains { place.hasPrefix($0) }
    }

    /// Opens the library in a folder or in a database.
    ///
    /// - Parameters:
    ///   - place: The path of a folder, or an address that begins with `postgres://` or `postgresql://`.
    ///   - waiting: How long changes of a folder wait for others.
    ///   - cache: The folder for the models of libraries in databases.
    ///   - connectionLimit: The most connections to a database.
    ///   - notice: Is told in a sentence when a question is asked again because a connection was lost.
    /// - Returns: The library.
    /// - Throws: `AkinError`, as `init(at:configuresBLAS:waiting:)`; `invalidArgument` for an address that cannot be
    ///   read. A database is asked when the library is.
    package static func open(
        _ place: String, waiting: Waiting = .never, cache: String, connectionLimit: Int = 8,
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(AkinError) -> Library {
        guard isAddress(place) else { return try Library(at: place, waiting: waiting) }
        do {
            return Library(
                on: try PostgresLibrary(
                    PostgresAddress(place), cache: cache, connectionLimit: connectionLimit, notice: notice),
                waiting: waiting)
        } catch let error as PostgresError {
            throw AkinError(error)
        } catch {
            throw AkinError(translating: error)
        }
    }

    /// An address without its password, for messages; any other text as it is.
    package static func withoutPassword(_ place: String) -> String {
        guard isAddress(place) else { return place }
        // A password may stand among the parameters too.
        if place.contains("password="), let address = try? PostgresAddress(place) { return "\(address)" }
        guard let start = place.range(of: "://")?.upperBound else { return place }
        let rest = place[start...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else {
            return place
        }
        return String(place[..<colon] + place[at...])
    }
}
