import Foundation

/// The tasks that a folder holds.
///
///     stsbenchmark/
///         test.jsonl          {"sentence1": "…", "sentence2": "…", "score": 3.8}
///     twitter-pairs/
///         test.jsonl          {"sentence1": "…", "sentence2": "…", "label": 1}, or lists of them in one line
///     arxiv-clustering/
///         test.jsonl          {"sentences": ["…", "…"], "labels": ["cs.CL", "math"]}, a line for each set
///     scidocs-reranking/
///         test.jsonl          {"query": "…", "positive": ["…"], "negative": ["…", "…"]}
///
/// So MTEB publishes its data sets. Pairs may also stand in `pairs.tsv` with the headings `sentence1`, `sentence2` and
/// `score` or `label`. A folder may hold several files, each of which is a task, and their first record tells the kind.
/// Files may be packed by gzip, and lie in `data/`. Of files that are called like splits, those of one split count. A
/// folder that ``TestCollection`` recognizes is a task of retrieval.
public struct EmbeddingTaskFolder: Sendable {
    /// The path of the folder.
    public let path: String

    /// The tasks, in the order of their files. At least one.
    public let tasks: [EmbeddingTask]

    private static let splits: Set = ["train", "dev", "validation", "test", "val"]

    /// Reads the tasks of a folder.
    ///
    /// - Parameters:
    ///   - path: The path of the folder.
    ///   - split: Which split counts, where files are called like splits.
    /// - Throws: ``RetrievalEvaluationError``: `empty` if the folder holds no task, `missingSplit` if it holds other
    ///   splits alone, `cannotRead` or `malformedLine`.
    public init(path: String, split: String = "test") throws(RetrievalEvaluationError) {
        self.path = path
        let folder = URL(filePath: path).standardizedFileURL
        let name = folder.lastPathComponent
        guard FileManager.default.fileExists(atPath: path) else {
            throw RetrievalEvaluationError(
                .cannotRead, file: path, message: "There is no such folder. Check its path.")
        }
        if TestCollection.recognizes(folder: path) {
            tasks = [EmbeddingTask(name: name, content: .retrieval(try TestCollection(path: path, split: split)))]
            return
        }
        var found: [(name: String, path: String)] = []
        for place in [folder, folder.appending(path: "data")] {
            let names = ((try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []).sorted()
            for file in names where !file.hasPrefix(".") {
                let plain = file.hasSuffix(".gz") ? String(file.dropLast(3)) : file
                for ending in [".jsonl", ".tsv"] where plain.hasSuffix(ending) {
                    found.append((String(plain.dropLast(ending.count)), place.appending(path: file).path))
                }
            }
        }
        let ofSplits = found.filter { Self.splits.contains($0.name) }
        let chosen = found.filter { !Self.splits.contains($0.name) || $0.name == split }
        guard !chosen.isEmpty else {
            guard ofSplits.isEmpty else {
                throw RetrievalEvaluationError(
                    .missingSplit, file: path,
                    message: "There is no split '\(split)'. The folder has \(quotedList(ofSplits.map(\.name))).")
            }
            throw RetrievalEvaluationError(
                .empty, file: path,
                message: "The folder holds no task. Put a file such as test.jsonl there, or the folder of a test "
                    + "collection. Parquet is not read: write it as JSON Lines with data.to_json(\"test.jsonl\").")
        }
        var tasks: [EmbeddingTask] = []
        for file in chosen {
            let taskName = chosen.count == 1 ? name : "\(name)/\(file.name)"
            tasks.append(EmbeddingTask(name: taskName, content: try EmbeddingTask.content(ofFile: file.path)))
        }
        self.tasks = tasks
    }
}
