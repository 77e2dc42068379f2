import Foundation

/// How a server is to run. The command `akin serve` makes it of its flags, and the program `akin-serve` reads it.
package struct ServerSettings: Codable, Hashable, Sendable {
    /// A library that is served.
    package struct Library: Codable, Hashable, Sendable {
        /// What it is called in addresses: `?library=name`.
        package var name: String
        /// The folder.
        package var path: String

        package init(name: String, path: String) {
            (self.name, self.path) = (name, path)
        }
    }

    /// The libraries, each with a name of its own. The first answers where none is named.
    package var libraries: [Library]
    /// The address to listen at.
    package var host = "127.0.0.1"
    /// The port to listen at; 0 takes one that is free.
    package var port = Self.usualPort
    /// Whether requests may change the libraries.
    package var isWritable = false
    /// Whether a proxy stands before the server, whose word on clients counts: `X-Forwarded-For` and
    /// `X-Forwarded-Proto`.
    package var trustsProxy = false
    /// Further names that the server is asked by, besides its address and `localhost`.
    package var allowedHosts: [String] = []
    /// A file with the token that requests must bring; `nil` takes it from the environment, if it has one.
    package var tokenFile: String?
    /// The folder for the models of libraries that lie in databases.
    package var cache = "/tmp/akin"
    /// The most threads of long work; `nil` is one for each core.
    package var threads: Int?

    package init(libraries: [Library]) {
        self.libraries = libraries
    }

    /// The port that is taken if none is named.
    package static let usualPort = 8017

    /// The variable of the environment that may hold the token.
    package static let tokenVariable = "AKIN_TOKEN"
}

extension ServerSettings {
    /// The settings as one argument of a program.
    ///
    /// - Throws: `EncodingError`, for text that has no UTF-8.
    package func argument() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads the argument of a program.
    ///
    /// - Throws: `DecodingError` for a text that is none.
    package init(argument: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(argument.utf8))
    }
}
