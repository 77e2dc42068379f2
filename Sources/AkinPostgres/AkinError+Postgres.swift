package import Akin
package import PostgresClient

extension AkinError {
    /// The engine's error for an error of the server or of the way to it.
    package init(_ error: PostgresError) {
        switch error.code {
        case .cancelled: self = .cancelled
        case .diskFull: self.init(.noSpace, error.message, cause: error)
        case .lockTimeout, .conflict, .poolExhausted, .tooManyConnections, .serverStarting, .serverStopping:
            self.init(.serverFailed, error.message, remedy: .tryAgainLater, cause: error)
        case .readOnly, .notPermitted: self.init(.cannotWrite, error.message, cause: error)
        case .badAddress, .badValue: self.init(.invalidArgument, error.message, cause: error)
        default: self.init(.serverFailed, error.message, cause: error)
        }
    }
}
