import Foundation

extension EmbeddingTask {
    /// Reads the texts of a file. Its first record tells what kind of task it is.
    ///
    /// - Throws: ``RetrievalEvaluationError``: `cannotRead`, `malformedLine` with the line, or `empty`.
    static func content(ofFile path: String) throws(RetrievalEvaluationError) -> Content {
        var builder = TaskBuilder()
        let plain = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
        if plain.hasSuffix(".tsv") {
            try readTable(path, into: &builder)
        } else {
            try forEachRecord(TaskRecord.self, inFile: path, example: TaskRecord.example) {
                record, line, file throws(RetrievalEvaluationError) in
                if let problem = builder.add(record) { throw file.malformed(line, problem) }
            }
        }
        guard let content = builder.content else {
            throw RetrievalEvaluationError(
                .empty, file: path,
                message: "The file holds no record. Write one a line, such as \(TaskRecord.example).")
        }
        return content
    }

    /// Reads pairs between tabs, under a line of headings.
    private static func readTable(
        _ path: String, into builder: inout TaskBuilder
    ) throws(RetrievalEvaluationError) {
        let file = try TextFile(path: path)
        var headings: [String] = []
        for line in file.lines {
            let columns = line.columns
            guard !headings.isEmpty else {
                headings = columns.map { $0.lowercased() }
                guard Set(headings).isSuperset(of: ["sentence1", "sentence2"]) else {
                    throw file.malformed(
                        line,
                        "The headings lack sentence1 or sentence2. Write sentence1, sentence2 and score or label with "
                            + "tabs between them.")
                }
                continue
            }
            guard columns.count == headings.count else {
                throw file.malformed(
                    line, "The line has \(columns.count) columns, and the headings are \(headings.count).")
            }
            let cells = Dictionary(zip(headings, columns)) { first, _ in first }
            var record = TaskRecord()
            record.first = [cells["sentence1"] ?? ""]
            record.second = [cells["sentence2"] ?? ""]
            record.labels = (cells["label"] ?? cells["labels"]).map { [$0] }
            if let score = cells["score"] {
                guard let number = Double(score), number.isFinite else {
                    throw file.malformed(line, "The score '\(score)' is not a number. Write one such as 3.8.")
                }
                record.score = number
            }
            if let problem = builder.add(record) { throw file.malformed(line, problem) }
        }
    }
}

/// A record of a task's file, of whatever kind.
private struct TaskRecord: Decodable {
    var first: [String]?
    var second: [String]?
    var score: Double?
    var labels: [String]?
    var sentences: [String]?
    /// Whether ``sentences`` are a set of their own, and not one text of the only set.
    var isSet = false
    var queries: [String]?
    var positive: [String]?
    var negative: [String]?

    static let example = #"{"sentence1": "…", "sentence2": "…", "score": 3.8}"#

    init() {}

    private enum CodingKeys: String, CodingKey {
        case sentence1, sentence2, sent1, sent2, score, label, labels, sentences, text, query, positive, negative
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func texts(_ keys: CodingKeys...) throws -> OneOrMore<String>? {
            for key in keys {
                if let texts = try values.decodeIfPresent(OneOrMore<String>.self, forKey: key) { return texts }
            }
            return nil
        }
        first = try texts(.sentence1, .sent1)?.elements
        second = try texts(.sentence2, .sent2)?.elements
        score = try values.decodeIfPresent(FlexibleNumber.self, forKey: .score)?.value
        let sentences = try texts(.sentences, .text)
        (self.sentences, isSet) = (sentences?.elements, sentences?.isList ?? false)
        queries = try texts(.query)?.elements
        positive = try texts(.positive)?.elements
        negative = try texts(.negative)?.elements
        for key in [CodingKeys.labels, .label] where labels == nil {
            if isSet || (first?.count ?? 0) > 1 || sentences == nil {
                labels = try values.decodeIfPresent(OneOrMore<FlexibleLabel>.self, forKey: key)?.elements.map(\.text)
            } else {
                // A list of labels of one text is its path in a hierarchy.
                labels = try values.decodeIfPresent(FlexibleLabel.self, forKey: key).map { [$0.text] }
            }
        }
    }
}

/// The content of a task, record by record.
private struct TaskBuilder {
    private var kind: EmbeddingTask.Kind?
    private var first: [String] = []
    private var second: [String] = []
    private var scores: [Double] = []
    private var areAlike: [Bool] = []
    private var sets: [(texts: [String], classes: [String])] = []
    private var single: (texts: [String], classes: [String]) = ([], [])
    private var samples: [(queries: [String], positive: [String], negative: [String])] = []

    /// What was read; `nil` without a record.
    var content: EmbeddingTask.Content? {
        switch kind {
        case .similarity: .similarity(first: first, second: second, scores: scores)
        case .pairClassification: .pairClassification(first: first, second: second, areAlike: areAlike)
        case .clustering: .clustering(sets + (single.texts.isEmpty ? [] : [single]))
        case .reranking: .reranking(samples)
        case .retrieval, nil: nil
        }
    }

    /// Adds a record.
    ///
    /// - Returns: What is wrong with the record; `nil` if nothing is.
    mutating func add(_ record: TaskRecord) -> String? {
        let found: EmbeddingTask.Kind
        if record.first != nil, record.second != nil, record.score != nil {
            found = .similarity
        } else if record.first != nil, record.second != nil, record.labels != nil {
            found = .pairClassification
        } else if record.sentences != nil, record.labels != nil {
            found = .clustering
        } else if record.queries != nil, record.positive != nil, record.negative != nil {
            found = .reranking
        } else {
            return
                "The record is of no known task. Write sentence1, sentence2 and score or label; sentences and labels; "
                + "or query, positive and negative."
        }
        if let kind, kind != found {
            return
                "The record is one of \(found.rawValue), and those before it are of \(kind.rawValue). Use two files."
        }
        kind = found
        switch found {
        case .similarity: return addPair(record)
        case .pairClassification: return addPairs(record)
        case .clustering: return addSet(record)
        case .reranking, .retrieval:
            samples.append((record.queries ?? [], record.positive ?? [], record.negative ?? []))
            return (record.queries ?? []).isEmpty ? "The record has no query. Write its text." : nil
        }
    }

    private mutating func addPair(_ record: TaskRecord) -> String? {
        guard let left = record.first, let right = record.second, let score = record.score, left.count == 1,
            right.count == 1
        else { return "The record has lists of sentences. Write one pair a line with its score." }
        first += left
        second += right
        scores.append(score)
        return nil
    }

    private mutating func addPairs(_ record: TaskRecord) -> String? {
        guard let left = record.first, let right = record.second, let labels = record.labels,
            left.count == right.count, left.count == labels.count
        else { return "The record has lists of different lengths. Write as many labels as pairs." }
        first += left
        second += right
        for label in labels {
            switch label.lowercased() {
            case "1", "1.0", "true": areAlike.append(true)
            case "0", "0.0", "false": areAlike.append(false)
            default: return "The label '\(label)' is neither 1 nor 0, as pairs that belong together have and others."
            }
        }
        return nil
    }

    private mutating func addSet(_ record: TaskRecord) -> String? {
        guard let texts = record.sentences, let labels = record.labels, texts.count == labels.count, !texts.isEmpty
        else { return "The record has not as many labels as sentences. Write one label for each." }
        if record.isSet {
            sets.append((texts, labels))
        } else {
            single.texts += texts
            single.classes += labels
        }
        return nil
    }
}
