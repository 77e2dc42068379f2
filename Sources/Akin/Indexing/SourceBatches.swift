import PaperStore
import Papers

/// The batches of a source, one after another, with the errors of the engine.
struct SourceBatches<Source: PaperSource> {
    private var source: Source

    /// The source, from where it stands.
    var rest: Source { source }

    /// Prepares to read a source from where it stands.
    init(_ source: Source) {
        self.source = source
    }

    /// The part of the source that has been read, from 0 to 1, or `nil` if nobody knows.
    var fractionRead: Double? { source.fractionRead }

    /// Returns the next batch, or `nil` after the last.
    ///
    /// - Throws: `AkinError` with code `unreadableInput` if the source cannot continue. Its cause is the source's
    ///   error.
    mutating func next() throws(AkinError) -> PaperBatch? {
        do {
            return try source.nextBatch()
        } catch {
            throw AkinError(.unreadableInput, plainReason(of: error), cause: error)
        }
    }
}
