import Foundation

/// Writes papers of a few subjects, so that a search has something to tell apart. No text is taken from anywhere.
struct PaperMaker: Sendable {
    /// The words of each subject.
    private static let subjects = [
        ["glacier", "meltwater", "moraine", "crevasse", "snowpack", "runoff", "alpine", "icefall", "debris", "firn"],
        ["violin", "resonance", "varnish", "soundpost", "timbre", "luthier", "bowing", "spruce", "bridge", "vibrato"],
        ["enzyme", "substrate", "catalysis", "inhibitor", "folding", "residue", "kinetics", "ligand", "binding", "pH"],
        ["harbor", "container", "berth", "tidal", "dredging", "mooring", "freight", "pilotage", "quay", "vessel"],
        ["pollen", "orchard", "honeybee", "foraging", "hive", "nectar", "blossom", "colony", "mite", "swarm"],
    ]
    private static let verbs = ["measures", "models", "explains", "predicts", "compares", "bounds", "maps", "reviews"]
    private static let nouns = ["survey", "method", "record", "estimate", "experiment", "archive", "theory", "dataset"]
    private static let names = ["Ada Quill", "Ben Marsh", "Cleo Stone", "Dov Rivers", "Eli Thorn", "Fay Wells"]

    let seed: UInt64

    /// The paper of a number. Its words depend on the seed, its id and the beginning of its title do not.
    func paper(_ number: Int, revision: Int = 0) -> [String: Any] {
        var generator = Generator(seed: seed, for: "paper \(number) \(revision)")
        let words = Self.subjects[number % Self.subjects.count]
        func sentence() -> String {
            let picked = (0..<5).map { _ in generator.element(of: words) }
            return "The \(generator.element(of: Self.nouns)) of \(picked[0]) and \(picked[1]) "
                + "\(generator.element(of: Self.verbs)) \(picked[2]) beside \(picked[3]) in \(picked[4])."
        }
        return [
            "id": "torture:\(number)",
            "title": "Study \(number) of \(words[number / 5 % words.count]) and \(generator.element(of: words))",
            "abstract": (0..<4).map { _ in sentence() }.joined(separator: " "),
            "authors": [generator.element(of: Self.names), "Author Number\(number)"],
            "year": 1990 + number % 30,
            "venue": "Journal of \(words[0])",
            "categories": ["subject\(number % Self.subjects.count)"],
        ]
    }

    /// Writes papers to a file of one JSON object a line.
    func write(_ papers: [[String: Any]], to path: String) throws {
        var lines = Data()
        for paper in papers {
            lines += try JSONSerialization.data(withJSONObject: paper, options: [.sortedKeys])
            lines.append(0x0A)
        }
        try lines.write(to: URL(filePath: path))
    }

    /// What a search is asked: words of two subjects.
    static let question = "meltwater of a glacier and the timbre of violins"
    /// An author of one paper.
    static let author = "Author Number3"
}
