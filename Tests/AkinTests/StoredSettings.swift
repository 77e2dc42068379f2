import PaperStore

/// The settings in the store of a library, for tests that change them.
enum StoredSettings {
    /// Removes what a library was told about its model.
    static func removeModelChoice(in library: String) throws {
        try PaperStore(opening: library + "/papers.sqlite", mode: .readWrite).write { papers in
            for name in ["modelPolicy", "modelRank"] { try papers.setSetting(name, to: nil) }
        }
    }
}
