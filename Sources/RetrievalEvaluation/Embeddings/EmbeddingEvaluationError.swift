/// An error in measuring embeddings: numbers that a measure has no value for.
public struct EmbeddingEvaluationError: Error, Hashable, Sendable {
    /// What is wrong, for a program to decide on.
    public enum Code: Hashable, Sendable {
        /// Two lists that belong together differ in length.
        case countMismatch
        /// There are too few examples.
        case tooFewExamples
        /// A number is not finite.
        case notFinite
        /// All numbers of a list are equal, and a correlation needs different ones.
        case constant
        /// All examples are of one class, and the measure needs two.
        case oneClass
        /// Two vectors differ in their number of components.
        case dimensionMismatch
        /// A parameter lies outside its range.
        case invalidParameter
    }

    /// What is wrong.
    public let code: Code

    /// What failed, on what and why.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension EmbeddingEvaluationError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}

// MARK: - Checking

/// Throws unless two lists that belong together have the same length, and at least so many elements.
func checkCounts(
    _ first: Int, _ second: Int, atLeast least: Int, of examples: String
) throws(EmbeddingEvaluationError) {
    guard first == second else {
        throw EmbeddingEvaluationError(
            .countMismatch, "\(first) and \(second) numbers cannot be compared: \(examples) have one of either kind.")
    }
    guard first >= least else {
        throw EmbeddingEvaluationError(
            .tooFewExamples, "There are \(first) \(examples), and the measure needs \(least) or more.")
    }
}

/// Throws if a number is not finite.
func checkFinite(_ numbers: [Double], _ name: String) throws(EmbeddingEvaluationError) {
    guard let place = numbers.firstIndex(where: { !$0.isFinite }) else { return }
    throw EmbeddingEvaluationError(
        .notFinite, "Number \(place + 1) of the \(name) is \(numbers[place]), which cannot be compared.")
}
