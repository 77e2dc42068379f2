/// Which files of a folder are looked at.
enum FolderRules {
    /// Folders that programs make for themselves. They hold no papers.
    private static let junkFolders: Set<String> = [
        "node_modules", "__pycache__", "__MACOSX", "$RECYCLE.BIN", "System Volume Information", "lost+found", "venv",
        "site-packages",
    ]

    private static let junkFiles: Set<String> = ["Thumbs.db", "desktop.ini", "Icon\r", "package.json"]

    /// Whether a file or folder is left out by its name, and is not counted either: hidden ones, and what programs make
    /// for themselves.
    static func isJunk(_ name: some StringProtocol) -> Bool {
        name.hasPrefix(".") || name.hasPrefix("~$") || junkFolders.contains(String(name))
            || junkFiles.contains(String(name))
    }

    /// The one file that stands for a folder with some names; `nil` if all of its files count.
    ///
    /// In the folder of a test collection, the other files hold queries and judgments. In Zotero's, they are what the
    /// database describes.
    static func onlyFile(of names: [String]) -> String? {
        ["zotero.sqlite", "corpus.jsonl", "corpus.jsonl.gz", "corpus.jsonl.zst", "corpus.jsonl.xz"]
            .first(where: names.contains)
    }

    /// The file with which papis describes the document of a folder. It stands for the folder if papis wrote it.
    static let papisFile = "info.yaml"
}
