import Foundation
import HNSW
import LatentSemantics
import LexicalIndex
import MappedFiles
import PaperStore
import Papers
import TextAnalysis

/// Calls `body` and tells its errors in the engine's terms.
///
/// The parts below the engine have errors of their own, whose messages say what failed, on what, why and what to do; the
/// engine adds the code that a caller acts on and keeps the error as the cause.
func akinError<Result: ~Copyable>(_ body: () throws -> Result) throws(AkinError) -> Result {
    do {
        return try body()
    } catch let error as AkinError {
        throw error
    } catch let error as MappedFileError {
        throw AkinError(code(of: error), "\(error)", cause: error)
    } catch let error as CocoaError {
        throw AkinError(code(of: error), error.localizedDescription, cause: error)
    } catch {
        throw AkinError(.internalFailure, "\(error)", cause: error)
    }
}
