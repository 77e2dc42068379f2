import SystemCalls

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// A model's folder of any kind.
package enum EncoderFolder: Sendable {
    /// A network of the BERT kind.
    case network(ModelFolder)
    /// Vectors of tokens.
    case table(StaticModelFolder)

    /// Opens the folder.
    ///
    /// - Throws: ``EncoderError``.
    package init(contentsOf url: URL) throws(EncoderError) {
        guard (try? fileExists(url.path)) ?? true else {
            throw EncoderError(
                .missing,
                "Cannot open the model in '\(url.path)': there is no such folder. Give the one that it lies in now.")
        }
        if let table = try StaticModelFolder(contentsOf: url) {
            self = .table(table)
        } else {
            self = .network(try ModelFolder(contentsOf: url))
        }
    }
}
