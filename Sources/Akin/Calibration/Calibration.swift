/// What a library learns about itself from its own papers, when its model is fitted.
///
/// It is part of the manifest. Nothing in it needs a judgment by a person.
package struct Calibration: Codable, Sendable, Equatable {
    /// The weight of meaning that hybrid rankings of this library use unless told otherwise.
    package var alpha = SearchOptions.defaultAlpha
    /// The questions that the weight was chosen by; 0 where the library was too small to ask any.
    package var questionCount = 0
    /// The papers that the library had when the weight was chosen.
    package var paperCount = 0
    /// How alike two papers are that were drawn at random.
    package var randomPairs: RandomPairs?

    package init() {}

    /// Whether the numbers are ones that a calibration gives.
    var isSound: Bool {
        (0...1).contains(alpha) && questionCount >= 0 && paperCount >= 0 && randomPairs?.isSound ?? true
    }
}
