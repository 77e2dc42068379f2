import PaperStore

/// The settings in the store of a library, for tests that change them.
enum StoredSettings {
    /// Removes what a library was told about its model.
    static func removeModelChoice(in library: String) throws {
        try change(library) { papers in
            for name in ["modelPolicy", "modelRank"] { try papers.setSetting(name, to: nil) }
        }
    }

    /// Removes all settings that concern indexes.
    static func removeAll(in library: String) throws {
        try change(library) { papers in
            for name in ["modelPolicy", "modelRank", "manifest"] { try papers.setSetting(name, to: nil) }
            try papers.setGeneration(0)
        }
    }

    /// Alters a setting.
    static func set(_ name: String, to value: String, in library: String) throws {
        try change(library) { try $0.setSetting(name, to: value) }
    }

    private static func change(_ library: String, _ body: (PaperStore.Writer) throws -> Void) throws {
        try PaperStore(opening: library + "/papers.sqlite", mode: .readWrite).write(body)
    }
}
