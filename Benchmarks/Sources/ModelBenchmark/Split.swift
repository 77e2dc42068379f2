import Foundation
import RetrievalEvaluation

/// The papers that a model is trained on, and those that it must not know because it is measured by them.
struct Split {
    let training: String
    let heldOut: String

    /// Parts a file of JSON Lines into two in a folder.
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
        var known: [Substring] = []
        var unknown: [Substring] = []
        let text = try String(contentsOfFile: papers, encoding: .utf8)
        for (index, line) in text.split(separator: "\n").enumerated() {
            let record = try JSONDecoder().decode(Record.self, from: Data(line.utf8))
            let isJudged = !judged.isDisjoint(with: [record.id] + (record.alt_ids ?? []))
            if isJudged || index % 7 == 0 { unknown.append(line) } else { known.append(line) }
        }
        try known.joined(separator: "\n").write(toFile: training, atomically: true, encoding: .utf8)
        try unknown.joined(separator: "\n").write(toFile: heldOut, atomically: true, encoding: .utf8)
    }

    private struct Record: Decodable {
        var id: String
        var alt_ids: [String]?
    }
}
