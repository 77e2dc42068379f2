import EditDistances

/// What a person may have meant by a word that is none of the known ones.
struct Likeness {
    private let word: String

    /// Describes a word.
    ///
    /// - Parameter word: What the person wrote.
    init(of word: String) { self.word = word.lowercased() }

    /// The names that are most like the word: those at the least distance, and those that begin with it.
    ///
    /// - Parameters:
    ///   - names: The known names.
    ///   - limit: The most names to give.
    /// - Returns: The names, nearest first; none if none is near.
    func nearest(among names: [String], limit: Int = 3) -> [String] {
        let letters = word.unicodeScalars.map(\.value)
        var near: [(name: String, distance: Int)] = []
        if let bound = EditDistance.bound(letterCount: letters.count) {
            var edits = EditDistance(to: letters)
            for name in names {
                if let distance = edits.distance(to: name.lowercased().unicodeScalars.map(\.value), atMost: bound) {
                    near.append((name, distance))
                }
            }
        }
        let least = near.map(\.distance).min()
        let mistyped = near.filter { $0.distance == least }.map(\.name)
        let begun =
            letters.count > 1 ? names.filter { $0.lowercased().hasPrefix(word) && !mistyped.contains($0) } : []
        return Array((mistyped + begun).prefix(limit))
    }
}
