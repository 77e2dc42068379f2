import Foundation
import RetrievalEvaluation

/// The papers that a model is trained on, and the papers that are held out to measure it.
struct Split {
    let training: String
    let heldOut: String

    /// Divides a JSON Lines file into two in a folder. A paper with the abstract of a held-out one is in neither: it
    /// may be a preprint with another title.
    init(papers: String, sets: String, folder: String) throws {
        training = folder + "/training.jsonl"
        heldOut = folder + "/held-out.jsonl"
        var judged: Set<String> = []
        for set in ["litsearch-dev", "cocitation-dev"] {
            let folder = try BEIRFolder(path: sets + "/" + set)
            for query in folder.qrels.queryIDs {
                judged.insert(query.rawValue)
                judged.formUnion(folder.qrels[query].keys.map(\.rawValue))
            }
        }
        var known: [(line: Substring, abstract: String?)] = []
        var unknown: [Substring] = []
        var unknownAbstracts: Set<String> = []
        let text = try String(contentsOfFile: papers, encoding: .utf8)
        for (index, line) in text.split(separator: "\n").enumerated() {
            let record = try JSONDecoder().decode(Record.self, from: Data(line.utf8))
            let isJudged = !judged.isDisjoint(with: [record.id] + (record.alt_ids ?? []))
            if isJudged || index % 7 == 0 {
                unknown.append(line)
                if let abstract = record.normalizedAbstract { unknownAbstracts.insert(abstract) }
            } else {
                known.append((line, record.normalizedAbstract))
            }
        }
        known.removeAll { $0.abstract.map(unknownAbstracts.contains) ?? false }
        try known.map(\.line).joined(separator: "\n").write(toFile: training, atomically: true, encoding: .utf8)
        try unknown.joined(separator: "\n").write(toFile: heldOut, atomically: true, encoding: .utf8)
    }

    private struct Record: Decodable {
        var id: String
        var alt_ids: [String]?
        var abstract: String?

        /// The letters and digits of the abstract; `nil` if there are too few to recognize it.
        var normalizedAbstract: String? {
            let letters = String(
                (abstract ?? "").lowercased().unicodeScalars.filter(CharacterSet.alphanumerics.contains))
            return letters.count > 100 ? letters : nil
        }
    }
}
